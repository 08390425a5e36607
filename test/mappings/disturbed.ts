/**
 * A resource of a record after partners have added to it: what the way back to the record has to look past.
 *
 * Spec: https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/datatypes.html#CodeableConcept
 */
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';

const snomed = (code: string): JsonObject => ({ coding: [{ system: 'http://snomed.info/sct', code }] });
const someone = { reference: 'Practitioner/dr-lee', type: 'Practitioner' };

/** Extensions that are none of ours, one for each type that ours have; their values would fit ours. */
const FOREIGN: readonly JsonObject[] = Object.entries({
  valueBoolean: true,
  valueString: 'From the EHR',
  valueCode: 'approved',
  valueDate: '2020-02-02',
  valueDateTime: '2020-02-02T10:00:00Z',
  valueDecimal: 99.5,
  valuePositiveInt: 99,
  valueQuantity: { value: 99, unit: 'x' },
  valueCoding: { system: 'http://snomed.info/sct', code: '1' },
  valueCodeableConcept: snomed('1'),
}).map(([property, value]): JsonObject => ({ url: `https://partner.example/ext/${property}`, [property]: value }));
const FOREIGN_REFERENCES: readonly JsonObject[] = [
  'Goal',
  'CarePlan',
  'PractitionerRole',
  'Organization',
  'EpisodeOfCare',
].map((type) => ({
  url: `https://partner.example/ext/${type}`,
  valueReference: { reference: `urn:mentoring:${type}:not-ours`, type },
}));

/**
 * Items appended to lists of the resource, by type. `note` and `telecom` only follow what is there: where the record
 * has none, the partner's is what the agency wants to read.
 */
const APPENDED: Record<string, JsonObject> = {
  CarePlan: {
    category: [snomed('734163000')],
    supportingInfo: [{ reference: 'QuestionnaireResponse/q', type: 'QuestionnaireResponse' }],
    contributor: [someone],
    note: [{ text: 'Seen by the EHR.' }],
  },
  Condition: {
    category: [snomed('439401001')],
    note: [{ text: 'Known since school.' }],
    stage: [{ summary: snomed('258219007') }],
  },
  Coverage: {
    class: [{ type: snomed('1'), value: 'x' }],
    identifier: [{ system: 'https://payer.example', value: '9' }],
  },
  DocumentReference: {
    category: [snomed('371525003')],
    relatesTo: [{ code: 'appends', target: { reference: 'DocumentReference/x' } }],
    securityLabel: [snomed('1')],
  },
  Encounter: {
    type: [snomed('185349003')],
    reasonCode: [snomed('35489007')],
    participant: [{ type: [snomed('309343006')], individual: someone }],
    statusHistory: [{ status: 'planned', period: { start: '2025-01-01' } }],
  },
  EpisodeOfCare: { type: [snomed('1')], account: [{ reference: 'Account/1' }] },
  Goal: { category: [snomed('1')], note: [{ text: 'From the EHR.' }] },
  Observation: {
    category: [snomed('1')],
    note: [{ text: 'From the EHR.' }],
    component: [{ code: snomed('1'), valueString: 'x' }],
  },
  Patient: {
    name: [{ use: 'old', family: 'Former' }],
    telecom: [{ system: 'phone', value: '+1 617 555 0199' }],
    address: [{ use: 'temp', city: 'Quincy' }],
    communication: [{ language: snomed('1') }],
    link: [{ other: { reference: 'Patient/other' }, type: 'seealso' }],
  },
  Practitioner: { qualification: [{ code: snomed('1') }], name: [{ use: 'maiden', family: 'Former' }] },
  PractitionerRole: {
    specialty: [snomed('394913002')],
    telecom: [{ system: 'fax', value: '1' }],
    availableTime: [{ daysOfWeek: ['mon'] }],
  },
  RelatedPerson: { relationship: [snomed('72705000')], telecom: [{ system: 'sms', value: '1' }] },
  ServiceRequest: {
    category: [snomed('410606002')],
    reasonCode: [snomed('47505003')],
    note: [{ text: 'From the EHR.' }],
    performer: [someone],
    supportingInfo: [{ reference: 'QuestionnaireResponse/q', type: 'QuestionnaireResponse' }],
    identifier: [{ system: 'https://ehr.example/orders', value: 'O-1' }],
  },
  Task: { note: [{ text: 'Read.' }] },
};

/** The resource as partners and the server leave it: more of everything, nothing of ours changed. */
export function disturbed(resource: JsonObject): JsonObject {
  const copy = structuredClone(resource);
  const append = (name: string, items: readonly Json[]): void => {
    const list = copy[name];
    if (list === undefined && (name === 'note' || name === 'telecom')) return;
    copy[name] = [...(Array.isArray(list) ? list : []), ...items];
  };
  const { meta } = copy as { meta?: JsonObject };
  const tags = (meta?.tag as Json[] | undefined) ?? [];
  copy.id = 'stored-id';
  copy.meta = {
    versionId: '7',
    lastUpdated: '2026-01-01T00:00:00Z',
    profile: ['https://partner.example/p'],
    tag: [...tags, { system: 'https://partner.example/tags', code: 'seen' }],
  };
  copy.language = 'en-US';
  for (const extension of (copy.extension as JsonObject[] | undefined) ?? []) {
    if (Array.isArray(extension.extension)) extension.extension.push(...FOREIGN, ...FOREIGN_REFERENCES);
  }
  if (copy.resourceType !== 'Binary') append('extension', [...FOREIGN, ...FOREIGN_REFERENCES]);
  for (const [name, items] of Object.entries(APPENDED[String(copy.resourceType)] ?? {})) append(name, items as Json[]);
  addCodings(copy);
  return copy;
}

/** A second coding from another system beside each of ours. */
function addCodings(value: Json | undefined): void {
  if (Array.isArray(value)) {
    for (const item of value) addCodings(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      addCodings(member);
      if (name === 'coding' && Array.isArray(member)) member.push({ system: 'http://snomed.info/sct', code: '999' });
    }
  }
}
