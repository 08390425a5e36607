/**
 * The resource types this service serves, and which interactions each offers.
 *
 * Spec: https://hl7.org/fhir/R4/resourcelist.html
 *
 * Three kinds. Stored types take every interaction. Published types are our own conformance resources: read and search
 * only. A Binary is read by id, through the resource that guards it; searching or listing it would walk around that.
 */
import { FhirError, issue } from '../outcome/fhir-error.ts';
import type { InteractionCode } from './interactions.ts';

export const STORED_TYPES = [
  'Appointment',
  'AuditEvent',
  'Basic',
  'CarePlan',
  'CareTeam',
  'ChargeItem',
  'Claim',
  'ClaimResponse',
  'Communication',
  'Composition',
  'Condition',
  'Consent',
  'Coverage',
  'DetectedIssue',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'ExplanationOfBenefit',
  'Flag',
  'Goal',
  'Group',
  'HealthcareService',
  'List',
  'Location',
  'MeasureReport',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Provenance',
  'Questionnaire',
  'QuestionnaireResponse',
  'RelatedPerson',
  'ServiceRequest',
  'Subscription',
  'Task',
] as const;

/** Read from the package of our implementation guide. */
const PUBLISHED_TYPES = [
  'CapabilityStatement',
  'CodeSystem',
  'ConceptMap',
  'Measure',
  'OperationDefinition',
  'SearchParameter',
  'StructureDefinition',
  'StructureMap',
  'ValueSet',
] as const;

const STORED: readonly InteractionCode[] = [
  'read',
  'vread',
  'update',
  'delete',
  'history-instance',
  'history-type',
  'create',
  'search-type',
];
const PUBLISHED: readonly InteractionCode[] = ['read', 'search-type'];
const BINARY: readonly InteractionCode[] = ['read', 'create', 'update', 'delete'];

type TypeKind = 'stored' | 'published' | 'binary';

export interface ServedType {
  resourceType: string;
  kind: TypeKind;
  interactions: readonly InteractionCode[];
}

/** One row per type, in order of name. */
export const SERVED_TYPES: ReadonlyMap<string, ServedType> = new Map(
  [
    ...STORED_TYPES.map((resourceType) => ({ resourceType, kind: 'stored' as const, interactions: STORED })),
    ...PUBLISHED_TYPES.map((resourceType) => ({ resourceType, kind: 'published' as const, interactions: PUBLISHED })),
    { resourceType: 'Binary', kind: 'binary' as const, interactions: BINARY },
  ]
    .sort((a, b) => (a.resourceType < b.resourceType ? -1 : 1))
    .map((row) => [row.resourceType, row]),
);

/** The row of a type. Throws a FhirError (404) that names the served types. */
export function requireServedType(resourceType: string): ServedType {
  const row = SERVED_TYPES.get(resourceType);
  if (row) return row;
  const served = [...SERVED_TYPES.keys()].join(', ');
  throw new FhirError(404, [
    issue('not-supported', `This service does not serve that resource type. It serves: ${served}.`),
  ]);
}
