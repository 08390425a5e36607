/**
 * Which format a client sends and wants.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#mime-type, https://hl7.org/fhir/R4/http.html#version-parameter
 *
 * JSON only: a client that accepts nothing else than XML or Turtle gets 406, one that sends it gets 415. `_format`
 * overrules Accept. Every answer is `application/fhir+json`, also for those who ask with the generic media type.
 */
import type { IncomingMessage } from 'node:http';
import { FhirError, issue } from '../outcome/fhir-error.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const JSON_TYPES = new Set(['application/fhir+json', 'application/json', 'text/json', 'application/json+fhir']);
const WILDCARDS = new Set(['*/*', 'application/*', '*']);
const FHIR_VERSIONS = new Set(['4.0', '4.0.1']);

/**
 * Throws a FhirError (406) unless FHIR JSON of R4 may be answered. `format` is the value of `_format`. A range is
 * accepted when its quality is above zero.
 */
export function requireJsonAccepted(request: IncomingMessage, format?: string): void {
  if (format !== undefined) {
    // A `+` in a query arrives as a space unless it was escaped.
    const type = mediaType(format.replace('fhir json', 'fhir+json'));
    if (type.name === 'json' || isFhirJson(type)) return;
    throw notAcceptable(`_format asks for ${type.name.includes('xml') ? 'XML' : 'something else'}.`);
  }
  const accept = request.headers.accept;
  if (accept === undefined || accept.trim() === '') return;
  const ranges = accept.split(',').map(mediaType);
  if (ranges.some((range) => !/^0(\.0*)?$/.test(range.parameters.get('q') ?? '1') && acceptsJson(range))) return;
  throw notAcceptable('The Accept header does not name it.');
}

const SEND_FHIR = 'Send the resource as Content-Type application/fhir+json (FHIR R4). XML is not offered yet.';

/**
 * Throws a FhirError (415) unless the Content-Type is JSON. A missing Content-Type is taken as JSON. `whatToSend` is the
 * sentence for the client.
 */
export function requireJsonContentType(request: IncomingMessage, whatToSend = SEND_FHIR): void {
  const contentType = request.headers['content-type'];
  if (contentType === undefined) return;
  const type = mediaType(contentType);
  if (isFhirJson(type)) return;
  throw new FhirError(415, [issue('not-supported', whatToSend)]);
}

interface MediaType {
  name: string;
  parameters: ReadonlyMap<string, string>;
}

/** Splits `type/subtype; name=value`; names in lower case, quotes taken off. */
export function mediaType(value: string): MediaType {
  const [name = '', ...rest] = value.split(';');
  const parameters = rest.map((part): [string, string] => {
    const [key = '', text = ''] = part.split('=', 2);
    return [key.trim().toLowerCase(), text.trim().replace(/^"(.*)"$/, '$1')];
  });
  return { name: name.trim().toLowerCase(), parameters: new Map(parameters) };
}

const acceptsJson = (range: MediaType): boolean => WILDCARDS.has(range.name) || isFhirJson(range);

const isFhirJson = (type: MediaType): boolean =>
  JSON_TYPES.has(type.name) && FHIR_VERSIONS.has(type.parameters.get('fhirversion') ?? '4.0');

const notAcceptable = (why: string): FhirError =>
  new FhirError(406, [
    issue('not-supported', `This service answers in application/fhir+json of FHIR 4.0. ${why} XML is not offered yet.`),
  ]);
