/**
 * The FHIR of the golden pairs is valid FHIR R4 and keeps our profiles' structure.
 *
 * Spec: https://hl7.org/fhir/R4/validation.html
 *
 * Findings of a program's policy (a rule id such as CYS-048) are no fault of a map: a record may well break a rule.
 * Findings of structure, also STR-002 and the like, are.
 */
import { describe, expect, test } from 'vitest';
import { codeSystemUrl, profileUrl } from '../../src/conformance/canonical.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import { definitions, goldenCases, readJsonFile } from './maps-under-test.ts';

const PROFILES: Record<string, string> = {
  Appointment: 'tm-supervision',
  CarePlan: 'tm-treatment-plan',
  CareTeam: 'tm-care-team',
  Communication: 'tm-family-feedback',
  Condition: 'tm-diagnosis',
  Coverage: 'tm-coverage',
  DocumentReference: 'tm-note',
  Encounter: 'tm-session',
  EpisodeOfCare: 'tm-episode',
  Goal: 'tm-goal',
  Observation: 'tm-outcome',
  Organization: 'tm-organization',
  Patient: 'tm-youth',
  Practitioner: 'tm-mentor',
  PractitionerRole: 'tm-team-role',
  RelatedPerson: 'tm-guardian',
  ServiceRequest: 'tm-referral',
};
/** Types that no profile of ours constrains. */
const UNPROFILED = ['Binary', 'HealthcareService', 'Task'];

const episodeType = [{ coding: [{ system: codeSystemUrl('tm-service'), code: 'therapeutic-mentoring' }] }];
const validator = createValidator({ definitions });
const isPolicy = (ruleId: string | undefined): boolean => ruleId !== undefined && !ruleId.startsWith('STR-');

const resources = goldenCases
  .filter((golden) => golden.map.endsWith('-to-fhir'))
  .flatMap((golden) =>
    (readJsonFile(golden.expectedFile).entry as { resource: JsonObject }[]).map(
      ({ resource }): { name: string; resource: JsonObject } => ({
        name: `${golden.name} ${resource.resourceType}`,
        // A discharge is laid over the episode's EpisodeOfCare, which brings the type.
        resource: golden.map === 'discharge-to-fhir' ? { type: episodeType, ...resource } : resource,
      }),
    ),
  );

function errors(resource: JsonObject): string[] {
  const type = String(resource.resourceType);
  const profile = PROFILES[type];
  if (!profile && !UNPROFILED.includes(type)) throw new Error(`Say which profile a ${type} has to meet`);
  return validator
    .validate(resource, { profiles: profile ? [profileUrl(profile)] : [] })
    .filter((finding) => finding.severity === 'error' || finding.severity === 'fatal')
    .filter((finding) => !isPolicy(finding.ruleId))
    .map((finding) => `${finding.expression}: ${finding.message}`);
}

describe('is valid', () => {
  test.each(resources)('$name', ({ resource }) => {
    expect(errors(resource)).toEqual([]);
  });

  test('and a validator that says so can say otherwise', () => {
    const session = resources.find(({ resource }) => resource.resourceType === 'Encounter')?.resource;
    expect(errors({ ...session, status: 'held' }).join()).toMatch(/held/);
    expect(errors({ ...session, type: [] }).join()).toMatch(/type/);
  });
});
