/**
 * The literal references in a resource: finding, understanding and rewriting them.
 *
 * Spec: https://hl7.org/fhir/R4/references.html#literal, https://hl7.org/fhir/R4/http.html#trules
 *
 * In R4 only the datatype Reference has a string element named `reference`, so no definitions are needed to find them,
 * in extensions and contained resources too.
 */
import type { Resource } from '@medplum/fhirtypes';
import { type LocalReference, parseLocalReference } from '../conformance/fhir-id.ts';

interface FoundReference {
  /** The object that holds the reference; its `reference` may be replaced. */
  holder: { reference: string };
  /** FHIRPath such as `Encounter.participant[0].individual`. */
  expression: string;
}

/** Every object with a string `reference`, depth first. */
export function findReferences(resource: Resource): FoundReference[] {
  const found: FoundReference[] = [];
  visit(resource, resource.resourceType, found);
  return found;
}

function visit(node: object, expression: string, found: FoundReference[]): void {
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'string') {
      if (name === 'reference') found.push({ holder: node as { reference: string }, expression });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (typeof item === 'object' && item !== null) visit(item, `${expression}.${name}[${index}]`, found);
      }
    } else if (typeof value === 'object' && value !== null) visit(value, `${expression}.${name}`, found);
  }
}

export type Reference =
  | ({ kind: 'local' } & LocalReference)
  | { kind: 'contained' | 'urn' | 'external' | 'conditional' | 'malformed' };

/** What a literal reference points to, once it has been made relative. */
export function parseReference(reference: string): Reference {
  const local = parseLocalReference(reference);
  if (local) return { kind: 'local', ...local };
  if (reference.startsWith('#')) return { kind: 'contained' };
  if (/^urn:/i.test(reference)) return { kind: 'urn' };
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return { kind: 'external' };
  if (/^[A-Z][A-Za-z]+\?/.test(reference)) return { kind: 'conditional' };
  return { kind: 'malformed' };
}

/** An absolute URL under our own base becomes relative; anything else stays as it is. */
export const relativeToBase = (reference: string, baseUrl: string): string =>
  reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;

/** Elements of type url, uri, uuid and oid that may carry an entry's `urn:uuid:` (Attachment.url, valueUri …). */
const LINK_ELEMENT = /^(url|uri|.*(Url|Uri|Uuid|Oid))$/;

/**
 * Replaces, in place, what `replace` has an answer for: literal references, and the links that Attachments and
 * extensions hold. Identifier values keep a `urn:uuid:`, because there it is a name and not a link.
 */
export function rewriteLinks(node: object, replace: (link: string, isReference: boolean) => string | undefined): void {
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'string') {
      if (name !== 'reference' && !LINK_ELEMENT.test(name)) continue;
      const replacement = replace(value, name === 'reference');
      if (replacement !== undefined) (node as Record<string, unknown>)[name] = replacement;
    } else if (typeof value === 'object' && value !== null) rewriteLinks(value, replace);
  }
}
