/**
 * docs/records.md: every field of every record, as Markdown tables from the logical models.
 */

import { RECORD_KINDS } from '../record-kinds.ts';
import type { RecordSchemas } from '../schema/parse-record.ts';
import type { RecordField } from '../schema/record-model.ts';

/** One row of a field table. */
export interface FieldRow {
  /** Path with `[]` for lists of parts: `goals[].due`. */
  name: string;
  /** `1`, `0..1`, `0..*`, `1..*`. */
  cardinality: string;
  type: string;
  codes: readonly string[];
  meaning: string;
}

/** The fields of a kind in order, parts of parts included. */
export const fieldRows = (fields: readonly RecordField[]): FieldRow[] => rowsUnder(fields, '');

function rowsUnder(fields: readonly RecordField[], prefix: string): FieldRow[] {
  return fields.flatMap((field) => {
    const name = `${prefix}${field.name}`;
    return [rowOf(field, name), ...rowsUnder(field.fields, `${name}${field.list ? '[]' : ''}.`)];
  });
}

const TYPES: Readonly<Record<RecordField['type'], string>> = {
  id: 'id',
  string: 'text',
  code: 'code',
  date: 'day (YYYY-MM-DD)',
  partialDate: 'day, month or year',
  dateTime: 'day, or moment with UTC offset',
  boolean: 'true or false',
  decimal: 'number',
  positiveInt: 'whole number from 1',
  unsignedInt: 'whole number from 0',
  base64Binary: 'base64',
  uri: 'URI',
  object: 'object',
};

function rowOf(field: RecordField, name: string): FieldRow {
  const { required, list, maxItems, type, codes, meaning, target } = field;
  const most = list ? (maxItems === 500 ? '*' : String(maxItems)) : '1';
  return {
    name,
    cardinality: required && most === '1' ? '1' : `${required ? 1 : 0}..${most}`,
    type: target
      ? `id of ${target.part ? `one of the ${target.part} of a ${target.kind} record` : `a ${target.kind} record`}`
      : TYPES[type],
    codes: (codes ?? []).map((entry) => entry.code),
    meaning,
  };
}

/** The page, with a section for each kind in the order of sending. */
export function describeRecords(schemas: RecordSchemas): string {
  const sections = RECORD_KINDS.map(({ kind }) => {
    const model = schemas.model(kind);
    const rules = model.invariants.map(
      ({ key, human, severity }) => `- ${human}${severity === 'warning' ? ' (a warning)' : ''} (\`${key}\`)`,
    );
    return [
      `## ${kind}`,
      model.description,
      ['| Field | Card. | Type | Meaning |', '|---|---|---|---|', ...fieldRows(model.fields).map(tableRow)].join('\n'),
      ...(rules.length > 0 ? [rules.join('\n')] : []),
    ].join('\n\n');
  });
  return [
    '# Mentoring records',
    'Generated from the logical models in profiles/fsh/records by `npm run docs`.',
    'A record may only name records that were sent before it. This order works for a first import: ' +
      `${RECORD_KINDS.map(({ kind }) => kind).join(', ')}. ` +
      'Fields that may point forward (plans.episodeId, plans.documentIds, plans.goals.ifspGoalId, referrals.hubServices.episodeId, mentors.supervisorId) still need what they name: send the record without them first, and again with them.',
    ...sections,
  ]
    .join('\n\n')
    .concat('\n');
}

function tableRow({ name, cardinality, type, codes, meaning }: FieldRow): string {
  const codeList = codes.length > 0 ? ` One of: ${codes.map((code) => `\`${code}\``).join(', ')}.` : '';
  return `| \`${name}\` | ${cardinality} | ${type} | ${cell(meaning)}${codeList} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
