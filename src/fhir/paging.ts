/**
 * What a search and a history share: page size and page links.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#paging, https://hl7.org/fhir/R4/search.html#count
 */
import { badRequest } from '../outcome/fhir-error.ts';
import type { BundleLink } from './bundle-text.ts';
import type { FhirParts, FhirRequest } from './fhir-parts.ts';
import { createPageTokens, type Page, type PageTokens } from './page-token.ts';
import { formatQuery, type Query, single, without } from './query.ts';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 1000;

/** `_count` as understood: more than MAX_COUNT gives MAX_COUNT, as R4 allows. Throws a FhirError (400). */
export function parseCount(query: Query): number {
  const text = single(query, '_count');
  if (text === undefined) return DEFAULT_COUNT;
  if (!/^\d{1,9}$/.test(text)) throw badRequest('value', '_count is not a whole number from 0.');
  return Math.min(Number(text), MAX_COUNT);
}

const tokens = new WeakMap<Uint8Array, PageTokens>();

function tokensOf(secret: Uint8Array): PageTokens {
  const known = tokens.get(secret) ?? createPageTokens(secret);
  tokens.set(secret, known);
  return known;
}

/**
 * The page that `_page` asks for; undefined for a first page. Throws a FhirError (400).
 *
 * A client may change the page size on its way: MedplumClient adds a `_count` of its own to every next link. The place
 * in the search does not depend on it. Anything else beside a page link would be ignored silently, so it is refused.
 */
export function openPage(request: FhirRequest, route: string, parts: FhirParts): Page | undefined {
  const token = single(request.query, '_page');
  if (token === undefined) return undefined;
  if (without(request.query, ['_page', '_count']).length > 0) {
    throw badRequest('invalid', 'Only _count may stand beside _page: the link carries the search it belongs to.');
  }
  const page = tokensOf(parts.pageTokenSecret).open(token, boundTo(request, route));
  const count = parseCount(request.query);
  if (single(request.query, '_count') === undefined || count === 0) return page;
  return { ...page, query: [...without(page.query, ['_count']), ['_count', String(count)]] };
}

/** Self and, when there is a further page, next. `understood` is the query as the server took it. */
export function pageLinks(
  request: FhirRequest,
  route: string,
  understood: Query,
  next: Page | undefined,
  parts: FhirParts,
): BundleLink[] {
  const base = `${parts.baseUrl}/${route}`;
  const token = single(request.query, '_page');
  const own = token === undefined ? formatQuery(understood) : `_page=${token}`;
  const self: BundleLink = { relation: 'self', url: own === '' ? base : `${base}?${own}` };
  if (!next) return [self];
  const sealed = tokensOf(parts.pageTokenSecret).seal(next, boundTo(request, route));
  return [self, { relation: 'next', url: `${base}?_page=${sealed}` }];
}

const boundTo = (request: FhirRequest, route: string): string => `${request.grant.tenant} ${route}`;
