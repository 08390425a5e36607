/**
 * FHIR `capabilities`: GET [base]/metadata.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#capabilities
 */
import { badRequest } from '../../outcome/fhir-error.ts';
import { capabilityStatementText } from '../capability-statement.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { single } from '../query.ts';

export async function capabilities(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const mode = single(request.query, 'mode') ?? 'full';
  if (mode !== 'full' && mode !== 'normative') {
    throw badRequest('not-supported', 'mode can be full; terminology is not offered.');
  }
  return { status: 200, headers: {}, body: capabilityStatementText(parts) };
}
