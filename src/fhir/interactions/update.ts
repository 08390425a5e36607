/**
 * FHIR `update`: PUT [base]/[type]/[id].
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update, https://hl7.org/fhir/R4/http.html#concurrency
 *
 * An id that was never used, or was deleted, is created under that id (201). If-Match makes the update depend on the
 * version (412), `If-None-Match: *` on there being none. Not offered: conditional update.
 */
import { badRequest } from '../../outcome/fhir-error.ts';
import { requireNoParameters, writtenAnswer } from '../answers.ts';
import { parseETagCondition } from '../etag.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { refuseIfNoneExist, requireResource, requireSameId } from '../requirements.ts';
import { writeResources } from '../write-resources.ts';

export async function update(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request);
  refuseIfNoneExist(request.ifNoneExist);
  const { resourceType, id, grant } = request;
  const ifMatch = parseETagCondition(request.ifMatch, 'If-Match');
  const ifNoneMatch = parseETagCondition(request.ifNoneMatch, 'If-None-Match');
  if (ifNoneMatch && !ifNoneMatch.any) throw badRequest('not-supported', 'With PUT, If-None-Match can only be *.');

  const resource = requireResource(await request.body(), resourceType);
  requireSameId(resource, id);
  const write = { method: 'PUT' as const, resourceType, id, resource, ifMatch, mustBeNew: ifNoneMatch !== undefined };
  const [written] = await writeResources([write], grant, parts);
  if (!written) throw new Error('An update came back without an outcome');
  return writtenAnswer(written, request, parts.baseUrl);
}
