/**
 * Invented records of every kind: valid, every field read by the map, to FHIR and back unchanged.
 *
 * Spec: docs/mapping-language.md; the models are profiles/fsh/records/*.fsh.
 */
import { describe, expect, test } from 'vitest';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { compileRecordSchemas } from '../../src/records/schema/parse-record.ts';
import { definitions, fromFhir, toFhir, unreadFields } from './maps-under-test.ts';
import { seededRandom } from './random.ts';
import { randomRecord } from './random-record.ts';

const RECORDS = 250;

const schemas = compileRecordSchemas(definitions);

describe.each(RECORD_KINDS.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  const model = schemas.model(name);
  const seeds = Array.from({ length: RECORDS }, (_, index) => 1000 + index);

  test('are valid, so that the properties below are about records an agency may send', () => {
    for (const seed of seeds) {
      const record = randomRecord(model, seededRandom(seed));
      const errors = schemas.parse(name, record).findings.filter((finding) => finding.severity === 'error');
      expect(errors, `seed ${seed}: ${JSON.stringify(record)}`).toEqual([]);
    }
  });

  test('come back from FHIR as they were', () => {
    for (const seed of seeds) {
      const record = randomRecord(model, seededRandom(seed));
      expect(fromFhir(kind, toFhir(kind, record)), `seed ${seed}`).toEqual(record);
    }
  });

  test('are read to the last field', () => {
    for (const seed of seeds) {
      const record = randomRecord(model, seededRandom(seed));
      expect(unreadFields(kind, record), `seed ${seed}: ${JSON.stringify(record)}`).toEqual([]);
    }
  });

  test('have every field of the model at least once', () => {
    const seen = new Set<string>();
    for (const seed of seeds) collectPaths(randomRecord(model, seededRandom(seed)), '', seen);
    expect(fieldPaths(model.fields).filter((path) => !seen.has(path))).toEqual([]);
  });
});

function collectPaths(value: unknown, path: string, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectPaths(item, path, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const below = path === '' ? name : `${path}.${name}`;
      into.add(below);
      collectPaths(member, below, into);
    }
  }
}

interface Field {
  path: string;
  fields: readonly Field[];
}

const fieldPaths = (fields: readonly Field[]): string[] =>
  fields.flatMap((field) => [field.path, ...fieldPaths(field.fields)]);
