/**
 * Our profiles restate what US Core 6.1.0 and 9.0.0 both demand, so that a resource that conforms to ours conforms to
 * them. A row is one demand of either version; the stricter one counts.
 *
 * Spec: https://hl7.org/fhir/us/core/STU6.1/profiles-and-extensions.html, https://hl7.org/fhir/us/core/
 */
import { describe, expect, test } from 'vitest';
import { examples, resourceProfiles, snapshot } from './compiled-package.ts';

const minimums: [profile: string, elements: string[]][] = [
  [
    'tm-youth',
    [
      'identifier',
      'identifier.system',
      'identifier.value',
      'name',
      'gender',
      'telecom.system',
      'telecom.value',
      'communication.language',
    ],
  ],
  ['tm-guardian', ['active', 'patient']],
  ['tm-mentor', ['identifier', 'identifier.system', 'identifier.value', 'name', 'name.family']],
  ['tm-team-role', ['telecom', 'telecom.system', 'telecom.value']],
  ['tm-organization', ['active', 'name']],
  ['tm-coverage', ['status', 'beneficiary', 'relationship', 'payor']],
  ['tm-diagnosis', ['category', 'code', 'subject']],
  ['tm-care-team', ['subject', 'participant', 'participant.role', 'participant.member']],
  ['tm-treatment-plan', ['status', 'intent', 'category', 'subject']],
  ['tm-goal', ['lifecycleStatus', 'description', 'subject']],
  ['tm-session', ['identifier.system', 'identifier.value', 'status', 'class', 'type', 'subject', 'location.location']],
  ['tm-note', ['status', 'type', 'category', 'subject', 'content', 'content.attachment']],
  ['tm-referral', ['status', 'intent', 'code', 'subject']],
  ['tm-outcome', ['status', 'category', 'code', 'subject']],
];

describe.each(minimums)('%s asks for', (profile, elements) => {
  test.each(elements)('%s', (path) => {
    const [root, ...rest] = snapshot(profile);
    const element = rest.find((e) => e.id === `${root?.path}.${path}`);
    expect(element?.min).toBeGreaterThanOrEqual(1);
  });
});

const maximums: [profile: string, element: string][] = [
  ['tm-mentor', 'Practitioner.name.family'],
  ['tm-coverage', 'Coverage.payor'],
  ['tm-care-team', 'CareTeam.participant.role'],
  ['tm-note', 'DocumentReference.context.encounter'],
];

test.each(maximums)('%s allows one %s', (profile, id) => {
  expect(snapshot(profile).find((element) => element.id === id)?.max).toBe('1');
});

const invariants: [profile: string, key: string, usCore: string][] = [
  ['tm-youth', 'tm-pat-2', 'us-core-6'],
  ['tm-mentor', 'tm-npi-1', 'us-core-16 and us-core-17'],
  ['tm-organization', 'tm-npi-1', 'us-core-16 and us-core-17'],
  ['tm-team-role', 'tm-role-20', 'us-core-13'],
  ['tm-guardian', 'tm-rel-1', 'us-core-14'],
  ['tm-coverage', 'tm-cov-1', 'us-core-15'],
  ['tm-note', 'tm-doc-2', 'us-core-6'],
  ['tm-outcome', 'tm-obs-2', 'us-core-2'],
  ['tm-outcome', 'tm-obs-3', 'us-core-1'],
];

test.each(invariants)('%s has %s for %s', (profile, key) => {
  const keys = snapshot(profile)
    .flatMap((element) => element.constraint ?? [])
    .filter((c) => c.severity === 'error');
  expect(keys.map((c) => c.key)).toContain(key);
});

test('a plan always carries the category assess-plan, as 6.1.0 asks', () => {
  const slice = snapshot('tm-treatment-plan').find((element) => element.id === 'CarePlan.category:assessPlan');
  expect(slice).toMatchObject({
    min: 1,
    patternCodeableConcept: {
      coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category', code: 'assess-plan' }],
    },
  });
});

describe('every profile has an example', () => {
  test.each(
    resourceProfiles.map((profile) => [profile.id, profile.url ?? '', profile.type]),
  )('%s', (_id, url, type) => {
    const found = examples.filter((example) => example.meta?.profile?.includes(url));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((example) => example.resourceType === type)).toBe(true);
  });
});

test('the examples reference each other, and nothing that is not there', () => {
  const known = new Set(examples.map((example) => `${example.resourceType}/${example.id}`));
  const references = [...JSON.stringify(examples).matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(100);
  expect(references.filter((reference) => !known.has(reference))).toEqual([]);
});
