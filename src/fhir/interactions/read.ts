/**
 * FHIR `read`: GET [base]/[type]/[id].
 *
 * Spec: https://hl7.org/fhir/R4/http.html#read, #cread (conditional read)
 *
 * The stored text goes out unparsed. Conformance resources of ours come from the package, a Binary through the resource
 * that guards it. Not offered: `_summary`, `_elements`.
 */
import { resourceDeleted, resourceNotFound } from '../../outcome/fhir-error.ts';
import type { StoredVersion } from '../../store/resource-store.ts';
import { requireNoParameters } from '../answers.ts';
import { readBinary } from '../binary-content.ts';
import { isNotModified, versionHeaders } from '../etag.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { requireServedType } from '../served-types.ts';

export async function read(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request);
  const { resourceType, id, grant } = request;
  const { kind } = requireServedType(resourceType);
  if (kind === 'published') return readPublished(request, parts);

  const version = await parts.store.read(grant, resourceType, id);
  if (!version) throw resourceNotFound(resourceType, id);
  if (version.deleted) throw resourceDeleted(resourceType, id);
  if (kind === 'binary') return readBinary(version, request, parts);
  return versionAnswer(version, request);
}

/** A version as the answer to a read; 304 when the client has it. */
export function versionAnswer(version: StoredVersion, request: FhirRequest): FhirAnswer {
  const headers = versionHeaders(version);
  if (isNotModified(version, request.ifNoneMatch, request.ifModifiedSince)) return { status: 304, headers };
  return { status: 200, headers, body: version.content };
}

async function readPublished({ resourceType, id }: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const resource = parts.definitions.published(resourceType).find((candidate) => candidate.id === id);
  if (!resource) throw resourceNotFound(resourceType, id);
  return { status: 200, headers: {}, body: JSON.stringify(resource) };
}
