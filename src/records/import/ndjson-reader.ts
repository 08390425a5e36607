/**
 * Records from NDJSON: one line for each, `{"kind":"sessions","record":{…}}`, or the record alone where the
 * request names the kind of all.
 *
 * Spec: https://github.com/ndjson/ndjson-spec (empty lines are skipped), https://hl7.org/fhir/R4/nd-json.html
 */
import { parseJsonText } from '../../http/json-text.ts';
import { FhirError } from '../../outcome/fhir-error.ts';
import type { Finding } from '../../outcome/finding.ts';
import { findRecordKind, RECORD_KINDS } from '../record-kinds.ts';
import { quoted } from '../schema/field-values.ts';
import { type ImportLine, NOT_UTF8, TOO_LONG, unreadable } from './import-line.ts';
import { lineText, type RawLine, splitLines } from './split-lines.ts';

export interface ReaderStart {
  /** Position behind the last line that was done, in bytes. */
  position: number;
  /** Number of the last line that was done. */
  line: number;
}

/** `kind` is that of the request; an envelope on a line wins over it. */
export async function* readNdjson(
  chunks: AsyncIterable<Uint8Array>,
  kind: string | undefined,
  start: ReaderStart,
): AsyncGenerator<ImportLine> {
  for await (const raw of splitLines(chunks, start.position, start.line)) {
    const base = { line: raw.number, lastLine: raw.number, end: raw.end };
    if (!raw.tooLong && raw.bytes.every((byte) => byte === 32 || byte === 9)) continue;
    yield { ...base, ...readLine(raw, kind) };
  }
}

function readLine(raw: RawLine, kind: string | undefined): Pick<ImportLine, 'kind' | 'json' | 'findings'> {
  const failed = (message: string, field?: string) => ({
    ...(kind && { kind }),
    findings: [unreadable(message, field)],
  });
  if (raw.tooLong) return failed(TOO_LONG);
  const text = lineText(raw.bytes);
  if (text === undefined) return failed(NOT_UTF8);
  let value: unknown;
  try {
    value = parseJsonText(text);
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return failed(
      `${error.message.replace('The body', 'The line').replace(/line 1, /g, '')} Correct it and send the line again.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed('The line is not a record: each line holds one JSON object.');
  }
  return kind === undefined || isEnvelope(value) ? fromEnvelope(value) : { kind, json: { ...value }, findings: [] };
}

/** By both names, because plans, notes and organizations have a field `kind`; no kind has a field `record`. */
const isEnvelope = (value: object): boolean => 'kind' in value && 'record' in value;

/** Most members of an envelope that a receipt names. */
const MAX_NAMED = 20;

const besideRecord = (name: string): Finding =>
  unreadable(
    `${quoted(name)} does not belong beside kind and record. Put it into the record, or leave it out.`,
    name.slice(0, 60).toWellFormed(),
  );

function fromEnvelope(value: object): Pick<ImportLine, 'kind' | 'json' | 'findings'> {
  const { kind, record, ...rest } = value as { kind?: unknown; record?: unknown };
  if (typeof kind !== 'string' || !findRecordKind(kind)) {
    const kinds = RECORD_KINDS.map((row) => row.kind).join(', ');
    const shape = 'Each line is {"kind":"sessions","record":{…}}, or a record alone in a file sent with ?kind=.';
    return { findings: [unreadable(`${shape} kind is one of ${kinds}.`, 'kind')] };
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { kind, findings: [unreadable('record must be a JSON object.', 'record')] };
  }
  if (Object.keys(rest).length > 0) return { kind, findings: Object.keys(rest).slice(0, MAX_NAMED).map(besideRecord) };
  return { kind, json: record as Record<string, unknown>, findings: [] };
}
