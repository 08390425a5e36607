/**
 * Every example conforms to the profile it claims, and stops conforming when what the profile asks for is taken away.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html, https://hl7.org/fhir/R4/validation.html
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import { isError } from '../../src/outcome/finding.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import type { Validator } from '../../src/validation/validator.ts';
import { examples, type PatchOperation } from './compiled-package.ts';
import { patched } from './json-patch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TM = 'https://w3id.org/therapeutic-mentoring/fhir';
let validator: Validator;

beforeAll(() => {
  const definitions = loadDefinitions({
    cacheDir: join(root, '.cache'),
    packageDirs: [join(root, 'profiles/package')],
  });
  validator = createValidator({ definitions });
});

const errors = (resource: Resource) => validator.validate(resource).filter(isError);

describe('conforms', () => {
  test.each(
    examples.map((example) => [`${example.resourceType}/${example.id}`, example] as const),
  )('%s', (_, example) => {
    expect(errors(example)).toEqual([]);
  });
});

const coding = (system: string, code: string) => ({ coding: [{ system: `${TM}/CodeSystem/${system}`, code }] });
const remove = (path: string): PatchOperation => ({ op: 'remove', path });
const replace = (path: string, value: unknown): PatchOperation => ({ op: 'replace', path, value });
const add = (path: string, value: unknown): PatchOperation => ({ op: 'add', path, value });
const extension = (id: string, value: Record<string, unknown>) => ({
  url: `${TM}/StructureDefinition/${id}`,
  ...value,
});

describe('does not conform', () => {
  const rows: [why: string, example: string, patch: PatchOperation[]][] = [
    ['a referral without a program', 'example-referral', [remove('/category')]],
    [
      'a referral of a program we do not know',
      'example-referral',
      [replace('/category/0', coding('tm-program', 'oh-xx'))],
    ],
    ['a referral of two programs', 'example-referral', [add('/category/-', coding('tm-program', 'va-hr-csa'))]],
    [
      'a referral under the rules of another program',
      'example-referral-va-hr-csa',
      [replace('/category/0/coding/0/code', 'ct-dcf-tss')],
    ],
    [
      'a referral without our service code',
      'example-referral',
      [replace('/code/coding/0/system', 'http://snomed.info/sct')],
    ],
    ['a referral of a group', 'example-referral', [replace('/subject', { reference: 'Group/g1' })]],
    [
      'a treatment status that is not a code of ours',
      'example-referral',
      [replace('/extension/0/valueCode', 'waiting')],
    ],
    ['an approval without a body', 'example-referral-va-hr-csa', [remove('/extension/2/extension/0')]],
    ['a plan without assess-plan', 'example-treatment-plan', [remove('/category/0')]],
    [
      'a plan of no known type',
      'example-treatment-plan',
      [replace('/category/1', coding('tm-plan-type', 'wish-list'))],
    ],
    [
      'an IFSP of another type',
      'example-ifsp-va-hr-csa',
      [replace('/category/1', coding('tm-plan-type', 'treatment-plan'))],
    ],
    ['a need domain that does not exist', 'example-goal', [replace('/category/1', coding('tm-need-domain', 'money'))]],
    ['a session without our contact type', 'example-session', [remove('/type')]],
    ['a session without our service code', 'example-session', [remove('/serviceType')]],
    [
      'a session with an activity of another system',
      'example-session',
      [replace('/extension/0/valueCodeableConcept', { text: 'walk' })],
    ],
    [
      'a session with two modalities',
      'example-session',
      [add('/extension/-', extension('tm-modality', { valueCode: 'phone' }))],
    ],
    [
      'a session with an extension of another resource',
      'example-session',
      [add('/extension/-', extension('tm-strength', { valueString: 'guitar' }))],
    ],
    ['a session identifier without a system', 'example-session', [remove('/identifier/0/system')]],
    ['a finished session without an end', 'example-session', [remove('/period/end')]],
    ['a document without a LOINC type', 'example-note', [replace('/type', { text: 'Summary' })]],
    ['a document without content or address', 'example-note', [remove('/content/0/attachment/data')]],
    [
      'a progress note of another kind',
      'example-progress-note',
      [replace('/category/0', coding('tm-document-type', 'consent'))],
    ],
    ['a signature without a signer', 'example-note', [remove('/extension/1/extension/0')]],
    ['a role without a telecom', 'example-mentor-role', [remove('/telecom')]],
    [
      'a mentor role with another code only',
      'example-mentor-role',
      [replace('/code/0', coding('tm-staff-role', 'guardian'))],
    ],
    [
      'a credential of an unknown kind',
      'example-mentor-role',
      [replace('/extension/3/extension/0/valueCode', 'diploma')],
    ],
    ['a youth without a gender', 'example-youth', [remove('/gender')]],
    ['a youth without an identifier', 'example-youth', [remove('/identifier')]],
    ['a guardian of whom we do not know whether active', 'example-guardian', [remove('/active')]],
    ['a mentor with a wrong NPI', 'example-mentor', [replace('/identifier/0/value', '1679576721')]],
    ['an organization without a name', 'example-organization', [remove('/name')]],
    [
      'an organization of an unknown kind',
      'example-organization',
      [replace('/type/0', coding('tm-organization-kind', 'bank'))],
    ],
    ['a coverage with two payors', 'example-coverage', [add('/payor/-', { reference: 'Organization/other' })]],
    ['a coverage without a member id', 'example-coverage-va-hr-csa', [remove('/subscriberId')]],
    ['a team member without a role', 'example-care-team', [remove('/participant/0/role')]],
    ['an episode without a type', 'example-episode', [remove('/type')]],
    [
      'a task about something else',
      'example-referral-task',
      [replace('/focus', { reference: 'DocumentReference/d1' })],
    ],
    ['a task without our code', 'example-referral-task', [remove('/code/coding/0')]],
    ['an outcome that is a vital sign', 'example-outcome', [replace('/category/0/coding/0/code', 'vital-signs')]],
    ['an outcome dated to the month', 'example-outcome', [replace('/effectiveDateTime', '2025-03')]],
    ['a diagnosis of no category', 'example-diagnosis', [replace('/category/0/coding/0/code', 'symptom')]],
    [
      'supervision with a patient',
      'example-supervision',
      [replace('/participant/1/actor', { reference: 'Patient/p1' })],
    ],
    ['supervision of one alone', 'example-supervision', [remove('/participant/1')]],
    ['feedback to nobody', 'example-family-feedback', [remove('/recipient')]],
    ['a claim with half units', 'example-claim', [replace('/item/0/quantity/value', 7.5)]],
    ['a claim of an institution', 'example-claim', [replace('/type/coding/0/code', 'institutional')]],
  ];
  test.each(rows)('%s', (_why, id, patch) => {
    const example = examples.find((candidate) => candidate.id === id);
    if (!example) throw new Error(`There is no ${id}.`);
    expect(errors(patched(example, patch))).not.toEqual([]);
  });
});

describe('still conforms, since a rule and not the structure judges it', () => {
  const rows: [what: string, example: string, patch: PatchOperation[], ruleId: string][] = [
    ['a session without an activity', 'example-session', [remove('/extension/0')], 'CYS-008'],
    [
      'a session with an excluded activity',
      'example-session',
      [replace('/extension/0/valueCodeableConcept', coding('tm-excluded-activity', 'diagnosis'))],
      'CYS-048',
    ],
    [
      'a session of two mentors',
      'example-session',
      [
        add('/participant/1', {
          type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' }] }],
          individual: { reference: 'PractitionerRole/other' },
        }),
      ],
      'CYS-009',
    ],
    [
      'a referral with another hub service',
      'example-referral-masshealth-cbhi',
      [replace('/extension/0/extension/0/valueCodeableConcept', { text: 'Medication management' })],
      'MAH-018',
    ],
    ['a referral without a hub service', 'example-referral-masshealth-cbhi', [remove('/extension/0')], 'MAH-018'],
    [
      'an authorization of 20 hours',
      'example-referral-va-hr-csa',
      [replace('/quantityRatio/numerator/value', 20)],
      'HRC-021',
    ],
    ['an authorization without an end', 'example-referral-va-hr-csa', [remove('/occurrencePeriod/end')], 'HRC-005'],
    ['a mentor without a supervisor', 'example-mentor-role', [remove('/extension/0')], 'CYS-034'],
    ['a youth without a birth date', 'example-youth', [remove('/birthDate')], 'MAH-016'],
    ['a discharge without a reason', 'example-episode-ct-dcf-tss', [remove('/extension/0/extension/0')], 'CTD-025'],
  ];
  test.each(rows)('%s', (_what, id, patch, ruleId) => {
    const example = examples.find((candidate) => candidate.id === id);
    if (!example) throw new Error(`There is no ${id}.`);
    const found = errors(patched(example, patch));
    expect(found.map((finding) => finding.ruleId)).toContain(ruleId);
    expect(found.filter((finding) => !finding.ruleId || finding.ruleId.startsWith('STR-'))).toEqual([]);
  });
});
