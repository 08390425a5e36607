/**
 * FHIR `vread`: GET [base]/[type]/[id]/_history/[vid].
 *
 * Spec: https://hl7.org/fhir/R4/http.html#vread
 *
 * A version that a delete made is 410; a version that never was, or a version id that is no number, is 404.
 */
import { FhirError, issue, resourceDeleted } from '../../outcome/fhir-error.ts';
import { requireNoParameters } from '../answers.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { versionAnswer } from './read.ts';

/** The store counts versions from 1 in a 32-bit integer. */
const VERSION_ID = /^[1-9]\d{0,8}$/;

export async function vread(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request);
  const { resourceType, id, versionId, grant } = request;
  const version = VERSION_ID.test(versionId)
    ? await parts.store.vread(grant, resourceType, id, Number(versionId))
    : undefined;
  if (!version) {
    throw new FhirError(404, [issue('not-found', `${resourceType}/${id} has no version of that number.`)]);
  }
  if (version.deleted) throw resourceDeleted(resourceType, id);
  return versionAnswer(version, request);
}
