/**
 * Lines of an uploaded file, by bytes: never more of the file in memory than one line, and a line too long is told and
 * skipped, not read.
 */

export interface RawLine {
  /** From 1. */
  number: number;
  /** Without its line end; cut off when `tooLong`. */
  bytes: Uint8Array;
  tooLong: boolean;
  /** Position in the file just behind the line and its end, in bytes. */
  end: number;
}

/** Longest line that is read. A record with an inline attachment belongs into a PUT of its own. */
export const MAX_LINE_BYTES = 1024 * 1024;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** `position` and `number` are those behind the last line that was read. Empty lines are given out too. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  position = 0,
  number = 0,
): AsyncGenerator<RawLine> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let tooLong = false;
  let end = position;
  const keep = (part: Uint8Array): void => {
    end += part.byteLength;
    if (tooLong) return;
    if (keptBytes + part.byteLength > MAX_LINE_BYTES) {
      tooLong = true;
      kept = [];
    } else if (part.byteLength > 0) {
      kept.push(part);
      keptBytes += part.byteLength;
    }
  };
  const take = (): RawLine => {
    const line = Buffer.concat(kept);
    const bytes = line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
    const taken = { number: ++number, bytes, tooLong, end };
    kept = [];
    keptBytes = 0;
    tooLong = false;
    return taken;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, at));
      end += 1;
      from = at + 1;
      yield take();
    }
    keep(chunk.subarray(from));
  }
  if (keptBytes > 0 || tooLong) yield take();
}

/** The chunks from a position on. */
export async function* fromPosition(chunks: AsyncIterable<Uint8Array>, position: number): AsyncGenerator<Uint8Array> {
  let skip = position;
  for await (const chunk of chunks) {
    if (skip >= chunk.byteLength) skip -= chunk.byteLength;
    else {
      yield skip > 0 ? chunk.subarray(skip) : chunk;
      skip = 0;
    }
  }
}

/** The text of a line, without a byte order mark; undefined when it is not UTF-8. */
export function lineText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
