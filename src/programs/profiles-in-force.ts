/**
 * Which of our profiles a resource must meet: chosen by the server from type, role and program, never from what a
 * client claims (docs/implementation-guide.md lists the profiles).
 */
import type { CodeableConcept, Coding, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl, profileUrl } from '../conformance/canonical.ts';

/** Narrower profiles that a program adds to a base profile. */
const PROGRAM_PROFILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tm-referral': {
    'state-cys': 'tm-referral-state-cys',
    'masshealth-cbhi': 'tm-referral-masshealth-cbhi',
    'va-hr-csa': 'tm-referral-va-hr-csa',
    'ct-dcf-tss': 'tm-referral-ct-dcf-tss',
  },
  'tm-session': { 'masshealth-cbhi': 'tm-session-masshealth-cbhi', 'ct-dcf-tss': 'tm-session-ct-dcf-tss' },
  'tm-goal': { 'ct-dcf-tss': 'tm-goal-ct-dcf-tss' },
  'tm-episode': { 'ct-dcf-tss': 'tm-episode-ct-dcf-tss' },
  'tm-mentor-role': { 'state-cys': 'tm-mentor-role-state-cys', 'ct-dcf-tss': 'tm-mentor-role-ct-dcf-tss' },
};

/** Plans the mentoring agency answers for; the others (hub plan, IFSP, service plan) are other people's work. */
const OWN_PLAN_KINDS = new Set(['provider-plan', 'treatment-plan', 'wellness-recovery-plan']);

/** True for a plan that the mentoring agency itself writes. */
export function isOwnPlan(resource: Resource): boolean {
  return resource.resourceType === 'CarePlan' && has(resource.category, 'tm-plan-type', (c) => OWN_PLAN_KINDS.has(c));
}

/** Canonical URLs of the profiles in force; empty for resources the guide does not profile. */
export function profilesInForce(resource: Resource, programs: readonly string[]): string[] {
  const base = baseProfiles(resource);
  const narrower = base.flatMap((id) => programs.flatMap((program) => narrowed(id, program, resource)));
  return [...new Set([...base, ...narrower])].map(profileUrl);
}

function narrowed(base: string, program: string, resource: Resource): string[] {
  if (base === 'tm-treatment-plan') return planProfile(program, resource);
  if (base === 'tm-note') {
    return program === 'va-hr-csa' && has(noteCategory(resource), 'tm-document-type', 'quarterly-progress-report')
      ? ['tm-progress-report-va-hr-csa']
      : [];
  }
  const id = PROGRAM_PROFILES[base]?.[program];
  return id ? [id] : [];
}

function planProfile(program: string, resource: Resource): string[] {
  if (resource.resourceType !== 'CarePlan') return [];
  if (program === 'va-hr-csa' && has(resource.category, 'tm-plan-type', 'ifsp')) return ['tm-ifsp-va-hr-csa'];
  if (!isOwnPlan(resource)) return [];
  if (program === 'va-hr-csa') return ['tm-treatment-plan-va-hr-csa'];
  return program === 'ct-dcf-tss' ? ['tm-treatment-plan-ct-dcf-tss'] : [];
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

const noteCategory = (resource: Resource) =>
  resource.resourceType === 'DocumentReference' ? resource.category : undefined;

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
