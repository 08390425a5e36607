/** https://hl7.org/fhir/R4/http.html#mime-type and #ops, https://www.rfc-editor.org/rfc/rfc7240 */
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, test } from 'vitest';
import { requireJsonAccepted, requireJsonContentType } from '../../src/http/content-negotiation.ts';
import { parsePrefer } from '../../src/http/prefer.ts';
import { FhirError } from '../../src/outcome/fhir-error.ts';

const incoming = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

function statusOf(attempt: () => void): number {
  try {
    attempt();
    return 200;
  } catch (error) {
    assert.ok(error instanceof FhirError);
    return error.status;
  }
}

describe('Accept and _format', () => {
  const rows: [accept: string | undefined, format: string | undefined, status: number][] = [
    [undefined, undefined, 200],
    ['', undefined, 200],
    ['*/*', undefined, 200],
    ['application/*', undefined, 200],
    ['application/fhir+json', undefined, 200],
    ['APPLICATION/FHIR+JSON', undefined, 200],
    ['application/fhir+xml, application/fhir+json;q=0.5', undefined, 200],
    ['application/fhir+json;fhirVersion="4.0"', undefined, 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', undefined, 200],
    ['application/fhir+xml', undefined, 406],
    ['text/html', undefined, 406],
    ['application/fhir+json;q=0', undefined, 406],
    ['application/fhir+json;q=0.000', undefined, 406],
    ['application/fhir+json; fhirVersion=5.0', undefined, 406],
    ['nonsense', undefined, 406],
    [',,', undefined, 406],
    ['application/fhir+xml', 'json', 200],
    ['application/fhir+json', 'xml', 406],
    [undefined, 'application/fhir+json', 200],
    [undefined, 'application/fhir json', 200],
    [undefined, 'application/fhir+xml', 406],
    [undefined, '', 406],
    [undefined, 'ttl', 406],
  ];
  for (const [accept, format, status] of rows) {
    test(`Accept: ${accept ?? '(none)'}, _format: ${format ?? '(none)'} is ${status}`, () => {
      const request = incoming(accept === undefined ? {} : { accept });
      assert.equal(
        statusOf(() => requireJsonAccepted(request, format)),
        status,
      );
    });
  }
});

describe('Content-Type', () => {
  const rows: [type: string | undefined, status: number][] = [
    [undefined, 200],
    ['application/fhir+json', 200],
    ['application/json; charset=utf-8', 200],
    ['application/fhir+json; fhirVersion=4.0.1', 200],
    ['application/fhir+json; fhirVersion=4.3', 415],
    ['application/fhir+xml', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json-patch+json', 415],
    ['', 415],
  ];
  for (const [type, status] of rows) {
    test(`${type ?? '(none)'} is ${status}`, () => {
      const request = incoming(type === undefined ? {} : { 'content-type': type });
      assert.equal(
        statusOf(() => requireJsonContentType(request)),
        status,
      );
    });
  }
});

describe('Prefer', () => {
  const base = { return: 'representation', returnStated: false, handling: 'strict', respondAsync: false };
  const rows: [header: string | string[] | undefined, expected: object][] = [
    [undefined, {}],
    ['return=minimal', { return: 'minimal', returnStated: true }],
    ['return="minimal"', { return: 'minimal', returnStated: true }],
    ['RETURN=OperationOutcome', { return: 'OperationOutcome', returnStated: true }],
    ['handling=lenient; return=representation', { handling: 'lenient', returnStated: true }],
    ['handling=lenient, respond-async', { handling: 'lenient', respondAsync: true }],
    [['return=minimal', 'handling=lenient'], { return: 'minimal', returnStated: true, handling: 'lenient' }],
    ['return=minimal, return=representation', { return: 'minimal', returnStated: true }],
    ['return=everything', {}],
    ['handling=loose', {}],
    ['=;,,=', {}],
  ];
  for (const [header, expected] of rows) {
    test(String(header), () => assert.deepEqual(parsePrefer(header), { ...base, ...expected }));
  }
});
