/**
 * FHIR `history-system`: GET [base]/_history.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#history
 */
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { historyAnswer } from '../history.ts';

export async function historySystem(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  return historyAnswer(request, '_history', parts);
}
