/**
 * Where a CSV record ends, told without trusting the quotes.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
import { describe, expect, test } from 'vitest';
import { csvRecords, MAX_RECORD_LINES, quoteState } from '../../src/records/import/csv-records.ts';
import { fromPosition, MAX_LINE_BYTES, splitLines } from '../../src/records/import/split-lines.ts';

describe('quotes', () => {
  const rows: [text: string, state: ReturnType<typeof quoteState>][] = [
    ['', 'closed'],
    ['a,b', 'closed'],
    ['a,', 'closed'],
    ['"a","b"', 'closed'],
    ['"a, b"', 'closed'],
    ['"a ""b"" c"', 'closed'],
    ['""', 'closed'],
    ['""""', 'closed'],
    ['"a\nb",c', 'closed'],
    ['"a', 'open'],
    ['"a,b\nc', 'open'],
    ['"a""', 'open'],
    ['x,"a', 'open'],
    ['a"b', 'broken'],
    ['"a"b', 'broken'],
    ['"a" ,b', 'broken'],
    ['x,"a\ny,"b', 'broken'],
    ['a "b" c', 'broken'],
  ];
  test.each(rows)('%j', (text, state) => expect(quoteState(text, ',')).toBe(state));
});

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('lines', () => {
  const bytes = Buffer.from('eins\r\n\nzwei ü\nlast');

  test.each([1, 2, 3, 7, 100])('are the same however the bytes are cut (%i)', async (size) => {
    const lines = await all(splitLines(chunked(bytes, size)));
    expect(lines.map(({ number, bytes: line, end }) => [number, Buffer.from(line).toString(), end])).toEqual([
      [1, 'eins', 6],
      [2, '', 7],
      [3, 'zwei ü', 15],
      [4, 'last', 19],
    ]);
  });

  test.each([1, 5, 100])('go on from any end (%i)', async (size) => {
    const lines = await all(splitLines(chunked(bytes, size)));
    for (const { end, number } of lines) {
      const rest = await all(splitLines(fromPosition(chunked(bytes, size), end), end, number));
      expect(rest).toEqual(lines.slice(number));
    }
  });

  test('one that is too long is not kept, and its neighbours are', async () => {
    const long = Buffer.concat([Buffer.from('a\n'), Buffer.alloc(3 * MAX_LINE_BYTES, 120), Buffer.from('\nb\n')]);
    const lines = await all(splitLines(chunked(long, 65_536)));
    expect(lines.map(({ bytes: line, tooLong, end }) => [line.length, tooLong, end])).toEqual([
      [1, false, 2],
      [0, true, 3 + 3 * MAX_LINE_BYTES],
      [1, false, 5 + 3 * MAX_LINE_BYTES],
    ]);
  });
});

describe('records', () => {
  const records = async (text: string) => {
    const found = await all(csvRecords(splitLines(chunked(Buffer.from(text), 5)), ','));
    return found.map(({ line, lastLine, problem, text: own }) => [line, lastLine, problem ?? own]);
  };

  test('span lines inside of quotes', async () => {
    expect(await records('a,"b\n\nc"\nd,e\n')).toEqual([
      [1, 3, 'a,"b\n\nc"'],
      [4, 4, 'd,e'],
    ]);
  });

  test('a forgotten quote costs its own line', async () => {
    expect(await records('a,"b\nc,d\ne,"f"\ng,h\n')).toEqual([
      [1, 1, 'quotes'],
      [2, 2, 'c,d'],
      [3, 3, 'e,"f"'],
      [4, 4, 'g,h'],
    ]);
  });

  test('a forgotten quote on the last line', async () => {
    expect(await records('a,b\nc,"d\ne,f')).toEqual([
      [1, 1, 'a,b'],
      [2, 2, 'quotes'],
      [3, 3, 'e,f'],
    ]);
  });

  test('a forgotten quote without any other in the file is given up after some hundred lines', async () => {
    const lines = Array.from({ length: MAX_RECORD_LINES + 20 }, (_, index) => `row ${index}`);
    const found = await records(`a,"b\n${lines.join('\n')}\n`);
    expect(found[0]).toEqual([1, 1, 'quotes']);
    expect(found).toHaveLength(lines.length + 1);
    expect(found.slice(1).every(([, , text]) => String(text).startsWith('row '))).toBe(true);
  });
});
