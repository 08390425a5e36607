/**
 * Invents records of a kind from its logical model: every optional field present or absent at random, lists of up to
 * three items, codes from the bound value sets, texts with the characters that break careless maps.
 *
 * What one field demands of another (the invariants of the model) is arranged afterwards in settle-record.ts; the test
 * that uses the records asks the record schemas whether they are valid.
 */
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';
import type { RecordField, RecordModel } from '../../src/records/schema/record-model.ts';
import type { Random } from './random.ts';
import { randomDay, randomMoment } from './random-days.ts';
import { settleRecord } from './settle-record.ts';

const TEXTS = [
  'Plays guitar',
  'a < b & "c" \'d\' > e',
  'Sofía — día de los niños, 日本語, 👍🏽',
  'two\nlines and a\ttab',
  '%src.id {{x}} \\n',
  'urn:mentoring:Goal:not-a-reference',
  '0',
  'null',
];
const ID_CHARACTERS = 'ABCabc019._:@+~/-';

/** A valid record of the kind. Two calls with the same random sequence give the same record. */
export function randomRecord(model: RecordModel, random: Random): JsonObject {
  const density = random.pick([0.15, 0.5, 0.9]);
  const record = randomObject(model.fields, density, random);
  settleRecord(model.kind, record, random);
  return record;
}

function randomObject(fields: readonly RecordField[], density: number, random: Random): JsonObject {
  const object: JsonObject = {};
  for (const field of fields) {
    if (field.required || random.chance(density)) addField(object, field, density, random);
  }
  // An object without members is no valid FHIR element and no sender writes one.
  if (Object.keys(object).length === 0) addField(object, random.pick(fields), density, random);
  return object;
}

function addField(object: JsonObject, field: RecordField, density: number, random: Random): void {
  if (!field.list) {
    object[field.name] = randomValue(field, density, random);
    return;
  }
  const length = random.int(1, Math.min(3, field.maxItems));
  object[field.name] = Array.from({ length }, () => randomValue(field, density, random));
}

function randomValue(field: RecordField, density: number, random: Random): Json {
  const special = SPECIAL[field.path] ?? SPECIAL[field.name];
  if (special) return special(random);
  if (field.codes) return random.pick(field.codes).code;
  switch (field.type) {
    case 'object':
      return randomObject(field.fields, density, random);
    case 'id':
      return randomId(random);
    case 'boolean':
      return random.chance(0.5);
    case 'date':
      return randomDay(random);
    case 'partialDate':
      return randomDay(random).slice(0, random.pick([4, 7, 10]));
    case 'dateTime':
      return random.chance(0.3) ? randomDay(random) : randomMoment(random);
    case 'decimal':
      return random.pick([0, 0.25, 1, 1.5, 7.4, 15, 120.125]);
    case 'positiveInt':
      return random.int(1, 500);
    case 'unsignedInt':
      return random.int(0, 500);
    case 'uri':
      return `https://issuer-${random.int(1, 99)}.example/ids`;
    case 'base64Binary':
      return Buffer.from(random.pick(TEXTS)).toString('base64');
    default:
      return random.pick(TEXTS).slice(0, field.maxLength).trim();
  }
}

/** Texts with a grammar that the model states in an invariant or in words. */
const SPECIAL: Record<string, (random: Random) => string> = {
  npi: (random) => String(random.int(1_000_000_000, 1_999_999_999)),
  icd10: (random) => random.pick(['F43.10', 'F12.20', 'Z62.810', 'F90']),
  language: (random) => random.pick(['en', 'es', 'pt-BR', 'zh-Hant']),
  languages: (random) => random.pick(['en', 'es', 'pt-BR', 'zh-Hant']),
  state: (random) => random.pick(['MA', 'VA', 'CT']),
  contentType: (random) => random.pick(['application/pdf', 'image/png', 'text/plain']),
};

/** Ids are unique within a run of 36^6 and use every character an id may have. */
function randomId(random: Random): string {
  const tail = Array.from({ length: random.int(0, 8) }, () => random.pick([...ID_CHARACTERS])).join('');
  // A part between slashes that is empty, . or .. is refused (field-values.ts): every part begins with a letter here.
  return `${random.int(0, 2_176_782_335).toString(36)}${tail.replaceAll('/', '/p')}`;
}
