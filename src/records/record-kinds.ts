/**
 * The kinds of mentoring records, one row each: what a kind is called, which logical model describes it, which maps
 * turn it into FHIR and back, and which resources it becomes.
 *
 * Routes, schemas, reference checks, the OpenAPI document and the documentation all read this table.
 */
import type { ResourceType } from '@medplum/fhirtypes';
import { profileUrl, structureMapUrl } from '../conformance/canonical.ts';

export interface RecordKind {
  /** Collection in the URL and in identifier systems: `/mentoring/sessions/{id}`. */
  kind: string;
  /** One of them, in a sentence: `a session`. */
  singular: string;
  /** Canonical URL of the logical model. */
  model: string;
  /** Canonical URLs of the maps to FHIR and back. */
  toFhir: string;
  fromFhir: string;
  /** The resource that carries the record's own source id. */
  main: ResourceType;
  /** Further resources of the record that carry the record's id. */
  withRecordId: readonly ResourceType[];
  /** Those of them without which, as without the main one, there is no record to read. */
  needed?: readonly ResourceType[];
  /** Lists of the record whose items become resources of their own, under the item's `id`. */
  parts: readonly { field: string; resourceType: ResourceType; singular: string }[];
  /**
   * The record adds to a resource that another record owns and does not own it: a discharge ends the episode's
   * EpisodeOfCare. `field` holds the id of the other record.
   */
  overlays?: { kind: string; resourceType: ResourceType; field: string };
}

const row = (
  kind: string,
  singular: string,
  rest: Omit<RecordKind, 'kind' | 'singular' | 'model' | 'toFhir' | 'fromFhir'>,
) => ({
  kind,
  singular,
  model: profileUrl(`mentoring-${singular}`),
  toFhir: structureMapUrl(`${singular}-to-fhir`),
  fromFhir: structureMapUrl(`fhir-to-${singular}`),
  ...rest,
});

/** In the order in which a new agency sends them: each kind refers to kinds before it. */
export const RECORD_KINDS: readonly RecordKind[] = [
  row('organizations', 'organization', { main: 'Organization', withRecordId: ['HealthcareService'], parts: [] }),
  row('youths', 'youth', {
    main: 'Patient',
    withRecordId: [],
    parts: [
      { field: 'guardians', resourceType: 'RelatedPerson', singular: 'guardian' },
      { field: 'coverages', resourceType: 'Coverage', singular: 'coverage' },
    ],
  }),
  row('mentors', 'mentor', {
    main: 'PractitionerRole',
    withRecordId: ['Practitioner'],
    needed: ['Practitioner'],
    parts: [],
  }),
  row('diagnoses', 'diagnosis', { main: 'Condition', withRecordId: [], parts: [] }),
  row('outcomes', 'outcome', { main: 'Observation', withRecordId: [], parts: [] }),
  row('plans', 'plan', {
    main: 'CarePlan',
    withRecordId: [],
    parts: [{ field: 'goals', resourceType: 'Goal', singular: 'goal' }],
  }),
  row('referrals', 'referral', { main: 'ServiceRequest', withRecordId: [], parts: [] }),
  row('episodes', 'episode', { main: 'EpisodeOfCare', withRecordId: ['CareTeam'], parts: [] }),
  row('sessions', 'session', { main: 'Encounter', withRecordId: [], parts: [] }),
  row('notes', 'note', { main: 'DocumentReference', withRecordId: ['Binary', 'Task'], parts: [] }),
  row('discharges', 'discharge', {
    main: 'EpisodeOfCare',
    withRecordId: [],
    parts: [],
    overlays: { kind: 'episodes', resourceType: 'EpisodeOfCare', field: 'episodeId' },
  }),
  row('supervisions', 'supervision', { main: 'Appointment', withRecordId: [], parts: [] }),
  row('feedbacks', 'feedback', { main: 'Communication', withRecordId: [], parts: [] }),
];

const byName = new Map(RECORD_KINDS.map((kind) => [kind.kind, kind]));

/** The row of a collection, or undefined when there is no such collection. */
export const findRecordKind = (kind: string): RecordKind | undefined => byName.get(kind);

/** The row of a collection that the code knows to exist; throws otherwise. */
export function recordKind(kind: string): RecordKind {
  const found = byName.get(kind);
  if (!found) throw new Error(`There is no record kind ${kind}`);
  return found;
}

/** `a session`, `an episode`. */
export const anyOf = (singular: string): string => `${/^[aeio]/.test(singular) ? 'an' : 'a'} ${singular}`;
