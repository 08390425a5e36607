/**
 * A mentoring record from JSON: checked field by field, then by what the fields demand of each other.
 *
 * Every problem is told at once, with the field it is about. Nothing is stored when one of them is an error.
 */
import type { z } from 'zod';
import type { Definitions } from '../../conformance/definitions.ts';
import type { JsonObject } from '../../mapping/map-library.ts';
import type { IssueCode } from '../../outcome/fhir-error.ts';
import { type Finding, isError } from '../../outcome/finding.ts';
import { RECORD_KINDS } from '../record-kinds.ts';
import { quoted } from './field-values.ts';
import { type CompiledInvariant, compileInvariant } from './record-invariants.ts';
import { type RecordModel, readRecordModel } from './record-model.ts';
import { recordSchema } from './record-schema.ts';

export interface ParsedRecord {
  /** The record with its texts trimmed and without empty lists; undefined when a finding is an error. */
  record: JsonObject | undefined;
  findings: Finding[];
}

export interface RecordSchemas {
  /** Never throws for a known kind, whatever `json` is. */
  parse(kind: string, json: unknown): ParsedRecord;
  model(kind: string): RecordModel;
  schema(kind: string): z.ZodType;
}

interface Compiled {
  model: RecordModel;
  schema: z.ZodType;
  invariants: readonly CompiledInvariant[];
}

/** Most problems one answer lists; the rest is counted. */
const MAX_FINDINGS = 100;

/** Compiles the schemas of every kind. Throws when a logical model is missing or wrong. */
export function compileRecordSchemas(definitions: Definitions): RecordSchemas {
  const kinds = new Map(
    RECORD_KINDS.map(({ kind, model: url }): [string, Compiled] => {
      const model = readRecordModel(kind, url, definitions);
      return [kind, { model, schema: recordSchema(model), invariants: model.invariants.map(compileInvariant) }];
    }),
  );
  const compiled = (kind: string): Compiled => {
    const found = kinds.get(kind);
    if (!found) throw new Error(`There is no record kind ${kind}`);
    return found;
  };
  return {
    parse: (kind, json) => parseWith(compiled(kind), json),
    model: (kind) => compiled(kind).model,
    schema: (kind) => compiled(kind).schema,
  };
}

function parseWith({ schema, invariants }: Compiled, json: unknown): ParsedRecord {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { record: undefined, findings: limited(parsed.error.issues.flatMap(toFindings)) };
  const record = withoutEmptyLists(parsed.data as JsonObject);
  const findings = invariants.filter((invariant) => !invariant.holds(record)).map(broken);
  return { record: findings.some(isError) ? undefined : record, findings };
}

/** An empty list says what an absent one says; as one of the two it is the same record. Changes its argument. */
function withoutEmptyLists(record: JsonObject): JsonObject {
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) withoutEmptyLists(value);
    else if (value.length === 0) delete record[name];
    else for (const item of value) if (typeof item === 'object' && item !== null) withoutEmptyLists(item as JsonObject);
  }
  return record;
}

const broken = (invariant: CompiledInvariant): Finding => ({
  severity: invariant.severity,
  code: 'invariant',
  message: invariant.human,
  constraint: invariant.key,
});

function limited(findings: Finding[]): Finding[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  const rest = findings.length - MAX_FINDINGS;
  return [
    ...findings.slice(0, MAX_FINDINGS),
    { severity: 'error', code: 'too-long', message: `${rest} more problems of this record are not listed.` },
  ];
}

function toFindings(issue: z.core.$ZodIssue): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => finding('structure', messages[index] ?? '', [...issue.path, shown(key)]));
  }
  return [finding(issueCode(issue), issue.message, issue.path)];
}

/** A name that is in no model may be anything: cut when long, quoted when it would not read as a name. */
const shown = (key: string): string => (/^[A-Za-z0-9_-]{1,60}$/.test(key) ? key : quoted(key));

/** The sentence begins with the field, so that it can stand alone: see Finding. */
function finding(code: IssueCode, message: string, path: readonly PropertyKey[]): Finding {
  const field = fieldPath(path);
  return {
    severity: 'error',
    code,
    message: field ? `${field} ${message}` : `The record ${message}`,
    ...(field && { field }),
  };
}

function issueCode(issue: z.core.$ZodIssue): IssueCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('is required') ? 'required' : 'structure';
    case 'invalid_value':
      if (issue.message.startsWith('is required')) return 'required';
      return issue.message.startsWith('must be') ? 'structure' : 'code-invalid';
    case 'too_small':
      return issue.origin === 'array' ? 'required' : 'value';
    case 'too_big':
      return issue.origin === 'array' ? 'too-long' : 'value';
    default:
      return issue.message.includes('characters;') ? 'too-long' : 'value';
  }
}

/** `goals[0].due` from ['goals', 0, 'due']. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (sofar, segment) =>
      typeof segment === 'number' ? `${sofar}[${segment}]` : sofar ? `${sofar}.${String(segment)}` : String(segment),
    '',
  );
}
