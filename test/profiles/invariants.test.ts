/**
 * Every rule of the catalogue with a key is an invariant of the compiled package that holds on its example and fails
 * on the patched one.
 *
 * Spec: https://hl7.org/fhir/R4/conformance-rules.html#constraints, https://hl7.org/fhirpath/N1/
 */
import type { ElementDefinition, ElementDefinitionConstraint, Resource } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, test } from 'vitest';
import { catalogue, catalogueExamples, resourceProfiles, snapshot } from './compiled-package.ts';
import { patched } from './json-patch.ts';

const withKey = [...catalogue.rules, ...catalogue.structural].filter((rule) => rule.check.key);

interface Found {
  element: ElementDefinition;
  constraint: ElementDefinitionConstraint;
}

function find(profile: string, key: string): Found | undefined {
  for (const element of snapshot(profile)) {
    const constraint = element.constraint?.find((c) => c.key === key);
    if (constraint) return { element, constraint };
  }
  return undefined;
}

/** True when the invariant holds; empty counts as failed, as for a validator. */
function holds({ element, constraint }: Found, resource: Resource): boolean {
  const [, ...steps] = (element.path ?? '').split('.');
  const expression = constraint.expression ?? '';
  const text = steps.length === 0 ? expression : `${steps.join('.')}.all(${expression})`;
  const result = fhirpath.evaluate(resource, text, {}, r4) as unknown[];
  return result.length === 1 && result[0] === true;
}

function example(name: string): Resource {
  const resource = catalogueExamples[name];
  if (!resource) throw new Error(`catalogue-examples.json has no ${name}.`);
  return resource;
}

test('the catalogue has the 69 rules and the 15 structural ones that are invariants', () => {
  expect(catalogue.rules).toHaveLength(171);
  expect(catalogue.rules.filter((rule) => rule.check.key)).toHaveLength(69);
  expect(catalogue.structural.filter((rule) => rule.check.key)).toHaveLength(15);
  expect(new Set(withKey.map((rule) => rule.check.key)).size).toBe(84);
});

describe.each(withKey.map((rule) => [rule.id, rule.check.key ?? '', rule] as const))('%s is %s', (id, key, rule) => {
  const found = find(rule.check.profile ?? '', key);
  const { base, failPatch } = rule.check.test ?? { base: '', failPatch: [] };

  test('stands in the profile with its severity and rule id', () => {
    expect(found?.constraint.severity).toBe(rule.severity);
    expect(found?.constraint.human).toBe(rule.statement);
    expect(found?.constraint.requirements).toBe(`${id}: ${rule.statement}`);
  });

  test('holds on its example', () => {
    expect(found && holds(found, example(base))).toBe(true);
  });

  test('fails on the patched example', () => {
    expect(failPatch.length).toBeGreaterThan(0);
    expect(found && holds(found, patched(example(base), failPatch))).toBe(false);
  });
});

test('no invariant of ours is missing from the catalogue', () => {
  const keys = new Set(withKey.map((rule) => rule.check.key));
  const ours = resourceProfiles.flatMap((profile) =>
    snapshot(profile.id ?? '').flatMap((element) => element.constraint ?? []),
  );
  const unknown = ours.filter((c) => c.key?.startsWith('tm-') && !keys.has(c.key)).map((c) => c.key);
  expect(unknown).toEqual([]);
});

describe('rules about delivered sessions', () => {
  const delivered = [
    'tm-enc-1',
    'tm-enc-2',
    'tm-enc-8',
    'tm-enc-9',
    'tm-enc-10',
    'tm-enc-11',
    'tm-enc-12',
    'tm-enc-20',
    'tm-mah-enc-1',
    'tm-ctd-enc-1',
  ];
  const profileOf = (key: string) => withKey.find((rule) => rule.check.key === key)?.check.profile ?? '';
  const failing = (key: string) => {
    const rule = withKey.find((r) => r.check.key === key);
    return patched(example('enc'), rule?.check.test?.failPatch ?? []);
  };

  for (const status of ['planned', 'cancelled', 'entered-in-error']) {
    test.each(delivered)(`%s does not judge a session that is ${status}`, (key) => {
      const found = find(profileOf(key), key);
      expect(found && holds(found, failing(key))).toBe(false);
      expect(found && holds(found, { ...failing(key), status } as Resource)).toBe(true);
    });
  }

  test.each(['tm-enc-1', 'tm-enc-2', 'tm-enc-8', 'tm-enc-9'])('%s does not judge a team meeting', (key) => {
    const found = find('tm-session', key);
    const meeting = patched(failing(key), [{ op: 'replace', path: '/type/0/coding/0/code', value: 'team-meeting' }]);
    expect(found && holds(found, meeting)).toBe(true);
  });
});

describe('a session is based on a referral and belongs to an episode', () => {
  const found = find('tm-session', 'tm-enc-21');
  const without = patched(example('enc'), [
    { op: 'remove', path: '/basedOn' },
    { op: 'remove', path: '/episodeOfCare' },
  ]);
  const ofType = (code: string) => patched(without, [{ op: 'replace', path: '/type/0/coding/0/code', value: code }]);

  test('which a session must', () => expect(found && holds(found, without)).toBe(false));
  test.each(['intake', 'collateral-contact', 'family-contact', 'team-meeting'])('which a %s need not', (code) => {
    expect(found && holds(found, ofType(code))).toBe(true);
  });
});

describe('the length of a finished session', () => {
  const found = find('tm-session', 'tm-enc-20');
  const until = (end: string) => patched(example('enc'), [{ op: 'replace', path: '/period/end', value: end }]);

  test.each(['2025-06-03T15:31:00-04:00', '2025-06-04T03:30:00-04:00'])('may end at %s', (end) => {
    expect(found && holds(found, until(end))).toBe(true);
  });
  test.each([
    '2025-06-03T15:30:00-04:00',
    '2025-06-03T15:29:00-04:00',
    '2025-06-04T03:31:00-04:00',
  ])('may not end at %s', (end) => {
    expect(found && holds(found, until(end))).toBe(false);
  });
});

describe('rules about requests', () => {
  const found = find('tm-referral-va-hr-csa', 'tm-hrc-sr-5');
  const tooMany = patched(example('sr-hrc'), [{ op: 'replace', path: '/quantityRatio/numerator/value', value: 20 }]);
  const withStatus = (status: string) => ({ ...tooMany, status }) as Resource;

  test.each(['draft', 'active', 'on-hold', 'completed'])('judge a request that is %s', (status) => {
    expect(found && holds(found, withStatus(status))).toBe(false);
  });
  test.each(['revoked', 'entered-in-error'])('do not judge a request that is %s', (status) => {
    expect(found && holds(found, withStatus(status))).toBe(true);
  });
});

describe('rules about the mentoring plan', () => {
  const found = find('tm-treatment-plan', 'tm-cp-2');
  const unscheduled = (code: string) =>
    patched(example('cp-base'), [
      { op: 'remove', path: '/activity' },
      { op: 'replace', path: '/category/0/coding/0/code', value: code },
    ]);

  test.each(['treatment-plan', 'wellness-recovery-plan', 'provider-plan'])('judge a %s', (code) => {
    expect(found && holds(found, unscheduled(code))).toBe(false);
  });
  test.each([
    'behavioral-treatment-plan',
    'individual-care-plan',
    'ifsp',
    'individualized-service-plan',
  ])('do not judge a %s, which others write', (code) => {
    expect(found && holds(found, unscheduled(code))).toBe(true);
  });
});

describe('the check digit of an NPI', () => {
  const found = find('tm-mentor', 'tm-npi-1');
  const withIdentifier = (system: string, value: string) =>
    patched(example('practitioner'), [{ op: 'replace', path: '/identifier/0', value: { system, value } }]);
  const npi = 'http://hl7.org/fhir/sid/us-npi';

  test.each(['1234567893', '1679576722'])('is right in %s', (value) => {
    expect(found && holds(found, withIdentifier(npi, value))).toBe(true);
  });
  test.each(['1234567890', '123456789', '12345678933', '123456789X'])('is wrong in %s', (value) => {
    expect(found && holds(found, withIdentifier(npi, value))).toBe(false);
  });
  test('is not asked of other identifiers', () => {
    expect(found && holds(found, withIdentifier('http://example.org/staff', 'M-7'))).toBe(true);
  });
});
