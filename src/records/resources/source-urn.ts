/**
 * `urn:mentoring:<ResourceType>:<source id>`: how a map names a resource before it has an id, and after the way back.
 *
 * Maps write it as `fullUrl`, as `reference` and as the `url` of an attachment; nothing else is looked at, so text that
 * happens to begin alike stays text.
 */
import { isFhirId } from '../../conformance/fhir-id.ts';

export interface SourceKey {
  resourceType: string;
  sourceId: string;
}

const PREFIX = 'urn:mentoring:';

export const sourceUrn = ({ resourceType, sourceId }: SourceKey): string => `${PREFIX}${resourceType}:${sourceId}`;

export const keyText = ({ resourceType, sourceId }: SourceKey): string => `${resourceType}:${sourceId}`;

/** The key a URN names; undefined for any other text. */
export function parseSourceUrn(text: unknown): SourceKey | undefined {
  if (typeof text !== 'string' || !text.startsWith(PREFIX)) return undefined;
  const colon = text.indexOf(':', PREFIX.length);
  if (colon < 0) return undefined;
  return { resourceType: text.slice(PREFIX.length, colon), sourceId: text.slice(colon + 1) };
}

/** The FHIR id of a key such as `Patient:Patient/123`, which names a resource that no record made; undefined for others. */
export function fhirIdOf({ resourceType, sourceId }: SourceKey): string | undefined {
  const prefix = `${resourceType}/`;
  const id = sourceId.startsWith(prefix) ? sourceId.slice(prefix.length) : '';
  return isFhirId(id) ? id : undefined;
}

/**
 * A copy of `value` with every `reference` and attachment `url` given to `rewrite`, which answers the text to put
 * there; undefined keeps it.
 */
export function rewriteReferences<T>(value: T, rewrite: (text: string) => string | undefined): T {
  if (Array.isArray(value)) return value.map((item) => rewriteReferences(item, rewrite)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const isReference = (name === 'reference' || name === 'url') && typeof member === 'string';
    copy[name] = isReference ? (rewrite(member) ?? member) : rewriteReferences(member, rewrite);
  }
  return copy as T;
}

/** Every key a resource names, each once, in order. */
export function namedKeys(resource: unknown): SourceKey[] {
  const found = new Map<string, SourceKey>();
  rewriteReferences(resource, (text) => {
    const key = parseSourceUrn(text);
    if (key) found.set(keyText(key), key);
    return undefined;
  });
  return [...found.values()];
}
