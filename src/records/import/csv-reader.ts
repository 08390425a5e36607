/**
 * Records from CSV: a header row of field paths, one record for each row.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc4180; cells are read by csv-parse, one record at a time, so that one bad row
 * is one receipt. Separators: comma, semicolon or tab, whichever the header row has most of.
 */
import { parse } from 'csv-parse/sync';
import type { RecordModel } from '../schema/record-model.ts';
import { type CsvColumn, readHeader, recordFromCells } from './csv-columns.ts';
import { type CsvText, csvRecords } from './csv-records.ts';
import { type ImportLine, NOT_UTF8, TOO_LONG, unreadable } from './import-line.ts';
import type { ReaderStart } from './ndjson-reader.ts';
import { splitLines } from './split-lines.ts';

/** What the reader has to keep to go on from the middle of a file. */
export interface CsvHeader {
  cells: string[];
  delimiter: string;
}

/** A header that can not be used: nothing of the file can be read. */
export class CsvHeaderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CsvHeaderError';
  }
}

const PROBLEMS: Readonly<Record<NonNullable<CsvText['problem']>, string>> = {
  quotes:
    'The quotes of this row are broken. A cell with a comma, a quote or a line break stands in double quotes, and a quote inside is doubled. Correct the row and send it again.',
  'not-utf8': NOT_UTF8,
  'too-long': TOO_LONG,
};

/**
 * `header` is the one of an earlier start when reading goes on in the middle. Throws CsvHeaderError with every problem
 * of the header row.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  kind: string,
  model: RecordModel,
  start: ReaderStart,
  header: CsvHeader | undefined,
  onHeader: (header: CsvHeader) => void,
): AsyncGenerator<ImportLine> {
  let known = header;
  let columns: CsvColumn[] | undefined = header && requireColumns(header.cells, model);
  const lines = splitLines(chunks, start.position, start.line);
  if (!known || !columns) {
    known = await firstRow(lines);
    columns = requireColumns(known.cells, model);
    onHeader(known);
  }
  for await (const row of csvRecords(lines, known.delimiter)) {
    const base = { line: row.line, lastLine: row.lastLine, end: row.end, kind };
    if (row.text === undefined) yield { ...base, findings: [unreadable(PROBLEMS[row.problem ?? 'quotes'])] };
    else yield { ...base, ...readRow(row.text, columns, known.delimiter) };
  }
}

/** The header row: the first line that is not empty. A header has no line breaks in it. */
async function firstRow(lines: AsyncGenerator<{ bytes: Uint8Array; tooLong: boolean }>): Promise<CsvHeader> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new CsvHeaderError('The file is empty. Its first row must name the columns.');
    if (value.tooLong) throw new CsvHeaderError('The first row is longer than 1 MiB. It must name the columns.');
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(value.bytes);
    } catch {
      throw new CsvHeaderError(NOT_UTF8);
    }
    if (text.trim() === '') continue;
    const delimiter = delimiterOf(text);
    const cells = parseRow(text, delimiter);
    if (!cells) throw new CsvHeaderError(`The header row can not be read. ${PROBLEMS.quotes}`);
    return { cells, delimiter };
  }
}

function delimiterOf(text: string): string {
  const count = (delimiter: string): number => text.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function requireColumns(cells: readonly string[], model: RecordModel): CsvColumn[] {
  const { columns, problems } = readHeader(cells, model);
  if (problems.length > 0) throw new CsvHeaderError(problems.join(' '));
  return columns;
}

function readRow(
  text: string,
  columns: readonly CsvColumn[],
  delimiter: string,
): Pick<ImportLine, 'json' | 'findings'> {
  const cells = parseRow(text, delimiter);
  if (!cells) return { findings: [unreadable(PROBLEMS.quotes)] };
  if (cells.length !== columns.length) {
    return {
      findings: [
        unreadable(
          `The row has ${cells.length} cells, the header has ${columns.length}. A cell with the separator in it must stand in double quotes.`,
        ),
      ],
    };
  }
  const { json, findings } = recordFromCells(cells, columns);
  return findings.length > 0 ? { findings } : { json, findings };
}

function parseRow(text: string, delimiter: string): string[] | undefined {
  try {
    const rows = parse(text, { delimiter, relax_column_count: true, record_delimiter: '\u0000' }) as string[][];
    return rows.length === 1 ? rows[0] : undefined;
  } catch {
    return undefined;
  }
}
