/**
 * FHIR `history-instance`: GET [base]/[type]/[id]/_history.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#history
 *
 * Newest first, deletions included. A resource that never was is 404; a deleted one has a history.
 */
import { resourceNotFound } from '../../outcome/fhir-error.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { historyAnswer } from '../history.ts';

export async function historyInstance(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const { resourceType, id, grant } = request;
  const versionExists = await parts.store.read(grant, resourceType, id);
  if (!versionExists) throw resourceNotFound(resourceType, id);
  return historyAnswer(request, `${resourceType}/${id}/_history`, parts);
}
