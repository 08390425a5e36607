/**
 * The entries of a batch or transaction, read and routed.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#transaction, https://hl7.org/fhir/R4/bundle.html
 *
 * An entry is routed by the same table as a request. In a transaction every conditional header is refused with its
 * place; in a batch only that entry fails.
 */
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import { parseETagCondition } from './etag.ts';
import type { FhirRequest } from './fhir-parts.ts';
import { matchRoute, pathSegments, type Route } from './match-route.ts';
import { parseQuery, type Query, without } from './query.ts';
import { relativeToBase } from './references.ts';

/** More entries than this in one Bundle are refused; the body limit is usually met first. */
const MAX_ENTRIES = 5000;

export interface BundleEntry {
  /** Position in the Bundle. */
  index: number;
  method: string;
  route: Route;
  query: Query;
  fullUrl: string | undefined;
  resource: unknown;
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

/** The entry list of a Bundle body. Throws a FhirError (400, 413). */
export function entriesOf(bundle: Record<string, unknown>): unknown[] {
  const { entry } = bundle;
  if (entry === undefined) return [];
  if (!Array.isArray(entry)) throw badRequest('structure', 'Bundle.entry is not a list.', 'Bundle.entry');
  if (entry.length > MAX_ENTRIES) {
    throw new FhirError(413, [
      issue('too-costly', `The Bundle has ${entry.length} entries; at most ${MAX_ENTRIES} are taken at once.`),
    ]);
  }
  return entry;
}

/** Reads and routes one entry. Throws a FhirError (400, 404, 405) whose issues point to the entry. */
export function readEntry(entry: unknown, index: number, baseUrl: string): BundleEntry {
  try {
    const { fullUrl, request, resource } = requireObject(entry, 'The entry');
    const { method, url, ifMatch, ifNoneMatch, ifModifiedSince, ifNoneExist } = requireObject(request, 'entry.request');
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw badRequest('required', 'entry.request needs a method and a url.');
    }
    if (ifNoneExist !== undefined) {
      throw badRequest('not-supported', 'Conditional create (ifNoneExist) is not offered yet. Nothing was stored.');
    }
    const { segments, query } = splitUrl(url, baseUrl);
    return {
      index,
      method,
      route: routeEntry(method, segments, query),
      query: without(query, ['_format', '_pretty']),
      fullUrl: text(fullUrl, 'fullUrl'),
      resource,
      ifMatch: text(ifMatch, 'ifMatch'),
      ifNoneMatch: text(ifNoneMatch, 'ifNoneMatch'),
      ifModifiedSince: text(ifModifiedSince, 'ifModifiedSince'),
    };
  } catch (error) {
    throw inEntry(error, index);
  }
}

function splitUrl(url: string, baseUrl: string): { segments: string[]; query: Query } {
  const relative = relativeToBase(url, baseUrl);
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative)) throw badRequest('value', 'entry.request.url is not under our base.');
  const at = relative.indexOf('?');
  const path = at < 0 ? relative : relative.slice(0, at);
  return { segments: pathSegments(path), query: at < 0 ? [] : parseQuery(relative.slice(at + 1)) };
}

const WRITES = new Set(['create', 'update', 'delete']);

function routeEntry(method: string, segments: readonly string[], query: Query): Route {
  const route = matchRoute(method, segments);
  if (segments.length === 0) throw badRequest('not-supported', 'A Bundle can not contain a Bundle to be processed.');
  if (route.code === 'search-type' && method === 'POST') {
    throw badRequest('not-supported', 'In a Bundle, search with GET and a query.');
  }
  if (WRITES.has(route.code) && query.length > 0) {
    throw badRequest('not-supported', 'A write with a query is conditional, which is not offered yet.');
  }
  return route;
}

function requireObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw badRequest('structure', `${what} is not an object.`);
}

function text(value: unknown, what: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest('structure', `${what} is not a string.`);
}

/** The same error, with its issues pointing into the entry. Anything but a FhirError is passed on as it is. */
export function inEntry(error: unknown, index: number): unknown {
  if (!(error instanceof FhirError)) return error;
  const issues = error.outcome.issue.map((one) =>
    one.expression?.some((path) => path.startsWith('Bundle.'))
      ? one
      : { ...one, expression: [`Bundle.entry[${index}]`] },
  );
  return new FhirError(error.status, issues, { cause: error, headers: { ...error.headers } });
}

/** The entry as a request of its own, under the Bundle's grant and preferences. */
export function entryRequest(entry: BundleEntry, bundle: FhirRequest): FhirRequest {
  const { route, query, ifMatch, ifNoneMatch, ifModifiedSince } = entry;
  const { resourceType, id, versionId } = route;
  return {
    grant: bundle.grant,
    resourceType,
    id,
    versionId,
    query,
    prefer: bundle.prefer.returnStated ? bundle.prefer : { ...bundle.prefer, return: 'minimal' },
    ifMatch,
    ifNoneMatch,
    ifModifiedSince,
    body: async () => entry.resource,
  };
}

/** `fullUrl` values as keys: the case of a `urn:uuid:` does not matter. */
export const linkKey = (link: string): string => (/^urn:/i.test(link) ? link.toLowerCase() : link);

/** Conditions of a write entry. Throws a FhirError (400). */
export function writeConditions(entry: BundleEntry) {
  const ifNoneMatch = parseETagCondition(entry.ifNoneMatch, 'ifNoneMatch');
  if (ifNoneMatch && !ifNoneMatch.any) throw badRequest('not-supported', 'For a write, ifNoneMatch can only be *.');
  return { ifMatch: parseETagCondition(entry.ifMatch, 'ifMatch'), mustBeNew: ifNoneMatch !== undefined };
}
