/**
 * What partners add to the resources of a record stays with FHIR and does not disturb the way back: other codings,
 * identifiers, notes, participants, extensions that the record has no field for.
 *
 * Spec: https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/datatypes.html#CodeableConcept
 */
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { agency, fromFhir, goldenCases, readJsonFile } from './maps-under-test.ts';

const snomed = (code: string): JsonObject => ({ coding: [{ system: 'http://snomed.info/sct', code }] });
const someone = { reference: 'Practitioner/dr-lee', type: 'Practitioner' };
const foreign = { url: 'https://partner.example/StructureDefinition/flag', valueBoolean: true };

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

/** The resource as partners and the server leave it. */
function disturbed(resource: JsonObject): JsonObject {
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
  if (copy.resourceType !== 'Binary') append('extension', [foreign]);
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

describe('a record comes back the same after partners have added to its resources', () => {
  const cases = RECORD_KINDS.flatMap((kind) =>
    goldenCases
      .filter(({ map }) => kind.toFhir.endsWith(`/${map}`))
      .map((golden) => ({ name: golden.name, kind, golden })),
  );

  test.each(cases)('$name', ({ kind, golden }) => {
    const bundle = readJsonFile(golden.expectedFile);
    const entry = (bundle.entry as { fullUrl: string; resource: JsonObject }[]).map(({ fullUrl, resource }) => ({
      fullUrl,
      resource: disturbed(resource),
    }));
    expect(fromFhir(kind, { ...bundle, entry }, agency)).toEqual(readJsonFile(golden.inputFile).src);
  });
});

test('an episode that a discharge has ended still reads as the episode record wrote it', () => {
  const episodes = RECORD_KINDS.find(({ kind }) => kind === 'episodes');
  const golden = goldenCases.find(({ name }) => name === 'episode-to-fhir/minimal');
  if (!episodes || !golden) throw new Error('The episode case is missing');
  const bundle = readJsonFile(golden.expectedFile) as { entry: { resource: JsonObject }[] };
  const ended = structuredClone(bundle);
  for (const { resource } of ended.entry) {
    if (resource.resourceType !== 'EpisodeOfCare') continue;
    Object.assign(resource, { status: 'finished', period: { ...(resource.period as JsonObject), end: '2026-01-31' } });
  }
  expect(fromFhir(episodes, ended as unknown as JsonObject, agency)).toEqual(readJsonFile(golden.inputFile).src);
});
