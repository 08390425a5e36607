/** https://www.postgresql.org/docs/17/protocol-message-formats.html: replies that are whole, refused, or cut short. */
import { describe, expect, test } from 'vitest';
import { SqlError } from '../../src/store/engine.ts';
import { StoreUnavailable } from '../../src/store/resource-store.ts';
import { decodeReply, repliesParsed } from '../../src/store/wire-protocol.ts';

const message = (type: string, ...body: number[]): Buffer =>
  Buffer.from([type.charCodeAt(0), 0, 0, 0, body.length + 4, ...body]);
const text = (value: string): number[] => [...Buffer.from(value)];
const parseComplete = message('1');
const bindComplete = message('2');
/** One column `n` of type int4 (oid 23), in text format. */
const oneColumn = message('T', 0, 1, ...text('n\0'), 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 4, 255, 255, 255, 255, 0, 0);
const row = (value: string): Buffer => message('D', 0, 1, 0, 0, 0, value.length, ...text(value));
const nullRow = message('D', 0, 1, 255, 255, 255, 255);
const ready = message('Z', ...text('I'));
const refusal = message('E', ...text('SERROR\0C23505\0Mduplicate key\0DKey (name)=(Invented Name)\0\0'));

describe('decodeReply', () => {
  test('gives the rows of a whole reply', () => {
    const reply = Buffer.concat([parseComplete, bindComplete, oneColumn, row('42'), nullRow, message('C', 0), ready]);
    expect(decodeReply(reply)).toEqual([{ n: 42 }, { n: null }]);
    expect(repliesParsed(reply)).toBe(true);
  });

  test('a refusal is an SqlError without the detail, which may quote stored values', () => {
    const error = (() => {
      try {
        return decodeReply(Buffer.concat([refusal, ready]));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(SqlError);
    expect(error).toMatchObject({ sqlState: '23505', message: 'duplicate key' });
    expect(repliesParsed(refusal)).toBe(false);
  });

  const cutShort: [title: string, reply: Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['rows without an end', Buffer.concat([oneColumn, row('1')])],
    ['half a message', oneColumn.subarray(0, 3)],
  ];
  for (const [title, reply] of cutShort) {
    test(`${title} is not taken for success`, () => expect(() => decodeReply(reply)).toThrow(StoreUnavailable));
  }
});
