/**
 * What a Bundle's entries say about themselves.
 *
 * Spec: https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl
 *
 * R4 has no invariant for these sentences: a fullUrl is absolute, and it does not disagree with the id of its resource.
 */
import { isObject, type JsonObject, quote } from './json-value.ts';
import { parseLiteral } from './reference-target.ts';
import type { Run } from './run.ts';

/** Checks `entry.fullUrl` of each entry. The walk is at the Bundle. */
export function checkBundle(bundle: JsonObject, run: Run): void {
  if (!Array.isArray(bundle.entry)) return;
  bundle.entry.forEach((entry, index) => {
    if (!isObject(entry) || typeof entry.fullUrl !== 'string') return;
    run.path.push('entry', index);
    checkFullUrl(entry.fullUrl, entry.resource, run);
    run.path.length -= 2;
  });
}

function checkFullUrl(fullUrl: string, resource: unknown, run: Run): void {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl)) {
    run.error('value', `The fullUrl ${quote(fullUrl)} is not absolute. Write the whole URL or a urn:uuid:.`, {
      child: 'fullUrl',
    });
    return;
  }
  const literal = parseLiteral(fullUrl);
  if (!literal || !isObject(resource)) return;
  const { resourceType, id } = resource;
  if (literal.type !== resourceType || (typeof id === 'string' && id !== literal.id)) {
    run.error(
      'value',
      `The fullUrl ${quote(fullUrl)} disagrees with the resource, which is ${quote(`${resourceType}/${id}`)}.`,
      {
        child: 'fullUrl',
      },
    );
  }
}
