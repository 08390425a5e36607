/**
 * Which kind a record on the command line is: `--kind`, or the envelope of an NDJSON import file
 * (`{"kind":"sessions","record":{…}}`), or the name of its file (`sessions.json`, `sessions-march.ndjson`).
 */
import { basename } from 'node:path';
import { findRecordKind, RECORD_KINDS } from '../records/record-kinds.ts';
import { UsageError } from './exit-codes.ts';
import type { InputValue } from './read-input.ts';

export interface RecordInput {
  where: string;
  kind: string;
  record: unknown;
}

/** Throws UsageError when the kind can not be told. */
export function recordInput({ where, value }: InputValue, kindOption: string | undefined): RecordInput {
  if (kindOption !== undefined) return { where, kind: requireKind(kindOption), record: value };
  if (isEnvelope(value)) return { where, kind: requireKind(value.kind), record: value.record };
  const byFile = RECORD_KINDS.find(({ kind }) => new RegExp(`^${kind}\\b`).test(basename(where)));
  if (byFile) return { where, kind: byFile.kind, record: value };
  throw new UsageError(`${where}: which kind of record is it? Say --kind with one of: ${kinds()}.`);
}

const isEnvelope = (value: unknown): value is { kind: string; record: unknown } =>
  typeof value === 'object' && value !== null && 'record' in value && 'kind' in value && typeof value.kind === 'string';

/** Throws UsageError for a kind there is not. */
export function requireKind(kind: string): string {
  if (!findRecordKind(kind)) throw new UsageError(`There is no kind ${kind}. Use one of: ${kinds()}.`);
  return kind;
}

const kinds = (): string => RECORD_KINDS.map(({ kind }) => kind).join(', ');
