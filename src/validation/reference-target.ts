/**
 * What a Reference points at: the type that its text tells, and the resource when it is at hand.
 *
 * Spec: https://hl7.org/fhir/R4/references.html, https://hl7.org/fhir/R4/bundle.html#references
 *
 * At hand are contained resources and the entries of the Bundle around. Nothing is fetched.
 */
import { isObject, type JsonObject } from './json-value.ts';
import type { BundleEntries, Run } from './run.ts';

const LITERAL =
  /^(?:(https?:\/\/.*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?(?:#.*)?$/;
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?/;

/** The parts of `Patient/1` or `https://server/fhir/Patient/1/_history/2`; undefined for another form. */
export function parseLiteral(reference: string): { base: string | undefined; type: string; id: string } | undefined {
  const match = LITERAL.exec(reference);
  if (!match?.[2] || !match[3]) return undefined;
  return { base: match[1], type: match[2], id: match[3] };
}

/** The type that a Reference names by its text (`Patient/1`, `Patient?identifier=…`) or else by `type`. */
export function referencedType(reference: JsonObject): string | undefined {
  const text = reference.reference;
  if (typeof text === 'string') {
    const named = parseLiteral(text)?.type ?? CONDITIONAL.exec(text)?.[1];
    if (named) return named;
  }
  return typeof reference.type === 'string' ? reference.type : undefined;
}

/** The resource that a Reference means, when it is contained or in the Bundle around; otherwise undefined. */
export function resolveReference(reference: JsonObject, run: Run): JsonObject | undefined {
  return typeof reference.reference === 'string' ? resolveText(reference.reference, run) : undefined;
}

/** As `resolveReference`, for the text alone. */
export function resolveText(text: string, run: Run): JsonObject | undefined {
  const { rootResource, bundle, fullUrl } = run.scope;
  if (text === '#') return rootResource;
  if (text.startsWith('#')) return containedById(rootResource, text.slice(1));
  if (!bundle) return undefined;
  const literal = parseLiteral(text);
  if (!literal) return bundle.byUrl.get(text);
  if (literal.base) return bundle.byUrl.get(`${literal.base}/${literal.type}/${literal.id}`);
  // A relative reference starts from the server that the entry's own fullUrl names.
  const own = fullUrl === undefined ? undefined : parseLiteral(fullUrl);
  return (
    (own?.base && bundle.byUrl.get(`${own.base}/${literal.type}/${literal.id}`)) ||
    bundle.byUrl.get(`${literal.type}/${literal.id}`)
  );
}

/** The contained resource with this id. */
export function containedById(container: JsonObject, id: string): JsonObject | undefined {
  const contained = Array.isArray(container.contained) ? container.contained : [];
  return contained.find((resource): resource is JsonObject => isObject(resource) && resource.id === id);
}

/**
 * The entries of a Bundle by fullUrl. Entries are also found as `Type/id`: in a searchset or a transaction, a relative
 * reference to an entry whose fullUrl is a UUID is common and harmless.
 */
export function bundleEntries(bundle: JsonObject): BundleEntries {
  const byUrl = new Map<string, JsonObject>();
  const fullUrls = new Map<JsonObject, string>();
  for (const entry of Array.isArray(bundle.entry) ? bundle.entry : []) {
    if (!isObject(entry) || !isObject(entry.resource)) continue;
    const { resource, fullUrl } = entry;
    if (typeof fullUrl === 'string') {
      fullUrls.set(resource, fullUrl);
      if (!byUrl.has(fullUrl)) byUrl.set(fullUrl, resource);
    }
    const local = `${String(resource.resourceType)}/${String(resource.id)}`;
    if (typeof resource.id === 'string' && !byUrl.has(local)) byUrl.set(local, resource);
  }
  return { byUrl, fullUrls };
}
