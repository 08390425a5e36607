/**
 * https://hl7.org/fhir/R4/resourcelist.html: rich resources that are good, whole; and one wrong detail in each, which must
 * be the only finding. All names and numbers are invented.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { lines } from './support.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Summary</p></div>' };

const patient = {
  resourceType: 'Patient',
  id: 'youth-1',
  meta: { versionId: '3', lastUpdated: '2024-05-01T10:00:00.000Z', tag: [{ system: 'urn:tags', code: 'a' }] },
  text,
  identifier: [
    {
      use: 'usual',
      type: { coding: [{ system: `${HL7}/v2-0203`, code: 'MR' }] },
      system: 'urn:oid:2.16.840.1.113883.19.5',
      value: '0001',
      period: { start: '2020' },
      assigner: { display: 'Agency' },
    },
  ],
  active: true,
  name: [
    {
      use: 'official',
      family: 'Roe',
      given: ['Sam', 'Lee'],
      _given: [null, { extension: [{ url: 'http://other.example/x', valueBoolean: true }] }],
    },
  ],
  telecom: [{ system: 'phone', value: '555-0100', use: 'mobile', rank: 1 }],
  gender: 'other',
  birthDate: '2010-02-28',
  _birthDate: {
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2010-02-28T04:30:00-05:00' },
    ],
  },
  deceasedBoolean: false,
  address: [{ use: 'home', line: ['1 Main St'], city: 'Springfield', state: 'VA', postalCode: '00000' }],
  maritalStatus: { coding: [{ system: `${HL7}/v3-MaritalStatus`, code: 'S' }] },
  multipleBirthInteger: 2,
  contact: [{ relationship: [{ coding: [{ system: `${HL7}/v2-0131`, code: 'N' }] }], name: { text: 'Kim Roe' } }],
  communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'es-MX' }] }, preferred: true }],
  managingOrganization: { reference: 'Organization/agency' },
};

const encounter = {
  resourceType: 'Encounter',
  id: 'session-1',
  contained: [{ resourceType: 'Location', id: 'place', name: 'Library' }],
  status: 'finished',
  statusHistory: [{ status: 'planned', period: { start: '2024-04-01', end: '2024-05-01' } }],
  class: { system: `${HL7}/v3-ActCode`, code: 'FLD', display: 'field' },
  type: [{ coding: [{ system: 'urn:types', code: 'session' }] }],
  serviceType: { coding: [{ system: 'http://snomed.info/sct', code: '385724002' }], text: 'mentoring' },
  subject: { reference: 'Patient/youth-1', type: 'Patient', display: 'Sam Roe' },
  episodeOfCare: [{ reference: 'EpisodeOfCare/1' }],
  basedOn: [{ reference: 'ServiceRequest/1' }],
  participant: [
    {
      type: [{ coding: [{ system: `${HL7}/v3-ParticipationType`, code: 'PPRF' }] }],
      period: { start: '2024-05-01T14:00:00Z' },
      individual: { reference: 'PractitionerRole/mentor' },
    },
    { individual: { type: 'RelatedPerson', identifier: { system: 'urn:rel', value: '7' } } },
  ],
  period: { start: '2024-05-01T14:00:00-05:00', end: '2024-05-01T15:30:00-05:00' },
  length: { value: 90, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
  reasonReference: [{ reference: 'Condition/1' }],
  location: [{ location: { reference: '#place' }, status: 'completed' }],
  serviceProvider: { reference: 'Organization/agency' },
};

const serviceRequest = {
  resourceType: 'ServiceRequest',
  id: 'referral-1',
  status: 'active',
  intent: 'order',
  category: [{ text: 'community support' }],
  priority: 'routine',
  code: { coding: [{ system: 'urn:hcpcs', code: 'H0038' }] },
  quantityRatio: {
    numerator: { value: 12, system: 'http://unitsofmeasure.org', code: 'h' },
    denominator: { value: 1, system: 'http://unitsofmeasure.org', code: 'mo' },
  },
  subject: { reference: 'Patient/youth-1' },
  occurrencePeriod: { start: '2024-05-01', end: '2024-10-31' },
  authoredOn: '2024-04-20T09:00:00Z',
  requester: { reference: 'https://ehr.example/fhir/Practitioner/9' },
  reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F90.2' }] }],
  insurance: [{ reference: 'Coverage/1' }],
  supportingInfo: [{ reference: 'Goal/1' }],
  note: [{ authorString: 'Intake', time: '2024-04-20T09:00:00Z', text: 'Prefers *afternoons*.' }],
};

const carePlan = {
  resourceType: 'CarePlan',
  id: 'plan-1',
  status: 'active',
  intent: 'plan',
  title: 'Mentoring plan',
  subject: { reference: 'Patient/youth-1' },
  period: { start: '2024-05', end: '2024-05-31' },
  created: '2024-05-01',
  author: { reference: 'PractitionerRole/mentor' },
  addresses: [{ reference: 'Condition/1' }],
  goal: [{ reference: 'Goal/1' }],
  activity: [
    {
      detail: {
        kind: 'ServiceRequest',
        status: 'scheduled',
        doNotPerform: false,
        scheduledTiming: {
          repeat: {
            boundsPeriod: { start: '2024-05-01' },
            frequency: 2,
            period: 1,
            periodUnit: 'wk',
            dayOfWeek: ['tue', 'thu'],
            timeOfDay: ['15:30:00'],
          },
        },
        description: 'Meet at the library',
      },
    },
  ],
};

const transaction = {
  resourceType: 'Bundle',
  id: 'b-1',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0195cafe-0000-4000-8000-000000000001',
      resource: { ...patient, id: undefined },
      request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=urn:mrn|0001' },
    },
    {
      fullUrl: 'urn:uuid:0195cafe-0000-4000-8000-000000000002',
      resource: {
        ...encounter,
        id: undefined,
        subject: { reference: 'urn:uuid:0195cafe-0000-4000-8000-000000000001' },
      },
      request: { method: 'POST', url: 'Encounter' },
    },
    { request: { method: 'DELETE', url: 'Goal/1' } },
  ],
};

const others = [
  {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    achievementStatus: { coding: [{ system: `${HL7}/goal-achievement`, code: 'improving' }] },
    description: { text: 'Makes two friends' },
    subject: { reference: 'Patient/1' },
    startDate: '2024-05-01',
    target: [{ measure: { text: 'friends' }, detailInteger: 2, dueDate: '2024-10-01' }],
  },
  {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: `${HL7}/observation-category`, code: 'survey' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '44261-6' }] },
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2024-05-01',
    valueInteger: 4,
    component: [{ code: { text: 'sleep' }, valueQuantity: { value: 7.5, unit: 'h' } }],
  },
  {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { text: 'note' },
    subject: { reference: 'Patient/1' },
    date: '2024-05-01T16:00:00Z',
    content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: 'SGVsbG8=', title: 'Note' } }],
    context: { encounter: [{ reference: 'Encounter/1' }] },
  },
  {
    resourceType: 'Coverage',
    status: 'active',
    beneficiary: { reference: 'Patient/1' },
    payor: [{ reference: 'Organization/2' }],
    subscriberId: 'x1',
  },
  {
    resourceType: 'Task',
    status: 'requested',
    intent: 'order',
    focus: { reference: 'ServiceRequest/1' },
    authoredOn: '2024-05-01T10:00:00Z',
    lastModified: '2024-05-01T10:00:00Z',
    input: [{ type: { text: 'a' }, valueReference: { reference: 'Goal/1' } }],
  },
  {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: `${HL7}/consentscope`, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: 'Patient/1' },
    policy: [{ uri: 'https://agency.example/consent' }],
    provision: { type: 'permit', provision: [{ type: 'deny', action: [{ text: 'x' }] }] },
  },
  {
    resourceType: 'Parameters',
    parameter: [
      { name: 'a', valueBoolean: true },
      { name: 'b', resource: patient },
      { name: 'c', part: [{ name: 'd', valueDate: '2024' }] },
    ],
  },
  {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: [
      {
        linkId: '1',
        answer: [{ valueDecimal: 1.5, item: [{ linkId: '1.1', answer: [{ valueCoding: { code: 'x' } }] }] }],
      },
    ],
  },
  {
    resourceType: 'Provenance',
    target: [{ reference: 'Encounter/1/_history/2' }],
    recorded: '2024-05-01T16:00:00.000+02:00',
    agent: [{ who: { reference: 'Organization/1' } }],
  },
  {
    resourceType: 'Subscription',
    status: 'requested',
    reason: 'x',
    criteria: 'Encounter?',
    channel: { type: 'rest-hook', endpoint: 'https://a.example', payload: 'application/fhir+json' },
  },
  { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] },
  { resourceType: 'Binary', contentType: 'application/pdf', data: 'SGVsbG8=' },
];

const json = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('good as a whole', () => {
  for (const resource of [patient, encounter, serviceRequest, carePlan, transaction, ...others]) {
    test(resource.resourceType, () => assert.deepEqual(lines(json(resource)), []));
  }
});

describe('one wrong detail', () => {
  const rows: [title: string, resource: object, expected: string][] = [
    ['Patient: a day that does not exist', { ...patient, birthDate: '2010-02-29' }, 'error value Patient.birthDate'],
    [
      'Patient: a zone that is missing in an extension',
      {
        ...patient,
        _birthDate: {
          extension: [
            { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2010-02-28T04:30:00' },
          ],
        },
      },
      'error value Patient.birthDate.extension[0].value',
    ],
    [
      'Patient: lastUpdated without a time',
      { ...patient, meta: { lastUpdated: '2024-05-01' } },
      'error value Patient.meta.lastUpdated',
    ],
    [
      'Patient: a use that is none',
      { ...patient, name: [{ use: 'real', text: 'x' }] },
      'error code-invalid Patient.name[0].use',
    ],
    [
      'Encounter: a status of another resource',
      { ...encounter, status: 'completed' },
      'error code-invalid Encounter.status',
    ],
    [
      'Encounter: a period upside down',
      { ...encounter, period: { start: '2024-05-01T15:00:00Z', end: '2024-05-01T14:00:00Z' } },
      'error invariant Encounter.period per-1',
    ],
    [
      'Encounter: nobody takes part',
      { ...encounter, participant: [{}] },
      'error structure Encounter.participant[0] ele-1',
    ],
    [
      'ServiceRequest: an intent that is none',
      { ...serviceRequest, intent: 'wish' },
      'error code-invalid ServiceRequest.intent',
    ],
    [
      'ServiceRequest: insurance that is a person',
      { ...serviceRequest, insurance: [{ reference: 'Patient/1' }] },
      'error structure ServiceRequest.insurance[0].reference',
    ],
    [
      'ServiceRequest: two authors of a note',
      { ...serviceRequest, note: [{ authorString: 'a', authorReference: { reference: 'Patient/1' }, text: 'x' }] },
      'error structure ServiceRequest.note[0].author',
    ],
    [
      'CarePlan: a day of the week in German',
      {
        ...carePlan,
        activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: { dayOfWeek: ['di'] } } } }],
      },
      'error code-invalid CarePlan.activity[0].detail.scheduled.repeat.dayOfWeek[0]',
    ],
    [
      'CarePlan: a time without seconds',
      {
        ...carePlan,
        activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: { timeOfDay: ['15:30'] } } } }],
      },
      'error value CarePlan.activity[0].detail.scheduled.repeat.timeOfDay[0]',
    ],
    [
      'Bundle: an entry without its URL',
      { ...transaction, entry: [{ ...transaction.entry[0], request: { method: 'POST' } }] },
      'error required Bundle.entry[0].request.url',
    ],
    [
      'Bundle: a wrong detail in a resource',
      { ...transaction, entry: [{ ...transaction.entry[0], resource: { resourceType: 'Patient', gender: 'm' } }] },
      'error code-invalid Bundle.entry[0].resource.gender',
    ],
    [
      'Parameters: a wrong resource',
      { resourceType: 'Parameters', parameter: [{ name: 'a', resource: { resourceType: 'Patient', active: 1 } }] },
      'error value Parameters.parameter[0].resource.active',
    ],
    [
      'Consent: a nested provision',
      { ...others[5], provision: { provision: [{ type: 'allow' }] } },
      'error code-invalid Consent.provision.provision[0].type',
    ],
    [
      'Binary: wrong base64',
      { resourceType: 'Binary', contentType: 'text/plain', data: 'SGVsbG8' },
      'error value Binary.data',
    ],
  ];
  for (const [title, resource, expected] of rows)
    test(title, () => assert.deepEqual(lines(json(resource)), [expected]));
});
