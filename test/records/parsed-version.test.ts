/** A version is parsed once, and two agencies' versions of the same name are two. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { parsedVersion } from '../../src/records/resources/parsed-version.ts';
import type { StoredVersion } from '../../src/store/resource-store.ts';

const version = (family: string, more: Partial<StoredVersion> = {}): StoredVersion => ({
  resourceType: 'Patient',
  id: 'same-id',
  versionId: 1,
  lastUpdated: '2026-03-01T12:00:00.000Z',
  deleted: false,
  method: 'PUT',
  content: JSON.stringify({ resourceType: 'Patient', id: 'same-id', name: [{ family }] }),
  ...more,
});
const familyOf = (of: StoredVersion): unknown => (parsedVersion(of) as { name?: { family?: string }[] }).name;

describe('parsedVersion', () => {
  test('the same version again is the same object', () => {
    assert.equal(parsedVersion(version('Vega')), parsedVersion(version('Vega')));
  });

  test('the same type, id and version of two tenants are told apart, in turns', () => {
    for (let turn = 0; turn < 3; turn++) {
      assert.deepEqual(familyOf(version('Vega')), [{ family: 'Vega' }]);
      assert.deepEqual(familyOf(version('Lindqvist')), [{ family: 'Lindqvist' }]);
    }
  });

  const others: [what: string, of: StoredVersion][] = [
    ['another version', version('Vega', { versionId: 2 })],
    ['another id', version('Vega', { id: 'other-id' })],
    ['another type', version('Vega', { resourceType: 'Person' })],
  ];
  for (const [what, of] of others) {
    test(`${what} is another object`, () => {
      assert.notEqual(parsedVersion(of), parsedVersion(version('Vega')));
    });
  }
});
