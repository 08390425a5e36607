/**
 * Which field of a record names what: the ids an agency's records use for each other.
 *
 * Read by the schema (an id has its own grammar), by the reference check (which names the record to send first), by
 * the import (which keeps a record behind the ones it names) and by the documentation.
 */
import type { ResourceType } from '@medplum/fhirtypes';

export interface ReferenceTarget {
  /** Collection of the record that holds what is named. */
  kind: string;
  resourceType: ResourceType;
  /** What is named, in a sentence: `youth`, `goal`. */
  singular: string;
  /** List of that record in which it stands, for parts of a record: `goals`. */
  part?: string;
}

const TARGETS = {
  organization: { kind: 'organizations', resourceType: 'Organization', singular: 'organization' },
  youth: { kind: 'youths', resourceType: 'Patient', singular: 'youth' },
  guardian: { kind: 'youths', resourceType: 'RelatedPerson', singular: 'guardian', part: 'guardians' },
  coverage: { kind: 'youths', resourceType: 'Coverage', singular: 'coverage', part: 'coverages' },
  mentor: { kind: 'mentors', resourceType: 'PractitionerRole', singular: 'mentor' },
  diagnosis: { kind: 'diagnoses', resourceType: 'Condition', singular: 'diagnosis' },
  outcome: { kind: 'outcomes', resourceType: 'Observation', singular: 'outcome' },
  plan: { kind: 'plans', resourceType: 'CarePlan', singular: 'plan' },
  goal: { kind: 'plans', resourceType: 'Goal', singular: 'goal', part: 'goals' },
  referral: { kind: 'referrals', resourceType: 'ServiceRequest', singular: 'referral' },
  episode: { kind: 'episodes', resourceType: 'EpisodeOfCare', singular: 'episode' },
  session: { kind: 'sessions', resourceType: 'Encounter', singular: 'session' },
  note: { kind: 'notes', resourceType: 'DocumentReference', singular: 'note' },
  upload: { kind: 'attachments', resourceType: 'Binary', singular: 'uploaded attachment' },
} as const satisfies Record<string, ReferenceTarget>;

/** By field name, where the name means the same in every record; `list` and single forms apart. */
const BY_NAME: Record<string, ReferenceTarget> = {
  youthId: TARGETS.youth,
  organizationId: TARGETS.organization,
  authorOrganizationId: TARGETS.organization,
  performerId: TARGETS.organization,
  payerId: TARGETS.organization,
  providerId: TARGETS.organization,
  mentorId: TARGETS.mentor,
  supervisorId: TARGETS.mentor,
  authorId: TARGETS.mentor,
  requesterId: TARGETS.mentor,
  caseManagerId: TARGETS.mentor,
  contributorIds: TARGETS.mentor,
  diagnosedById: TARGETS.mentor,
  observedById: TARGETS.mentor,
  otherStaffIds: TARGETS.mentor,
  recipientIds: TARGETS.mentor,
  reviewedById: TARGETS.mentor,
  signerId: TARGETS.mentor,
  diagnosisIds: TARGETS.diagnosis,
  outcomeIds: TARGETS.outcome,
  planId: TARGETS.plan,
  planIds: TARGETS.plan,
  informedByPlanIds: TARGETS.plan,
  goalId: TARGETS.goal,
  goalIds: TARGETS.goal,
  goalReviewedIds: TARGETS.goal,
  ifspGoalId: TARGETS.goal,
  otherGoalIds: TARGETS.goal,
  referralId: TARGETS.referral,
  referralIds: TARGETS.referral,
  episodeId: TARGETS.episode,
  sessionIds: TARGETS.session,
  documentIds: TARGETS.note,
  guardianId: TARGETS.guardian,
  guardianIds: TARGETS.guardian,
  coverageIds: TARGETS.coverage,
  uploadId: TARGETS.upload,
};

/** By kind and path, where the name alone does not tell. */
const BY_PATH: Record<string, ReferenceTarget> = {
  'episodes team.memberId': TARGETS.mentor,
  'referrals replacesId': TARGETS.referral,
  'notes replacesId': TARGETS.note,
};

/** What the field at `path` (without indexes) of a kind names, or undefined when it names nothing of ours. */
export function referenceTarget(kind: string, path: string): ReferenceTarget | undefined {
  return BY_PATH[`${kind} ${path}`] ?? BY_NAME[path.split('.').at(-1) ?? ''];
}
