/** https://hl7.org/fhir/R4/datatypes.html#id, https://hl7.org/fhir/R4/references.html#literal */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { isFhirId, isTypeName, parseLocalReference } from '../../src/conformance/fhir-id.ts';

describe('an id', () => {
  for (const id of ['1', 'a', 'A-b.C', '.', '-', 'x'.repeat(64)]) {
    test(`${id} is one`, () => assert.equal(isFhirId(id), true));
  }
  for (const id of ['', 'x'.repeat(65), 'a b', 'a_b', 'a/b', 'ä', 'a\n', ' a', 'a%2F', '٣']) {
    test(`${JSON.stringify(id)} is none`, () => assert.equal(isFhirId(id), false));
  }
});

describe('a type name', () => {
  for (const name of ['Patient', 'EpisodeOfCare', 'Xy']) test(name, () => assert.equal(isTypeName(name), true));
  for (const name of ['', 'patient', 'P', 'Pa1', '_history', '$op', 'Patient ', 'X'.repeat(65)]) {
    test(`not ${JSON.stringify(name)}`, () => assert.equal(isTypeName(name), false));
  }
});

describe('a local reference', () => {
  test('Type/id', () => {
    assert.deepEqual(parseLocalReference('Patient/a.1'), { resourceType: 'Patient', id: 'a.1', versionId: undefined });
  });
  test('Type/id/_history/version', () => {
    const parsed = { resourceType: 'Goal', id: 'g', versionId: '3' };
    assert.deepEqual(parseLocalReference('Goal/g/_history/3'), parsed);
  });
  const none = [
    '',
    '#contained',
    'a.1',
    'patient/1',
    'Patient/',
    '/Patient/1',
    'Patient/1/',
    'Patient/1#part',
    'Patient/1/_history',
    'Patient/1/_history/',
    'Patient/1/_history/1/',
    'Patient/1 ',
    'Patient/1\n',
    'Patient?identifier=1',
    'urn:uuid:0f5c9b1c-8d1e-4b6a-9a6b-3b8f6d1c2e01',
    'https://ehr.example/fhir/Patient/1',
  ];
  for (const text of none)
    test(`not ${JSON.stringify(text)}`, () => assert.equal(parseLocalReference(text), undefined));
});
