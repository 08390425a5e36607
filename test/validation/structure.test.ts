/**
 * https://hl7.org/fhir/R4/json.html and https://hl7.org/fhir/R4/conformance-rules.html#cardinality: the form of a
 * resource in JSON, what must be there and what must not.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { findings, lines } from './support.ts';

const encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
};
const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Mood' } };

describe('a resource with', () => {
  const rows: [title: string, resource: unknown][] = [
    ['only what is required', encounter],
    ['a list of one', { ...encounter, participant: [{ individual: { reference: 'Practitioner/1' } }] }],
    ['one value of a choice', { ...observation, valueString: 'good' }],
    ['a choice of another type', { ...observation, valueQuantity: { value: 3 } }],
    ['extensions on a primitive', { resourceType: 'Patient', birthDate: '2010-05-01', _birthDate: { id: 'b' } }],
    ['extensions in place of a required primitive', { ...encounter, status: undefined, _status: absent() }],
    [
      'null where a list of primitives has only an extension',
      patient({ given: ['Ann', null], _given: [null, absent()] }),
    ],
    ['a companion list that is shorter', patient({ given: ['Ann', 'Bea'], _given: [absent()] })],
    [
      'a nested element of its own kind',
      { ...questionnaire([{ linkId: '1', type: 'group', item: [{ linkId: '1.1', type: 'display' }] }]) },
    ],
  ];
  for (const [title, resource] of rows) {
    test(`${title} is accepted`, () => assert.deepEqual(lines(JSON.parse(JSON.stringify(resource))), []));
  }
});

describe('a resource is refused for', () => {
  const rows: [title: string, resource: unknown, expected: string[]][] = [
    ['an unknown element', { ...encounter, serviceProvidr: {} }, ['error structure Encounter.serviceProvidr']],
    [
      'an unknown element inside',
      { ...encounter, period: { begin: '2024' } },
      ['error structure Encounter.period.begin'],
    ],
    [
      'resourceType in a datatype',
      { ...encounter, period: { resourceType: 'Period', start: '2024' } },
      ['error structure Encounter.period.resourceType'],
    ],
    ['a missing required element', { ...encounter, status: undefined }, ['error required Encounter.status']],
    [
      'a missing required choice',
      {
        resourceType: 'MedicationAdministration',
        status: 'completed',
        subject: { reference: 'Patient/1' },
        effectiveDateTime: '2024',
      },
      ['error required MedicationAdministration.medication'],
    ],
    [
      'a missing element inside a list',
      { ...encounter, statusHistory: [{ period: { start: '2024' } }] },
      ['error required Encounter.statusHistory[0].status'],
    ],
    ['null', { ...encounter, period: null }, ['error structure Encounter.period']],
    ['null in a list', { ...encounter, type: [null] }, ['error structure Encounter.type[0]']],
    ['null as a primitive', { ...encounter, status: null }, ['error structure Encounter.status']],
    ['an empty object', { ...encounter, period: {} }, ['error structure Encounter.period ele-1']],
    [
      'an object with nothing but an id',
      { ...encounter, period: { id: 'p' } },
      ['error structure Encounter.period ele-1'],
    ],
    ['an empty list', { ...encounter, type: [] }, ['error structure Encounter.type']],
    ['an empty string', { ...encounter, language: '' }, ['error value Encounter.language']],
    ['a list for one value', { ...encounter, status: ['finished'] }, ['error structure Encounter.status']],
    ['one value for a list', { ...encounter, type: { text: 'visit' } }, ['error structure Encounter.type']],
    ['a list in a list', { ...encounter, type: [[{ text: 'visit' }]] }, ['error structure Encounter.type[0]']],
    ['an object for a primitive', { ...encounter, status: { value: 'finished' } }, ['error value Encounter.status']],
    ['a primitive for an object', { ...encounter, period: '2024' }, ['error structure Encounter.period']],
    ['a number for a string', patient({ family: 7 }), ['error value Patient.name[0].family']],
    ['a string for a number', { ...observation, valueInteger: '7' }, ['error value Observation.value']],
    ['a string for a boolean', { resourceType: 'Patient', active: 'true' }, ['error value Patient.active']],
    [
      'two values of a choice',
      { ...observation, valueString: 'a', valueInteger: 1 },
      ['error structure Observation.value'],
    ],
    [
      'a type that the choice does not have',
      { ...observation, valueUri: 'urn:x' },
      ['error structure Observation.valueUri'],
    ],
    [
      'a companion that is no object',
      { resourceType: 'Patient', birthDate: '2010', _birthDate: 'x' },
      ['error structure Patient.birthDate'],
    ],
    [
      'an empty companion',
      { resourceType: 'Patient', birthDate: '2010', _birthDate: {} },
      ['error structure Patient.birthDate'],
    ],
    [
      'an unknown element in a companion',
      { resourceType: 'Patient', birthDate: '2010', _birthDate: { note: 1 } },
      ['error structure Patient.birthDate.note'],
    ],
    ['a companion of an object', { ...encounter, _period: { id: 'x' } }, ['error structure Encounter._period']],
    [
      'a companion list that is longer',
      patient({ given: ['Ann'], _given: [null, absent()] }),
      ['error structure Patient.name[0].given'],
    ],
    [
      'a companion list of nothing',
      patient({ given: ['Ann'], _given: [null] }),
      ['error structure Patient.name[0].given'],
    ],
    ['a resource type that does not exist', { resourceType: 'Encouter' }, ['error structure']],
    ['a datatype as a resource', { resourceType: 'Period', start: '2024' }, ['error structure']],
    ['an abstract type as a resource', { resourceType: 'DomainResource' }, ['error structure']],
    ['no resource type', { status: 'finished' }, ['error structure']],
    ['an id with a space', { ...encounter, id: 'a b' }, ['error value Encounter.id']],
    ['an id that is too long', { ...encounter, id: 'x'.repeat(65) }, ['error value Encounter.id']],
    [
      'an element id with a space',
      { ...encounter, period: { id: 'a b', start: '2024' } },
      ['error value Encounter.period.id'],
    ],
    [
      'a wrong resource inside',
      { ...encounter, contained: [{ resourceType: 'Patient', id: 'p', gender: 'x' }], subject: { reference: '#p' } },
      ['error code-invalid Encounter.contained[0].gender'],
    ],
  ];
  for (const [title, resource, expected] of rows) {
    test(title, () => assert.deepEqual(lines(JSON.parse(JSON.stringify(resource))), expected));
  }
});

describe('a finding says what to do', () => {
  const rows: [resource: unknown, says: RegExp][] = [
    [{ ...encounter, serviceProvidr: {} }, /not an element of Encounter\. Did you mean "serviceProvider"\?/],
    [{ ...encounter, status: 'finishd' }, /Did you mean "finished"\?/],
    [{ resourceType: 'Encouter' }, /Did you mean "Encounter"\?/],
    [{ ...observation, valueUri: 'urn:x' }, /value\[x\] may be Quantity, CodeableConcept, string/],
    [{ ...encounter, period: null }, /Leave the element out|Expected an object, found null/],
    [{ resourceType: 'Patient', active: 'true' }, /without quotes/],
  ];
  for (const [resource, says] of rows) {
    test(String(says), () => assert.match(findings(resource)[0]?.message ?? '', says));
  }
});

function absent(): object {
  return { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
}

function patient(name: object): object {
  return { resourceType: 'Patient', name: [name] };
}

function questionnaire(item: object[]): object {
  return { resourceType: 'Questionnaire', status: 'active', item };
}
