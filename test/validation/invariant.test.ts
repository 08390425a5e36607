/**
 * https://hl7.org/fhir/R4/conformance-rules.html#constraints: the invariants of R4's datatypes and resources, those that
 * Medplum's validator does not run among them; and https://hl7.org/fhir/R4/narrative.html#xhtml.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { narrativeProblem } from '../../src/validation/narrative.ts';
import { findings, lines } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };
const encounter = (extra: object) => ({ resourceType: 'Encounter', status: 'planned', class: HOME, ...extra });
const observation = (extra: object) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...extra,
});
const UCUM = 'http://unitsofmeasure.org';

describe('datatypes', () => {
  const period = (start: string, end: string) => encounter({ period: { start, end } });
  const rows: [title: string, resource: object, expected: string[]][] = [
    ['per-1: end before start', period('2024-05-02', '2024-05-01'), ['error invariant Encounter.period per-1']],
    [
      'per-1: across zones',
      period('2024-05-01T10:00:00-05:00', '2024-05-01T14:00:00Z'),
      ['error invariant Encounter.period per-1'],
    ],
    ['per-1: the same moment', period('2024-05-01T10:00:00-05:00', '2024-05-01T15:00:00Z'), []],
    ['per-1: a month and a day in it', period('2024-05', '2024-05-01'), []],
    ['per-1: a time on the day that is the end', period('2024-05-01T10:00:00Z', '2024-05-01'), []],
    [
      'per-1: a day that begins before that moment somewhere on Earth',
      period('2024-05-02', '2024-05-01T11:00:00Z'),
      [],
    ],
    [
      'per-1: a day that does not',
      period('2024-05-02', '2024-05-01T09:00:00Z'),
      ['error invariant Encounter.period per-1'],
    ],
    ['per-1: a year before', period('2024', '2023'), ['error invariant Encounter.period per-1']],
    [
      'qty-3: a unit code without a system',
      observation({ valueQuantity: { value: 1, code: 'h' } }),
      ['error invariant Observation.value qty-3'],
    ],
    ['qty-3: both', observation({ valueQuantity: { value: 1, code: 'h', system: UCUM } }), []],
    [
      'sqty-1: a comparator in a SimpleQuantity',
      observation({ referenceRange: [{ low: { value: 1, comparator: '<' } }] }),
      [
        'error invariant Observation.referenceRange[0].low sqty-1',
        'error structure Observation.referenceRange[0].low.comparator',
      ],
    ],
    [
      'rng-2: a range upside down',
      observation({ valueRange: { low: { value: 3 }, high: { value: 1 } } }),
      ['error invariant Observation.value rng-2'],
    ],
    ['rng-2: a range', observation({ valueRange: { low: { value: 1 }, high: { value: 3 } } }), []],
    [
      'rat-1: half a ratio',
      observation({ valueRatio: { numerator: { value: 1 } } }),
      ['error invariant Observation.value rat-1'],
    ],
    [
      'att-1: data of unknown type',
      { resourceType: 'Patient', photo: [{ data: 'SGk=' }] },
      ['error invariant Patient.photo[0] att-1'],
    ],
    [
      'cpt-2: a number of unknown kind',
      { resourceType: 'Patient', telecom: [{ value: '555' }] },
      ['error invariant Patient.telecom[0] cpt-2'],
    ],
    [
      'tim-1 and tim-2',
      {
        resourceType: 'ServiceRequest',
        status: 'active',
        intent: 'order',
        subject: { reference: 'Patient/1' },
        occurrenceTiming: { repeat: { frequency: 1, period: 1, duration: 2 } },
      },
      [
        'error invariant ServiceRequest.occurrence.repeat tim-1',
        'error invariant ServiceRequest.occurrence.repeat tim-2',
      ],
    ],
    [
      'tim-4: a negative duration',
      {
        resourceType: 'ServiceRequest',
        status: 'active',
        intent: 'order',
        subject: { reference: 'Patient/1' },
        occurrenceTiming: { repeat: { duration: -1, durationUnit: 'h' } },
      },
      ['error invariant ServiceRequest.occurrence.repeat tim-4'],
    ],
    [
      'drt-1: a duration in no unit',
      encounter({ length: { code: 'h' } }),
      ['error invariant Encounter.length drt-1', 'error invariant Encounter.length qty-3'],
    ],
  ];
  for (const [title, resource, expected] of rows) {
    test(title, () => assert.deepEqual(lines(resource).sort(), expected));
  }
});

describe('resources', () => {
  const rows: [title: string, resource: object, expected: string[]][] = [
    [
      'obs-6',
      observation({ valueString: 'a', dataAbsentReason: { text: 'x' } }),
      ['error invariant Observation obs-6'],
    ],
    [
      'obs-7',
      observation({
        code: { coding: [{ system: 'urn:x', code: 'a' }] },
        valueString: 'a',
        component: [{ code: { coding: [{ system: 'urn:x', code: 'a' }] }, valueString: 'b' }],
      }),
      ['error invariant Observation obs-7'],
    ],
    [
      'pat-1',
      { resourceType: 'Patient', contact: [{ gender: 'female' }] },
      ['error invariant Patient.contact[0] pat-1'],
    ],
    ['org-1', { resourceType: 'Organization', active: true }, ['error invariant Organization org-1']],
    [
      'org-2 and org-3',
      {
        resourceType: 'Organization',
        name: 'A',
        address: [{ use: 'home' }],
        telecom: [{ system: 'phone', value: '1', use: 'home' }],
      },
      ['error invariant Organization.address[0] org-2', 'error invariant Organization.telecom[0] org-3'],
    ],
    [
      'cpl-3',
      {
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject: { reference: 'Patient/1' },
        activity: [{ reference: { reference: 'Task/1' }, detail: { status: 'scheduled' } }],
      },
      ['error invariant CarePlan.activity[0] cpl-3'],
    ],
    [
      'con-5',
      {
        resourceType: 'Condition',
        subject: { reference: 'Patient/1' },
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        verificationStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' }],
        },
      },
      ['error invariant Condition con-5'],
    ],
    [
      'app-3',
      {
        resourceType: 'Appointment',
        status: 'booked',
        participant: [{ status: 'accepted', actor: { reference: 'Patient/1' } }],
      },
      ['error invariant Appointment app-3'],
    ],
    [
      'prr-1',
      {
        resourceType: 'ServiceRequest',
        status: 'active',
        intent: 'order',
        subject: { reference: 'Patient/1' },
        orderDetail: [{ text: 'x' }],
      },
      ['error invariant ServiceRequest prr-1'],
    ],
    [
      'ctm-1 with a contained Organization',
      {
        resourceType: 'CareTeam',
        contained: [{ resourceType: 'Organization', id: 'o', name: 'A' }],
        participant: [{ member: { reference: '#o' }, onBehalfOf: { reference: 'Organization/2' } }],
      },
      ['error invariant CareTeam.participant[0] ctm-1'],
    ],
    [
      'ctm-1 with a contained Practitioner',
      {
        resourceType: 'CareTeam',
        contained: [{ resourceType: 'Practitioner', id: 'o' }],
        participant: [{ member: { reference: '#o' }, onBehalfOf: { reference: 'Organization/2' } }],
      },
      [],
    ],
    [
      'que-7 with an answer that is no boolean',
      {
        resourceType: 'Questionnaire',
        status: 'active',
        item: [{ linkId: '1', type: 'string', enableWhen: [{ question: '2', operator: 'exists', answerString: 'x' }] }],
      },
      ['error invariant Questionnaire.item[0].enableWhen[0] que-7'],
    ],
    [
      'que-7 with a boolean',
      {
        resourceType: 'Questionnaire',
        status: 'active',
        item: [
          { linkId: '1', type: 'string', enableWhen: [{ question: '2', operator: 'exists', answerBoolean: true }] },
        ],
      },
      [],
    ],
    ['no narrative is no fault', { resourceType: 'Patient' }, []],
    [
      'a -0 warning of R4 on an absent name is none',
      { resourceType: 'Library', status: 'draft', type: { text: 'x' } },
      [],
    ],
  ];
  for (const [title, resource, expected] of rows) {
    test(title, () => assert.deepEqual(lines(resource), expected));
  }
  test("the sentence is the constraint's own", () =>
    assert.equal(
      findings({ resourceType: 'Organization' })[0]?.message,
      'The organization SHALL at least have a name or an identifier, and possibly more than one',
    ));
});

describe('narrative', () => {
  const div = (content: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;
  const good = [
    div('<p>Text &amp; more &#160;&nbsp;</p>'),
    div('<table border="1"><tbody><tr><td colspan="2">a<br/></td></tr></tbody></table>'),
    div('<img src="#a" alt="x"/>'),
    div('<!-- note --><b>x</b>'),
    `  ${div("<a href='https://a.example/?b=1&amp;c=2' title='a > b'>x</a>")}\n`,
  ];
  for (const text of good) test(`accepts ${text}`, () => assert.equal(narrativeProblem(text), undefined));

  const bad: [text: string, constraint: string | undefined][] = [
    ['text', undefined],
    ['<div>no namespace</div>', undefined],
    ['<p xmlns="http://www.w3.org/1999/xhtml">x</p>', undefined],
    [div('<p>not closed'), undefined],
    [div('<b><i>crossed</b></i>'), undefined],
    [div('a < b'), undefined],
    [div('a & b'), undefined],
    [div('<p class=x>a</p>'), undefined],
    [`${div('a')}<div>b</div>`, undefined],
    [`${div('a')}b`, undefined],
    [div('  \n '), 'txt-2'],
    [div('&nbsp;&#160;'), 'txt-2'],
    [div('<script>alert(1)</script>'), 'txt-1'],
    [div('<p onclick="x()">a</p>'), 'txt-1'],
    [div('<a href=" javascript:x()">a</a>'), 'txt-1'],
    [div('<iframe src="https://a.example"/>'), 'txt-1'],
    [div('<form><input name="a"/></form>'), 'txt-1'],
    [`<!DOCTYPE html>${div('a')}`, 'txt-1'],
    [`<?xml version="1.0"?>${div('a')}`, 'txt-1'],
  ];
  for (const [text, constraint] of bad) {
    test(`refuses ${text}`, () => {
      const problem = narrativeProblem(text);
      assert.ok(problem);
      assert.equal(problem.constraint, constraint);
    });
  }
  test('in a resource', () => {
    const patient = (text: object) => ({ resourceType: 'Patient', text });
    assert.deepEqual(lines(patient({ status: 'generated', div: div('a') })), []);
    assert.deepEqual(lines(patient({ status: 'generated', div: div('<script/>') })), [
      'error invariant Patient.text.div txt-1',
    ]);
    assert.deepEqual(lines(patient({ status: 'generated', div: 5 })), ['error structure Patient.text.div']);
    assert.deepEqual(lines(patient({ status: 'generated' })), ['error required Patient.text.div']);
  });
});
