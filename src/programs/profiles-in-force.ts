/**
 * Which of our profiles a resource must meet: chosen by the server from type and role, and from what the packs of its
 * programs add, never from what a client claims (docs/implementation-guide.md lists the profiles).
 */
import type { CodeableConcept, Coding, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl, profileUrl } from '../conformance/canonical.ts';
import type { AddedProfile, RulePacks } from './rule-pack.ts';

/** Plans the mentoring agency answers for; the others (hub plan, IFSP, service plan) are other people's work. */
const OWN_PLAN_KINDS = new Set(['provider-plan', 'treatment-plan', 'wellness-recovery-plan']);

/** True for a plan that the mentoring agency itself writes. */
export function isOwnPlan(resource: Resource): boolean {
  return resource.resourceType === 'CarePlan' && has(resource.category, 'tm-plan-type', (c) => OWN_PLAN_KINDS.has(c));
}

/** Canonical URLs of the profiles in force; empty for resources the guide does not profile. */
export function profilesInForce(resource: Resource, programs: readonly string[], packs: RulePacks): string[] {
  const base = baseProfiles(resource);
  const added = programs.flatMap((program) => packs.get(program)?.profiles ?? []);
  const narrower = added.filter((profile) => base.includes(profile.base) && isAbout(profile, resource));
  return [...new Set([...base, ...narrower.map(({ add }) => add)])].map(profileUrl);
}

/** Whether the resource is of the category that an added profile is limited to. */
function isAbout({ category }: AddedProfile, resource: Resource): boolean {
  if (!category) return true;
  const { category: concepts } = resource as { category?: CodeableConcept[] };
  return has(concepts, category.system, (code) => category.codes.includes(code));
}

function baseProfiles(resource: Resource): string[] {
  switch (resource.resourceType) {
    case 'ServiceRequest':
      return ['tm-referral'];
    case 'CarePlan':
      return ['tm-treatment-plan'];
    case 'Goal':
      return ['tm-goal'];
    case 'Encounter':
      return ['tm-session'];
    case 'DocumentReference':
      return has(resource.category, 'tm-document-type', 'progress-note')
        ? ['tm-note', 'tm-progress-note']
        : ['tm-note'];
    case 'PractitionerRole':
      return [roleProfile(resource.code)];
    case 'Practitioner':
      return ['tm-mentor'];
    case 'Patient':
      return ['tm-youth'];
    case 'RelatedPerson':
      return ['tm-guardian'];
    case 'Coverage':
      return ['tm-coverage'];
    case 'Organization':
      return ['tm-organization'];
    case 'EpisodeOfCare':
      return ['tm-episode'];
    case 'CareTeam':
      return ['tm-care-team'];
    case 'Condition':
      return ['tm-diagnosis'];
    case 'Claim':
      return ['tm-claim'];
    case 'Task':
      return has([resource.code], 'tm-task', 'fulfill-referral') ? ['tm-referral-task'] : [];
    case 'Observation':
      return ofSystem([resource.code], 'tm-outcome') || ofSystem([resource.code], 'tm-assessment')
        ? ['tm-outcome']
        : [];
    case 'Appointment':
      return has(resource.serviceType, 'tm-service', 'staff-supervision') ? ['tm-supervision'] : [];
    case 'Communication':
      return has(resource.category, 'tm-communication-category', 'family-feedback') ? ['tm-family-feedback'] : [];
    default:
      return [];
  }
}

function roleProfile(code: readonly CodeableConcept[] | undefined): string {
  if (has(code, 'tm-staff-role', 'therapeutic-mentor')) return 'tm-mentor-role';
  return has(code, 'tm-staff-role', 'clinical-supervisor') ? 'tm-supervisor-role' : 'tm-team-role';
}

/** Codes of one of our code systems in a list of concepts; tolerant of bodies that are not yet validated. */
function codesOf(concepts: readonly (CodeableConcept | undefined)[] | undefined, system: string): string[] {
  const url = codeSystemUrl(system);
  return (Array.isArray(concepts) ? concepts : []).flatMap((concept) =>
    (Array.isArray(concept?.coding) ? concept.coding : []).flatMap((coding: Coding) =>
      coding?.system === url && typeof coding.code === 'string' ? [coding.code] : [],
    ),
  );
}

function has(
  concepts: readonly (CodeableConcept | undefined)[] | undefined,
  system: string,
  code: string | ((code: string) => boolean),
): boolean {
  return codesOf(concepts, system).some((found) => (typeof code === 'string' ? found === code : code(found)));
}

const ofSystem = (concepts: readonly (CodeableConcept | undefined)[] | undefined, system: string): boolean =>
  codesOf(concepts, system).length > 0;
