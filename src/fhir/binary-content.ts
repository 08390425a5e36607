/**
 * Binary: bytes in and out, guarded by the resource they belong to.
 *
 * Spec: https://hl7.org/fhir/R4/binary.html#rest, https://hl7.org/fhir/R4/http.html#binary
 *
 * The bytes live apart from the resource and never change: a Binary is created (POST, or PUT of an unused id), read and
 * deleted, not updated. Who may read it is decided by `securityContext` (our DocumentReference): when that resource can
 * not be read under the same grant, or is gone, the Binary is not found.
 */

import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Binary, Resource } from '@medplum/fhirtypes';
import { mediaType } from '../http/content-negotiation.ts';
import { badRequest, FhirError, issue, resourceNotFound } from '../outcome/fhir-error.ts';
import type { Grant } from '../privacy/grant.ts';
import type { BinaryContent, StoredVersion } from '../store/resource-store.ts';
import { isNotModified, versionHeaders } from './etag.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from './fhir-parts.ts';
import { parseReference, relativeToBase } from './references.ts';

const FHIR_FORMATS = /^(application\/fhir\+(json|xml|turtle)|application\/json\+fhir)$/;
const MEDIA_TYPE =
  /^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127}(\s*;\s*[A-Za-z0-9!#$&^_.+-]+=[^;\s]{1,127})*$/;

/** True for a POST of bytes to /Binary: any Content-Type that is not a FHIR format, as binary.html#rest has it. */
export function isRawBinary(request: FhirRequest): boolean {
  const contentType = request.http?.headers['content-type'];
  if (request.resourceType !== 'Binary' || contentType === undefined) return false;
  return !FHIR_FORMATS.test(mediaType(contentType).name);
}

/** Streams the bytes of the request into the store and returns the Binary that stands for them. */
export async function stageRawBinary(request: FhirRequest, id: string, parts: FhirParts): Promise<Resource> {
  const { http } = request;
  const contentType = http?.headers['content-type'] ?? '';
  if (!http || !MEDIA_TYPE.test(contentType)) throw badRequest('value', 'The Content-Type is not a media type.');
  const guard = http.headers['x-security-context'];
  await parts.store.stageBinary(request.grant, id, contentType, bounded(http, parts.maxBodyBytes));
  return {
    resourceType: 'Binary',
    contentType,
    ...(typeof guard === 'string' && { securityContext: { reference: relativeToBase(guard, parts.baseUrl) } }),
  };
}

async function* bounded(request: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new FhirError(413, [issue('too-long', `The body is larger than ${maxBytes} bytes.`)], {
        headers: { Connection: 'close' },
      });
    }
    yield chunk;
  }
}

/** Moves `data` of a Binary that is about to be created into the store's bytes. Throws a FhirError (422). */
export async function stageData(resource: Resource, id: string, grant: Grant, parts: FhirParts): Promise<void> {
  const binary = resource as Binary;
  if (binary.data === undefined) return;
  const bytes = Buffer.from(binary.data, 'base64');
  delete binary.data;
  await parts.store.stageBinary(grant, id, binary.contentType ?? 'application/octet-stream', once(bytes));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The Binary as its bytes, or as a resource when the client asks for FHIR. Throws a FhirError (404). */
export async function readBinary(version: StoredVersion, request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const binary = JSON.parse(version.content) as Binary;
  await requireGuardReadable(binary, version.id, request.grant, parts);
  const headers = versionHeaders(version);
  if (isNotModified(version, request.ifNoneMatch, request.ifModifiedSince)) return { status: 304, headers };

  const content = await parts.store.binary(request.grant, version.id);
  if (wantsFhir(request.http)) return { status: 200, headers, body: await withData(version, content) };
  const contentType = content?.contentType ?? binary.contentType ?? 'application/octet-stream';
  // Never shown in place: an uploaded page must not run under our origin.
  const download = { ...headers, 'Content-Disposition': 'attachment' };
  return { status: 200, headers: download, body: { contentType, chunks: content?.chunks ?? none() } };
}

async function* none(): AsyncGenerator<Uint8Array> {}

async function requireGuardReadable(binary: Binary, id: string, grant: Grant, parts: FhirParts): Promise<void> {
  const literal = binary.securityContext?.reference;
  if (literal === undefined) return;
  const guard = parseReference(literal);
  const resource = guard.kind === 'local' ? await parts.store.read(grant, guard.resourceType, guard.id) : undefined;
  if (!resource || resource.deleted) throw resourceNotFound('Binary', id);
}

/** A FHIR media type named in Accept (or a Bundle entry, which can only hold a resource). */
function wantsFhir(http: IncomingMessage | undefined): boolean {
  if (!http) return true;
  return (http.headers.accept ?? '').split(',').some((range) => FHIR_FORMATS.test(mediaType(range).name));
}

async function withData(version: StoredVersion, content: BinaryContent | undefined): Promise<string> {
  if (!content || content.size === 0) return version.content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.chunks) chunks.push(chunk);
  const data = Buffer.concat(chunks).toString('base64');
  return `${version.content.slice(0, -1)},"data":"${data}"}`;
}
