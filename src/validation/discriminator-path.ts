/**
 * The paths of slicing discriminators: a small part of FHIRPath.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html#discriminator ("Discriminator paths"):
 *       element selections, `extension(url)`, `resolve()` and `ofType(type)`.
 */
import { isObject } from './json-value.ts';
import { resolveReference } from './reference-target.ts';
import type { ElementRule } from './rules.ts';
import type { Run } from './run.ts';

export type PathStep =
  | { kind: 'element'; name: string }
  | { kind: 'extension'; url: string }
  | { kind: 'ofType'; type: string }
  | { kind: 'resolve' };

/** Undefined when the path uses something that discriminators may not. `$this` is no step. */
export function parseDiscriminatorPath(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  const token =
    /\s*(?:\$this|extension\(\s*['"]([^'"]+)['"]\s*\)|(?:ofType|as)\(\s*([\w.]+)\s*\)|(resolve\(\s*\))|(\w+))\s*(?:\.|$)/gy;
  while (token.lastIndex < path.length) {
    const at = token.lastIndex;
    const match = token.exec(path);
    if (!match || token.lastIndex === at) return undefined;
    const [, url, type, resolve, name] = match;
    if (url !== undefined) steps.push({ kind: 'extension', url });
    else if (type !== undefined) steps.push({ kind: 'ofType', type: type.replace(/^.*\./, '') });
    else if (resolve !== undefined) steps.push({ kind: 'resolve' });
    else if (name !== undefined) steps.push({ kind: 'element', name });
  }
  return steps;
}

/**
 * The rule at the end of the path, starting from a slice; undefined when the profile has no such element.
 * `resolved` is set when a `resolve()` came before: then reference targets are meant, not the reference.
 */
export function elementAt(
  start: ElementRule,
  steps: readonly PathStep[],
): { element: ElementRule; resolved: boolean } | undefined {
  let element: ElementRule | undefined = start;
  let resolved = false;
  for (const step of steps) {
    if (!element) return undefined;
    if (step.kind === 'resolve') resolved = true;
    else if (step.kind === 'element') element = childElement(element, step.name);
    else if (step.kind === 'extension') {
      element = childElement(element, 'extension')?.slicing?.slices.find((slice) =>
        slice.element.types.some((type) => type.profiles.some((profile) => profile.split('|')[0] === step.url)),
      )?.element;
    }
  }
  return element && { element, resolved };
}

function childElement(element: ElementRule, name: string): ElementRule | undefined {
  for (const type of element.types) {
    const child = type.children()?.elements.get(name);
    if (child) return child;
  }
  return undefined;
}

interface Found {
  value: unknown;
  type: string;
}

/** The values at the path in an item. `unresolved`: a reference on the way leads to something that is not at hand. */
export function valuesAt(
  item: unknown,
  type: string,
  steps: readonly PathStep[],
  run: Run,
): { found: readonly Found[]; unresolved: boolean } {
  let found: Found[] = [{ value: item, type }];
  let unresolved = false;
  for (const step of steps) {
    if (step.kind === 'resolve') {
      found = found.map(({ value, type: of }) => {
        const target = isObject(value) ? resolveReference(value, run) : undefined;
        if (target) return { value: target, type: String(target.resourceType) };
        unresolved = true;
        return { value, type: of };
      });
    } else {
      found = found.flatMap((one) => stepInto(one, step));
    }
  }
  return { found, unresolved };
}

function stepInto({ value, type }: Found, step: Exclude<PathStep, { kind: 'resolve' }>): Found[] {
  if (step.kind === 'ofType') return type === step.type ? [{ value, type }] : [];
  if (!isObject(value)) return [];
  if (step.kind === 'extension') {
    const extensions = Array.isArray(value.extension) ? value.extension : [];
    return extensions
      .filter((extension) => isObject(extension) && extension.url === step.url)
      .map((extension) => ({ value: extension, type: 'Extension' }));
  }
  if (Object.hasOwn(value, step.name)) return asList(value[step.name]).map((one) => ({ value: one, type: '' }));
  // A choice: `value` finds `valueQuantity`, and its type with it.
  for (const name of Object.keys(value)) {
    const rest = name.slice(step.name.length);
    if (name.startsWith(step.name) && /^[A-Z]/.test(rest)) {
      const primitive = rest.charAt(0).toLowerCase() + rest.slice(1);
      const isPrimitive = typeof value[name] !== 'object';
      return asList(value[name]).map((one) => ({ value: one, type: isPrimitive ? primitive : rest }));
    }
  }
  return [];
}

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
