/**
 * FHIR `search-type`: GET [base]/[type]?… and POST [base]/[type]/_search.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#search, https://hl7.org/fhir/R4/search.html
 *
 * Newest first unless `_sort` says otherwise. `total` is counted once, with the first page, and travels in the page
 * link. The entries are the stored texts, unparsed.
 */
import { bundleText, matchEntry, outcomeEntry } from '../bundle-text.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { openPage, pageLinks } from '../paging.ts';
import { parseSearch } from '../search/parse-search.ts';
import { searchPublished } from '../search/search-published.ts';
import { requireServedType } from '../served-types.ts';

export async function searchType(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const { resourceType, grant, prefer } = request;
  if (requireServedType(resourceType).kind === 'published') return searchPublished(request, parts);

  const page = openPage(request, resourceType, parts);
  const context = {
    definitions: parts.definitions,
    baseUrl: parts.baseUrl,
    zone: parts.zone ?? 'UTC',
    handling: prefer.handling,
  };
  const { query, understood, ignored } = parseSearch(resourceType, page?.query ?? request.query, context);
  const found = await parts.store.search(grant, page ? { ...query, after: page.after, total: 'none' } : query);

  const total = page ? page.total : found.total;
  const next =
    found.next === undefined
      ? undefined
      : { query: understood, after: found.next, ...(total !== undefined && { total }) };
  const entries = found.versions.map((version) =>
    matchEntry(`${parts.baseUrl}/${version.resourceType}/${version.id}`, version.content),
  );
  if (ignored.length > 0) entries.push(outcomeEntry(ignored));
  const links = pageLinks(request, resourceType, understood, next, parts);
  return { status: 200, headers: {}, body: bundleText({ type: 'searchset', total, links }, entries) };
}
