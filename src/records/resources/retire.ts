/**
 * What "deleted" means for a resource that a record made: marked, never erased, so that whoever used it can see why.
 *
 * Spec: https://hl7.org/fhir/R4/lifecycle.html ; a status `entered-in-error` where the type has one, `active` false for
 * people, organizations and services. A Binary has neither and is deleted: its DocumentReference says why.
 */
import type { Resource } from '@medplum/fhirtypes';

type Form = { element: string; value: unknown } | 'delete';

const entered = (element: string): Form => ({ element, value: 'entered-in-error' });
const inactive: Form = { element: 'active', value: false };

const FORMS: Readonly<Record<string, Form>> = {
  Patient: inactive,
  RelatedPerson: inactive,
  Practitioner: inactive,
  PractitionerRole: inactive,
  Organization: inactive,
  HealthcareService: inactive,
  Coverage: entered('status'),
  ServiceRequest: entered('status'),
  CarePlan: entered('status'),
  Goal: entered('lifecycleStatus'),
  EpisodeOfCare: entered('status'),
  CareTeam: entered('status'),
  Encounter: entered('status'),
  DocumentReference: entered('status'),
  Task: entered('status'),
  Observation: entered('status'),
  Appointment: entered('status'),
  Communication: entered('status'),
  Condition: {
    element: 'verificationStatus',
    value: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' }],
    },
  },
  Binary: 'delete',
};

/** The types a record can make; each has its form of being deleted. */
export const RETIRABLE_TYPES: readonly string[] = Object.keys(FORMS);

/** True for a type that is deleted outright. */
export const isDeletedOutright = (resourceType: string): boolean => FORMS[resourceType] === 'delete';

/** True when the resource already carries the mark of a deleted one; false for types that records do not make. */
export function isRetired(resource: Resource): boolean {
  const form = FORMS[resource.resourceType];
  if (form === undefined || form === 'delete') return false;
  const found = (resource as unknown as Record<string, unknown>)[form.element];
  if (resource.resourceType !== 'Condition') return found === form.value;
  return resource.verificationStatus?.coding?.some((coding) => coding.code === 'entered-in-error') ?? false;
}

/** A copy of the resource in its deleted form. Not for types that are deleted outright. */
export function retired(resource: Resource): Resource {
  const form = formOf(resource.resourceType);
  if (form === 'delete') throw new Error(`${resource.resourceType} is deleted outright`);
  const copy: Record<string, unknown> = { ...(resource as object), [form.element]: form.value };
  // con-5: a condition entered in error has no clinical status.
  if (resource.resourceType === 'Condition') delete copy.clinicalStatus;
  return copy as unknown as Resource;
}

function formOf(resourceType: string): Form {
  const form = FORMS[resourceType];
  if (!form) throw new Error(`No form of deletion is known for ${resourceType}`);
  return form;
}
