/**
 * FHIR `create`: POST [base]/[type].
 *
 * Spec: https://hl7.org/fhir/R4/http.html#create
 *
 * Client-given `id`, `meta.versionId` and `meta.lastUpdated` are ignored; the server assigns them. A Binary may be sent
 * as its bytes. Not offered: conditional create (`If-None-Exist`), refused so that nothing is stored twice by mistake.
 */
import { requireNoParameters, writtenAnswer } from '../answers.ts';
import { isRawBinary, stageRawBinary } from '../binary-content.ts';
import type { FhirAnswer, FhirParts, FhirRequest } from '../fhir-parts.ts';
import { refuseIfNoneExist, requireResource } from '../requirements.ts';
import { writeResources } from '../write-resources.ts';

export async function create(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  requireNoParameters(request);
  refuseIfNoneExist(request.ifNoneExist);
  const { resourceType, grant } = request;
  const id = parts.newId();
  const resource = isRawBinary(request)
    ? await stageRawBinary(request, id, parts)
    : requireResource(await request.body(), resourceType);
  const [written] = await writeResources([{ method: 'POST', resourceType, id, resource }], grant, parts);
  if (!written) throw new Error('A create came back without an outcome');
  return writtenAnswer(written, request, parts.baseUrl);
}
