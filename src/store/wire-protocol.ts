/**
 * The few messages of PostgreSQL's wire protocol that the embedded engine exchanges with PGlite.
 *
 * Spec: https://www.postgresql.org/docs/17/protocol-message-formats.html
 *
 * PGlite's own `query` prepares and describes every statement anew in five calls into WebAssembly; one batch of
 * Bind, Describe, Execute and Sync on a named statement needs one. All values travel as text except bytes.
 */
import { type Row, SqlError } from './engine.ts';
import { StoreUnavailable } from './resource-store.ts';

const TEXT = 0;
const BINARY = 1;

/** Prepares `text` under `name` (the empty name is the unnamed statement). */
export function encodeParse(name: string, text: string): Uint8Array {
  return message('P', cString(name), cString(text), int16(0));
}

/** Runs the statement prepared as `name` with text parameters, and ends the batch. */
export function encodeExecute(name: string, parameters: readonly (string | Uint8Array | null)[]): Uint8Array {
  const values = parameters.flatMap((value) => {
    if (value === null) return [int32(-1)];
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    return [int32(bytes.byteLength), bytes];
  });
  const formats = parameters.map((value) => int16(value instanceof Uint8Array ? BINARY : TEXT));
  return Buffer.concat([
    message(
      'B',
      cString(''),
      cString(name),
      int16(formats.length),
      ...formats,
      int16(parameters.length),
      ...values,
      int16(0),
    ),
    message('D', Buffer.from('P'), cString('')),
    message('E', cString(''), int32(0)),
    message('S'),
  ]);
}

/** Runs several statements without parameters. */
export const encodeScript = (text: string): Uint8Array => message('Q', cString(text));

/** True when the reply says that a Parse message was carried out. */
export const repliesParsed = (reply: Uint8Array): boolean => reply[0] === '1'.charCodeAt(0);

/**
 * The rows of a reply. Throws SqlError when the reply holds an error, StoreUnavailable when it is cut short: only
 * ReadyForQuery at its end says that the statement was carried out.
 */
export function decodeReply(reply: Uint8Array): Row[] {
  const buffer = Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength);
  const rows: Row[] = [];
  let columns: Column[] = [];
  let refusal: SqlError | undefined;
  let isComplete = false;
  for (let at = 0; at + 5 <= buffer.length; ) {
    const type = String.fromCharCode(buffer[at] ?? 0);
    const start = at + 5;
    at += 1 + buffer.readInt32BE(at + 1);
    if (type === 'T') columns = decodeColumns(buffer, start);
    else if (type === 'D') rows.push(decodeRow(buffer, start, columns));
    else if (type === 'E') refusal ??= decodeError(buffer, start);
    else if (type === 'Z') isComplete = true;
  }
  if (refusal) throw refusal;
  if (!isComplete) throw new StoreUnavailable('The embedded database broke off its answer.');
  return rows;
}

interface Column {
  name: string;
  decode(text: string): unknown;
}

function decodeColumns(buffer: Buffer, start: number): Column[] {
  const columns: Column[] = [];
  let at = start + 2;
  for (let left = buffer.readInt16BE(start); left > 0; left--) {
    const end = buffer.indexOf(0, at);
    const oid = buffer.readInt32BE(end + 7); // after table oid (4 bytes) and attribute number (2)
    columns.push({ name: buffer.toString('utf8', at, end), decode: decoders.get(oid) ?? asText });
    at = end + 19;
  }
  return columns;
}

function decodeRow(buffer: Buffer, start: number, columns: readonly Column[]): Row {
  const row: Row = {};
  let at = start + 2;
  for (const { name, decode } of columns) {
    const length = buffer.readInt32BE(at);
    at += 4;
    row[name] = length === -1 ? null : decode(buffer.toString('utf8', at, at + length));
    if (length > 0) at += length;
  }
  return row;
}

/** https://www.postgresql.org/docs/17/protocol-error-fields.html */
function decodeError(buffer: Buffer, start: number): SqlError {
  const fields = new Map<string, string>();
  for (let at = start; buffer[at] !== 0; ) {
    const end = buffer.indexOf(0, at);
    fields.set(String.fromCharCode(buffer[at] ?? 0), buffer.toString('utf8', at + 1, end));
    at = end + 1;
  }
  return new SqlError(fields.get('C') ?? 'XX000', fields.get('M') ?? 'The database refused the statement.');
}

const asText = (text: string): string => text;

/** By type oid: boolean, bytea, the integers, the floats. Everything else stays text. */
const decoders = new Map<number, (text: string) => unknown>([
  [16, (text) => text === 't'],
  [17, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))],
  [20, Number],
  [21, Number],
  [23, Number],
  [700, Number],
  [701, Number],
]);

function message(type: string, ...parts: Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 4);
  return Buffer.concat([Buffer.from(type), int32(size), ...parts]);
}

const cString = (text: string): Buffer => Buffer.from(`${text}\0`);

function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeUInt16BE(value); // the counts of the protocol go to 65,535
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}
