/**
 * STR-005: referral, plan, goals, sessions, notes and claims of one case all have the same patient.
 *
 * Spec: https://hl7.org/fhir/R4/compartmentdefinition-patient.html (which element says whose a resource is)
 *
 * Checked on the references of what is written, against what is written beside it and what is stored. A patient that is
 * known only by another server's URL or by an identifier can not be compared and passes. Not looked at: what may be
 * about several patients (Group, List, Provenance, AuditEvent, MeasureReport, Basic, an Appointment for supervision),
 * a RelatedPerson, because a guardian may have several children here, and a Patient, because one may speak for another.
 * Nor is what stands in the store and names a resource that now changes its patient: only what is written is asked.
 * The answer does not say who the other patient is.
 */
import type { Resource } from '@medplum/fhirtypes';
import { resourceInvalid } from '../outcome/fhir-error.ts';
import { type Finding, toIssue } from '../outcome/finding.ts';
import { findReferences, parseReference } from './references.ts';

/** The types that belong to one patient's case, with the element that names the patient. */
const PATIENT_ELEMENT: Readonly<Record<string, 'subject' | 'patient' | 'beneficiary' | 'for'>> = {
  CarePlan: 'subject',
  CareTeam: 'subject',
  ChargeItem: 'subject',
  Claim: 'patient',
  ClaimResponse: 'patient',
  Communication: 'subject',
  Composition: 'subject',
  Condition: 'subject',
  Consent: 'patient',
  Coverage: 'beneficiary',
  DetectedIssue: 'patient',
  DocumentReference: 'subject',
  Encounter: 'subject',
  EpisodeOfCare: 'patient',
  ExplanationOfBenefit: 'patient',
  Flag: 'subject',
  Goal: 'subject',
  Observation: 'subject',
  QuestionnaireResponse: 'subject',
  ServiceRequest: 'subject',
  Task: 'for',
};

/** The id of the Patient here whose case the resource belongs to; undefined when it belongs to none, or none is known. */
function patientOf(resource: Resource): string | undefined {
  const element = PATIENT_ELEMENT[resource.resourceType];
  if (element === undefined) return undefined;
  const holder = (resource as unknown as Record<string, { reference?: unknown } | null | undefined>)[element];
  const literal = holder?.reference;
  const reference = typeof literal === 'string' ? parseReference(literal) : undefined;
  return reference?.kind === 'local' && reference.resourceType === 'Patient' ? reference.id : undefined;
}

interface Write {
  resource?: Resource;
  /** FHIRPath of the resource in a Bundle. */
  at?: string;
}

type Find = (key: string) => Resource | null | undefined;

/**
 * Throws a FhirError (422) that points to every reference, and every contained resource, of another patient's case.
 * `find` gives the resource that will stand under a `Type/id` after the write.
 */
export function requireSamePatient(writes: readonly Write[], find: Find): void {
  const findings = writes.flatMap(({ resource, at }) => {
    const patient = resource && patientOf(resource);
    if (!resource || patient === undefined) return [];
    const { resourceType } = resource;
    return othersIn(resource, patient, find).map((other) => breach(resourceType, other, at ?? resourceType));
  });
  if (findings.length > 0) throw resourceInvalid(findings.map(toIssue));
}

interface Other {
  resourceType: string;
  /** Path below the resource, with its leading dot. */
  path: string;
}

function othersIn(resource: Resource, patient: string, find: Find): Other[] {
  const isOther = (of: Resource | null | undefined): boolean => {
    const theirs = of && patientOf(of);
    return theirs !== undefined && theirs !== patient;
  };
  const referred = findReferences(resource).flatMap(({ holder, expression }): Other[] => {
    const reference = parseReference(holder.reference);
    if (reference.kind !== 'local' || !(reference.resourceType in PATIENT_ELEMENT)) return [];
    if (!isOther(find(`${reference.resourceType}/${reference.id}`))) return [];
    return [{ resourceType: reference.resourceType, path: expression.slice(resource.resourceType.length) }];
  });
  const contained = containedIn(resource).flatMap((one, index): Other[] =>
    isOther(one) ? [{ resourceType: one.resourceType, path: `.contained[${index}]` }] : [],
  );
  return [...referred, ...contained];
}

/** Before validation: whatever stands there that looks like resources. */
function containedIn(resource: Resource): Resource[] {
  const { contained } = resource as { contained?: unknown };
  if (!Array.isArray(contained)) return [];
  return contained.map((one) => (typeof one === 'object' && one !== null ? one : {}) as Resource);
}

const breach = (resourceType: string, other: Other, at: string): Finding => ({
  severity: 'error',
  code: 'business-rule',
  ruleId: 'STR-005',
  message:
    `This ${other.resourceType} is about another patient than the ${resourceType}. Referral, plan, goals, sessions, ` +
    'notes and claims of one case all have the same patient.',
  expression: at + other.path,
});
