/**
 * The zod schema of a record kind, made from its logical model.
 *
 * Spec: https://hl7.org/fhir/R4/structuredefinition.html#logical; zod: https://zod.dev/api
 *
 * Objects are strict: a field that is not in the model is refused with the nearest one that is, because a misspelt
 * optional field would otherwise be lost without a word. Text is trimmed. Every schema carries its field's meaning, so
 * the OpenAPI document and the field tables come from the same place.
 */
import { z } from 'zod';
import { SOURCE_ID } from '../../conformance/source-id.ts';
import { nearest, orList } from '../../outcome/nearest.ts';
import { anyOf, recordKind } from '../record-kinds.ts';
import { quoted, TEXT_CHECKS } from './field-values.ts';
import type { FieldType, RecordField, RecordModel } from './record-model.ts';

const LARGEST_INTEGER = 2_147_483_647;
const LARGEST_DECIMAL = 1e15;

/** Builds the schema of a record; slow (milliseconds), so once per kind at start. */
export function recordSchema(model: RecordModel): z.ZodType {
  const what = anyOf(recordKind(model.kind).singular);
  return objectSchema(model.fields, what, 'null').meta({ title: model.title, description: model.description });
}

/** `whenNull` is what a null in its place is called. */
function objectSchema(fields: readonly RecordField[], what: string, whenNull = NULL): z.ZodType {
  const names = fields.map((field) => field.name);
  return z.strictObject(Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])), {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownField(key, names, what)).join('\n')
        : `must be an object, not ${issue.input === null ? whenNull : jsonKind(issue.input)}.`,
  });
}

function unknownField(key: string, names: readonly string[], what: string): string {
  const near = nearest(key, names);
  return near.length > 0
    ? `is not a field of ${what}. Did you mean ${orList(near.map(quoted))}?`
    : `is not a field of ${what}. Leave it out; its fields are listed at /mentoring/docs.`;
}

function fieldSchema(field: RecordField): z.ZodType {
  const value = valueSchema(field).meta({ title: field.title, description: field.meaning });
  if (!field.list) return field.required ? value : value.optional();
  const list = z
    .array(value, { error: (issue) => listError(issue, field) })
    .min(field.required ? 1 : 0)
    .max(field.maxItems);
  const checked = field.fields.some((child) => child.name === 'id') ? list.check(refuseRepeatedIds) : list;
  const described = checked.meta({ title: field.title, description: field.meaning });
  return field.required ? described : described.optional();
}

function listError(issue: z.core.$ZodRawIssue, field: RecordField): string {
  if (issue.code === 'too_small') return `${required(field)} It needs at least one item.`;
  if (issue.code === 'too_big') return `has more than ${field.maxItems} items.`;
  return issue.input === undefined ? required(field) : `must be a list in [ ], not ${jsonKind(issue.input)}.`;
}

/** Two parts of one record with the same id would be one resource. */
function refuseRepeatedIds(payload: z.core.ParsePayload<unknown[]>): void {
  const seen = new Set<unknown>();
  payload.value.forEach((item, index) => {
    const id = (item as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') return;
    if (seen.has(id)) {
      payload.issues.push({
        code: 'custom',
        input: id,
        path: [index, 'id'],
        message: `${quoted(id)} is used twice in this list. Give each its own id.`,
      });
    }
    seen.add(id);
  });
}

function valueSchema(field: RecordField): z.ZodType {
  if (field.type === 'object') return objectSchema(field.fields, quoted(field.name));
  const wrongType = (expected: string) => (issue: z.core.$ZodRawIssue) =>
    issue.input === undefined ? required(field) : `must be ${expected}, not ${jsonKind(issue.input)}.`;
  switch (field.type) {
    case 'boolean':
      return z.boolean({ error: wrongType('true or false') });
    case 'decimal':
      return numberSchema(field, wrongType('a number'), -LARGEST_DECIMAL, LARGEST_DECIMAL);
    case 'positiveInt':
      return numberSchema(field, wrongType('a whole number'), 1, LARGEST_INTEGER).check(refuseFractions);
    case 'unsignedInt':
      return numberSchema(field, wrongType('a whole number'), 0, LARGEST_INTEGER).check(refuseFractions);
    default:
      if (field.codes) return codeSchema(field, wrongType('a code in quotes'));
      return textSchema(field, wrongType('text in quotes'));
  }
}

type ErrorMap = (issue: z.core.$ZodRawIssue) => string;

function numberSchema(field: RecordField, wrongType: ErrorMap, least: number, most: number): z.ZodNumber {
  const outside = (issue: z.core.$ZodRawIssue) =>
    `${String(issue.input)} is out of range: ${field.title.toLowerCase()} must be ${least === 1 ? '1 or more' : least === 0 ? '0 or more' : `between ${least} and ${most}`}.`;
  return z.number({ error: wrongType }).min(least, { error: outside }).max(most, { error: outside });
}

function refuseFractions(payload: z.core.ParsePayload<number>): void {
  if (Number.isInteger(payload.value)) return;
  payload.issues.push({
    code: 'custom',
    input: payload.value,
    message: `${payload.value} is not a whole number.`,
  });
}

function codeSchema(field: RecordField, wrongType: ErrorMap): z.ZodType {
  const codes = (field.codes ?? []).map((entry) => entry.code);
  return z.enum(codes as [string, ...string[]], {
    error: (issue) => (typeof issue.input === 'string' ? unknownCode(issue.input, codes) : wrongType(issue)),
  });
}

const FEW_CODES = 12;

function unknownCode(code: string, codes: readonly string[]): string {
  const near = nearest(code, codes);
  const hint = near.length > 0 ? ` Did you mean ${orList(near.map(quoted))}?` : '';
  const all = codes.length <= FEW_CODES || near.length === 0 ? ` Use ${orList(codes)}.` : '';
  return `${quoted(code)} is not one of its codes.${hint}${all}`;
}

function textSchema(field: RecordField, wrongType: ErrorMap): z.ZodType {
  const check = TEXT_CHECKS[field.type as keyof typeof TEXT_CHECKS];
  const limit = field.type === 'base64Binary' ? Number.POSITIVE_INFINITY : field.type === 'id' ? 64 : field.maxLength;
  return z
    .string({ error: wrongType })
    .trim()
    .check((payload) => {
      const message = textProblem(payload.value, field, check, limit);
      if (message) payload.issues.push({ code: 'custom', input: payload.value, message });
    })
    .meta(jsonSchemaOf(field));
}

function textProblem(
  value: string,
  field: RecordField,
  check: (value: string) => string | undefined,
  limit: number,
): string | undefined {
  if (value === '') return field.required ? `must not be empty. ${field.meaning}` : 'is empty. Leave the field out.';
  if (value.length > limit && field.type !== 'id') return `has ${value.length} characters; ${limit} is the most.`;
  return check(value);
}

/** What JSON Schema can say of a text; zod does not see into checks written as functions. */
function jsonSchemaOf(field: RecordField): Record<string, unknown> {
  const formats: Partial<Record<FieldType, object>> = {
    id: { pattern: SOURCE_ID.source },
    date: { format: 'date' },
    partialDate: { pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' },
    dateTime: { anyOf: [{ format: 'date-time' }, { format: 'date' }] },
    base64Binary: { contentEncoding: 'base64' },
    uri: { format: 'uri' },
    string: { minLength: 1, maxLength: field.maxLength },
    code: { minLength: 1 },
  };
  return { ...formats[field.type] };
}

const required = (field: RecordField): string => `is required. ${field.meaning}`;

/** A field or an item can be left out; the record itself can not. */
const NULL = 'null: leave it out';

/** What a JSON value is, in a sentence. */
function jsonKind(value: unknown): string {
  if (value === null) return NULL;
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text ${quoted(value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `${value}`;
    default:
      return 'an object';
  }
}
