/**
 * What a request must meet before it is a create, an update or an entry of a Bundle.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#create, #update
 */
import type { Resource } from '@medplum/fhirtypes';
import { badRequest, bodyTypeMismatch } from '../outcome/fhir-error.ts';

/** The body as a resource of the type in the URL. Throws a FhirError (400). */
export function requireResource(body: unknown, resourceType: string): Resource {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('structure', `The body is not a JSON object. Expected a ${resourceType}.`);
  }
  const received = (body as { resourceType?: unknown }).resourceType;
  if (typeof received !== 'string') throw badRequest('required', 'The body has no resourceType.', 'resourceType');
  if (received !== resourceType)
    throw bodyTypeMismatch(resourceType, /^[A-Za-z]{1,64}$/.test(received) ? received : 'another type');
  return body as Resource;
}

/** The id in the body is the one in the URL: http.html#update. Throws a FhirError (400). */
export function requireSameId(resource: Resource, id: string): void {
  if (resource.id === id) return;
  const sentence = `The body must carry the id of the URL, ${id}.`;
  throw badRequest(resource.id === undefined ? 'required' : 'value', sentence, `${resource.resourceType}.id`);
}

/** Throws a FhirError (400): to ignore the condition would store twice what the client wants once. */
export function refuseIfNoneExist(ifNoneExist: unknown): void {
  if (ifNoneExist === undefined) return;
  throw badRequest('not-supported', 'Conditional create (If-None-Exist) is not offered yet. Nothing was stored.');
}
