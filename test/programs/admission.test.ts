/**
 * The gate in front of the store: which profiles are in force, what refuses, what is stored with a finding.
 * Rule ids are those of profiles/programs/catalogue.json.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, test } from 'vitest';
import { codeSystemUrl, profileUrl } from '../../src/conformance/canonical.ts';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import { createAdmission } from '../../src/programs/admission.ts';
import { loadRulePacks } from '../../src/programs/rule-pack.ts';
import { sandboxData } from '../../src/programs/sandbox-data.ts';
import type { Admission, AdmissionContext, Admitted } from '../../src/validation/admission.ts';
import { createValidator } from '../../src/validation/create-validator.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let admission: Admission;

beforeAll(() => {
  const definitions = loadDefinitions({
    cacheDir: join(root, '.cache'),
    packageDirs: [join(root, 'profiles/package')],
  });
  const packs = loadRulePacks(join(root, 'profiles/programs'));
  admission = createAdmission({ validator: createValidator({ definitions }), packs, dataPolicy: sandboxData });
});

/** A conformant example of the guide, as a fresh copy. */
const example = <T = Record<string, unknown>>(file: string): T =>
  JSON.parse(readFileSync(join(root, 'profiles/package/example', `${file}.json`), 'utf8')) as T;

const admit = (resource: unknown, more: Partial<AdmissionContext> = {}): Promise<Admitted> =>
  admission.admit(resource as Resource, { nature: 'auto', lookup: async () => undefined, ...more });

const ruleIds = ({ findings }: Admitted, severity: string): (string | undefined)[] =>
  findings.filter((finding) => finding.severity === severity).map((finding) => finding.ruleId);

interface Extended {
  extension: { url: string; [value: string]: unknown }[];
}
const without = <T extends Extended>(resource: T, extension: string): T => ({
  ...resource,
  extension: resource.extension.filter((one) => one.url !== profileUrl(extension)),
});

describe('profiles in force', () => {
  test('the server stamps base and program profile and drops a false claim of ours', async () => {
    const claim = {
      ...example('Encounter-example-session'),
      meta: { profile: [profileUrl('tm-session-masshealth-cbhi')], tag: tag('ct-dcf-tss') },
    };
    const { resource } = await admit(claim);
    assert.deepEqual(
      resource.meta?.profile?.filter((url) => url.includes('tm-session')),
      [profileUrl('tm-session'), profileUrl('tm-session-ct-dcf-tss')],
    );
  });

  test('a session without a tag takes the program of its referral', async () => {
    const { meta: _none, ...session } = example('Encounter-example-session');
    const referral = { resourceType: 'ServiceRequest', meta: { tag: tag('masshealth-cbhi') } } as unknown as Resource;
    const { resource } = await admit(session, { lookup: async () => referral });
    assert.ok(resource.meta?.profile?.includes(profileUrl('tm-session-masshealth-cbhi')));
  });

  test('a claim that the resource does not meet is refused', async () => {
    const session = { ...example('Encounter-example-session'), meta: { profile: [profileUrl('tm-claim')] } };
    assert.equal((await admit(session)).refused, true);
  });

  test('everything stored is labelled as test data', async () => {
    const { resource } = await admit(example('Patient-example-youth'));
    assert.ok(resource.meta?.security?.some((label) => label.code === 'HTEST'));
  });
});

describe('structure is always refused', () => {
  test('a finished session without an end (STR-001)', async () => {
    const session = example<Extended & { period: { start: string; end?: string } }>('Encounter-example-session');
    delete session.period.end;
    const admitted = await admit(session, { nature: 'fact' });
    assert.equal(admitted.refused, true);
    assert.ok(ruleIds(admitted, 'error').includes('STR-001'));
  });

  const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
  const harmless = { system: 'https://payer.example/member', value: '1' };
  const ssn = { system: 'http://hl7.org/fhir/sid/us-ssn', value: '000-00-0000' };
  const places: [where: string, file: string, change: object][] = [
    ['Patient.identifier[0]', 'Patient-example-youth', { identifier: [ssn] }],
    [
      'Patient.identifier[1]',
      'Patient-example-youth',
      { identifier: [harmless, { ...ssn, system: 'HTTPS://HL7.org/fhir/sid/us-ssn/' }] },
    ],
    [
      'Patient.identifier[0]',
      'Patient-example-youth',
      { identifier: [{ ...harmless, type: { coding: [{ system: V2_0203, code: 'SS' }] } }] },
    ],
    [
      'Encounter.subject.identifier',
      'Encounter-example-session',
      { subject: { reference: 'Patient/1', identifier: ssn } },
    ],
    [
      'Encounter.contained[0].identifier[0]',
      'Encounter-example-session',
      {
        contained: [
          { resourceType: 'Patient', id: 'p', identifier: [{ ...ssn, system: 'http://hl7.org/fhir/sid/us-mbi' }] },
        ],
      },
    ],
  ];
  for (const [where, file, change] of places) {
    test(`a number of a real person at ${where}`, async () => {
      const admitted = await admit({ ...example<object>(file), ...change });
      assert.equal(admitted.refused, true);
      const finding = admitted.findings.find(({ message }) => message.includes('refuses real data'));
      assert.equal(finding?.expression, where);
    });
  }
});

describe('policy: a request is refused, a fact is stored with its finding', () => {
  const twentyHours = () => {
    const referral = example<Extended & { quantityRatio: { numerator: { value: number } }; identifier?: unknown[] }>(
      'ServiceRequest-example-referral-va-hr-csa',
    );
    referral.quantityRatio.numerator.value = 20;
    return referral;
  };

  test('a new request for 20 hours a month in Virginia (HRC-021)', async () => {
    const { identifier: _number, ...undecided } = without(twentyHours(), 'tm-approval');
    const admitted = await admit(undecided);
    assert.equal(admitted.refused, true);
    assert.ok(ruleIds(admitted, 'error').includes('HRC-021'));
  });

  test('the same, decided by FAPT, is stored and told', async () => {
    const admitted = await admit(twentyHours());
    assert.equal(admitted.refused, false);
    assert.ok(ruleIds(admitted, 'warning').includes('HRC-021'));
  });

  test('a session without an activity is stored; asked as a request it is refused (CYS-008)', async () => {
    const session = {
      ...without(example<Extended>('Encounter-example-session'), 'tm-activity'),
      meta: { tag: tag('state-cys') },
    };
    const stored = await admit(session);
    assert.equal(stored.refused, false);
    assert.ok(ruleIds(stored, 'warning').includes('CYS-008'));
    const asked = await admit(session, { nature: 'request' });
    assert.equal(asked.refused, true);
  });

  test('a rule that the program does not hold is not told (CYS-012 is not MassHealth’s)', async () => {
    const goal = {
      ...example<{ category: { coding: { system: string }[] }[] }>('Goal-example-goal'),
      meta: { tag: tag('masshealth-cbhi') },
    };
    goal.category = goal.category.filter((one) => one.coding[0]?.system !== codeSystemUrl('tm-need-domain'));
    const admitted = await admit(goal);
    assert.ok(!admitted.findings.some((finding) => finding.ruleId === 'CYS-012'));
    const elsewhere = await admit({ ...goal, meta: { tag: tag('state-cys') } });
    assert.ok(elsewhere.findings.some((finding) => finding.ruleId === 'CYS-012'));
  });

  test('without a program a rule can only warn (MAH-016)', async () => {
    const youth = { ...example('Patient-example-youth'), birthDate: '2012' };
    const admitted = await admit(youth);
    assert.equal(admitted.refused, false);
    assert.ok(ruleIds(admitted, 'warning').includes('MAH-016'));
  });
});

function tag(program: string) {
  return [{ system: codeSystemUrl('tm-program'), code: program }];
}
