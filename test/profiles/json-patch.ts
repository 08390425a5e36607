/** The three operations of https://www.rfc-editor.org/rfc/rfc6902 that the catalogue uses. */
import type { PatchOperation } from './compiled-package.ts';

/** Returns a patched copy; throws when a path does not exist, so that a patch can never silently do nothing. */
export function patched<T>(document: T, operations: readonly PatchOperation[]): T {
  const copy = structuredClone(document);
  for (const { op, path, value } of operations) {
    const steps = path.slice(1).split('/');
    const last = steps.pop() ?? '';
    let parent = copy as unknown as Record<string, unknown>;
    for (const step of steps) {
      if (!(step in parent)) throw new Error(`${path}: there is no ${step}.`);
      parent = parent[step] as Record<string, unknown>;
    }
    if (op !== 'add' && !(last in parent)) throw new Error(`${path} does not exist.`);
    if (last === '-' && Array.isArray(parent)) parent.push(value);
    else if (op !== 'remove') parent[last] = value;
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return copy;
}
