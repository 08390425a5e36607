/**
 * The records of a CSV file as pieces of text, found without trusting the quotes.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc4180
 *
 * A quoted field may hold line breaks, so a record may span lines. One quote too many would swallow the rest of the
 * file; therefore a quote counts as closing only where a separator or line end follows. A field whose quotes break
 * that rule, or that stays open beyond MAX_RECORD_LINES lines or MAX_LINE_BYTES, makes its first line a broken record,
 * and reading goes on with the line behind it.
 */
import { lineText, MAX_LINE_BYTES, type RawLine } from './split-lines.ts';

export interface CsvText {
  /** First and last line, from 1. */
  line: number;
  lastLine: number;
  /** Position behind it, in bytes. */
  end: number;
  /** Undefined when `problem` says why there is none. */
  text?: string;
  problem?: 'quotes' | 'not-utf8' | 'too-long';
}

/** A quoted note of more lines than this is taken for a forgotten quote. */
export const MAX_RECORD_LINES = 500;

/** Groups lines to records. Empty lines between records are left out. */
export async function* csvRecords(lines: AsyncIterable<RawLine>, delimiter: string): AsyncGenerator<CsvText> {
  let open: RawLine[] = [];
  for await (const line of lines) {
    open.push(line);
    // A broken first line is given out alone; what was held behind it is looked at again from there.
    let done = false;
    while (open.length > 0 && !done) {
      const found = firstRecord(open, delimiter);
      if (found === 'open') done = true;
      else {
        open = open.slice(found.lines);
        if (found.record) yield found.record;
      }
    }
  }
  while (open.length > 0) {
    const found = firstRecord(open, delimiter);
    const [first] = open;
    if (found !== 'open') {
      open = open.slice(found.lines);
      if (found.record) yield found.record;
    } else if (first) {
      open = open.slice(1);
      yield broken(first, 'quotes');
    }
  }
}

function firstRecord(lines: readonly RawLine[], delimiter: string): 'open' | { lines: number; record?: CsvText } {
  const [first] = lines;
  if (!first) return 'open';
  if (first.tooLong) return { lines: 1, record: broken(first, 'too-long') };
  if (first.bytes.length === 0) return { lines: 1 };
  const texts: string[] = [];
  let bytes = 0;
  for (const [index, line] of lines.entries()) {
    const text = line.tooLong ? undefined : lineText(line.bytes);
    bytes += line.bytes.length;
    // Only the first line is blamed: with its quote left out, the others may be fine.
    if (text === undefined) return { lines: 1, record: broken(first, index === 0 ? 'not-utf8' : 'quotes') };
    texts.push(text);
    const limit = index + 1 >= MAX_RECORD_LINES || bytes > MAX_LINE_BYTES;
    // Without a quote in it, a line leaves an open field open.
    if (index > 0 && !text.includes('"') && !limit) continue;
    const joined = texts.join('\n');
    const state = quoteState(joined, delimiter);
    if (state === 'broken') return { lines: 1, record: broken(first, 'quotes') };
    if (state === 'closed') {
      const record = { line: first.number, lastLine: line.number, end: line.end, text: joined };
      return { lines: index + 1, record };
    }
    if (limit) return { lines: 1, record: broken(first, 'quotes') };
  }
  return 'open';
}

const broken = (line: RawLine, problem: NonNullable<CsvText['problem']>): CsvText => ({
  line: line.number,
  lastLine: line.number,
  end: line.end,
  problem,
});

/** Whether the text ends inside a quoted field, outside of one, or breaks the grammar. */
export function quoteState(text: string, delimiter: string): 'open' | 'closed' | 'broken' {
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end === undefined) return 'open';
      at = end + 1;
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n') return 'broken';
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') {
        if (text[at] === '"') return 'broken';
        at++;
      }
    }
    if (at >= text.length) return 'closed';
    at++;
    if (at === text.length) return 'closed';
  }
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}
