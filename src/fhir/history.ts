/**
 * History Bundles of an instance, a type, or everything.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#history
 *
 * Parameters: `_count`, `_since`. Not offered: `_at`, `_list`. No `total`: R4 does not ask for it and counting every
 * version costs more than the page. Everything means the types that offer a history of their own: a Binary is read
 * through the resource that guards it, and a list of its versions would walk around that.
 */
import { requireNoParameters } from './answers.ts';
import { bundleText, historyEntry } from './bundle-text.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from './fhir-parts.ts';
import { openPage, pageLinks, parseCount } from './paging.ts';
import { type Query, single, without } from './query.ts';
import { parseInstant } from './search/date-value.ts';
import { SERVED_TYPES } from './served-types.ts';

const LISTED_TYPES = [...SERVED_TYPES.values()]
  .filter(({ interactions }) => interactions.includes('history-type'))
  .map(({ resourceType }) => resourceType);

/** Versions newest first. `route` is the path below the base, such as `Patient/_history`. Throws a FhirError. */
export async function historyAnswer(request: FhirRequest, route: string, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request, ['_count', '_since', '_page']);
  const page = openPage(request, route, parts);
  const query = page?.query ?? request.query;
  const count = Math.max(1, parseCount(query));
  const since = parseSince(query, parts.zone ?? 'UTC');

  const found = await parts.store.history(request.grant, {
    resourceType: request.resourceType !== '' ? request.resourceType : LISTED_TYPES,
    ...(request.id !== '' && { id: request.id }),
    ...(since !== undefined && { since }),
    ...(page && { after: page.after }),
    count,
  });

  const understood: Query = [
    ...without(query, ['_count']).filter(([name]) => name === '_since'),
    ['_count', String(count)],
  ];
  const next = found.next === undefined ? undefined : { query: understood, after: found.next };
  const links = pageLinks(request, route, understood, next, parts);
  const entries = found.versions.map((version) => historyEntry(version, parts.baseUrl));
  return { status: 200, headers: {}, body: bundleText({ type: 'history', links }, entries) };
}

/** `_since` is an instant; a date or a dateTime without seconds is taken from its beginning. */
function parseSince(query: Query, zone: string): string | undefined {
  const text = single(query, '_since');
  return text === undefined ? undefined : new Date(parseInstant(text, zone)).toISOString();
}
