/**
 * FHIR `delete`: DELETE [base]/[type]/[id].
 *
 * Spec: https://hl7.org/fhir/R4/http.html#delete
 *
 * Deleting what is not there, or is deleted already, succeeds. History stays readable. Resources that refer to the
 * deleted one are left as they are.
 */
import { outcomeText, requireNoParameters } from '../answers.ts';
import { etag, parseETagCondition } from '../etag.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { writeResources } from '../write-resources.ts';

export async function deleteResource(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request);
  const { resourceType, id, grant } = request;
  const ifMatch = parseETagCondition(request.ifMatch, 'If-Match');
  const [deleted] = await writeResources([{ method: 'DELETE', resourceType, id, ifMatch }], grant, parts);
  const headers: Record<string, string> = deleted?.version ? { ETag: etag(deleted.version.versionId) } : {};
  if (request.prefer.return !== 'OperationOutcome') return { status: 204, headers };
  const sentence = deleted?.version ? 'Deleted.' : 'There was nothing to delete.';
  const finding = { severity: 'information' as const, code: 'informational' as const, message: sentence };
  return { status: 200, headers, body: outcomeText([finding]) };
}
