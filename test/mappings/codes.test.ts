/**
 * Every code that a record may hold gets through its map and back: no bound code is left without a translation.
 *
 * Spec: https://hl7.org/fhir/R4/terminologies.html#required
 */
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { compileRecordSchemas } from '../../src/records/schema/parse-record.ts';
import type { RecordField } from '../../src/records/schema/record-model.ts';
import { definitions, fromFhir, toFhir } from './maps-under-test.ts';
import { seededRandom } from './random.ts';
import { randomRecord } from './random-record.ts';

const schemas = compileRecordSchemas(definitions);

/** Codes that a record may not hold beside what the sample record says; each is in the tests of the refusals. */
const IMPOSSIBLE: Record<string, readonly string[]> = {
  'sessions.cancellationReason': ['no-show'],
  'episodes.team.role': ['therapeutic-mentor'],
};

describe.each(RECORD_KINDS.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  const { fields } = schemas.model(name);
  const coded = codedFields(fields);

  test.runIf(coded.length > 0).each(coded.map((field) => [field.path, field] as const))('%s', (path, field) => {
    const sample = sampleWith(name, path);
    const codes = (field.codes ?? [])
      .map(({ code }) => code)
      .filter((code) => !IMPOSSIBLE[`${name}.${path}`]?.includes(code));
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) {
      const record = structuredClone(sample);
      expect(replaceAt(record, path.split('.'), code), `no ${path} in the sample`).toBe(true);
      expect(fromFhir(kind, toFhir(kind, record)), code).toEqual(record);
    }
  });
});

function codedFields(fields: readonly RecordField[]): RecordField[] {
  return fields.flatMap((field) => [...(field.codes ? [field] : []), ...codedFields(field.fields)]);
}

/** The first invented record that has the field; for the status of a session, one that may have any status. */
function sampleWith(kind: string, path: string): JsonObject {
  const model = schemas.model(kind);
  for (let seed = 1; seed < 5000; seed += 1) {
    const record = randomRecord(model, seededRandom(seed));
    if (kind === 'plans' && record.authorId === undefined) continue;
    if (
      replaceAt(structuredClone(record), path.split('.'), '') &&
      (path !== 'status' || record.cancellationReason === undefined)
    ) {
      return record;
    }
  }
  throw new Error(`No invented record of ${kind} has ${path}`);
}

/** Puts the code at the path, at the first item of every list on the way. False when there is nothing to replace. */
function replaceAt(value: Json | undefined, path: readonly string[], code: string): boolean {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return value.some((item) => replaceAt(item, path, code));
  if (typeof value !== 'object' || value === null || name === undefined) return false;
  const member = value[name];
  if (member === undefined) return false;
  if (rest.length > 0) return replaceAt(member, rest, code);
  if (Array.isArray(member)) member[0] = code;
  else value[name] = code;
  return true;
}
