/**
 * The records of the sandbox (eight invented youths over months) come back from FHIR as they were, but for the
 * declared loss of empty lists.
 */
import { expect, test } from 'vitest';
import { sandboxRecords } from '../../src/cli/sandbox/sandbox-records.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { recordKind } from '../../src/records/record-kinds.ts';
import { fromFhir, toFhir, unreadFields } from './maps-under-test.ts';

/** As JSON carries it, without lists that hold nothing. */
const sent = (record: unknown): JsonObject =>
  JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  ) as JsonObject;

test('every record of the sandbox makes the round trip, read to the last field', () => {
  expect(sandboxRecords.length).toBeGreaterThan(100);
  for (const { kind: name, record } of sandboxRecords) {
    const kind = recordKind(name);
    const src = sent(record);
    expect(fromFhir(kind, toFhir(kind, src)), `${name} ${record.id}`).toEqual(src);
    expect(unreadFields(kind, src), `${name} ${record.id}`).toEqual([]);
  }
});
