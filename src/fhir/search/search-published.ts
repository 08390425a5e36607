/**
 * Search over the conformance resources we publish: by `_id` and `url`.
 *
 * Spec: https://hl7.org/fhir/R4/structuredefinition.html#search
 *
 * They are few and in memory, in the order of the package; a page link holds the index of the next one.
 */
import { badRequest } from '../../outcome/fhir-error.ts';
import { bundleText, matchEntry } from '../bundle-text.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { openPage, pageLinks, parseCount } from '../paging.ts';
import type { Query } from '../query.ts';
import { splitEscaped, withoutEscapes } from './search-value.ts';

/** The parameters a published type takes. */
export const PUBLISHED_PARAMETERS = ['_id', 'url'] as const;

export async function searchPublished(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const { resourceType } = request;
  const page = openPage(request, resourceType, parts);
  const query = page?.query ?? request.query;
  const count = parseCount(query);
  const wanted = query.filter(([name]) => name !== '_count');
  for (const [name, value] of wanted) {
    if (name !== '_id' && name !== 'url') {
      throw badRequest('not-supported', `${resourceType} is searched by _id and url only. _count sets the page size.`);
    }
    if (value === '') throw badRequest('value', `${name} has an empty value.`);
  }

  const matches = parts.definitions
    .published(resourceType)
    .filter((resource) => wanted.every(([name, value]) => listed(value, name === 'url' ? resource.url : resource.id)));
  const from = page ? Number(page.after) : 0;
  const to = from + count;
  const understood: Query = [...wanted, ['_count', String(count)]];
  const next = count > 0 && to < matches.length ? { query: understood, after: String(to) } : undefined;
  const entries = matches
    .slice(from, to)
    .map((resource) => matchEntry(`${parts.baseUrl}/${resourceType}/${resource.id}`, JSON.stringify(resource)));
  const links = pageLinks(request, resourceType, understood, next, parts);
  return { status: 200, headers: {}, body: bundleText({ type: 'searchset', total: matches.length, links }, entries) };
}

const listed = (values: string, value: string | undefined): boolean =>
  value !== undefined && splitEscaped(values, ',').map(withoutEscapes).includes(value);
