/**
 * Files a command works on: one JSON value, or NDJSON with one value a line. `-` is standard input.
 */
import { readFile } from 'node:fs/promises';
import { parseJsonText } from '../http/json-text.ts';
import { FhirError } from '../outcome/fhir-error.ts';

export interface InputValue {
  /** `file` or `file:line`, for messages. */
  where: string;
  value: unknown;
}

/** A file that can not be read or is not JSON; the message names it. */
export class InputError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InputError';
  }
}

/**
 * Reads a file. Lines of NDJSON come one by one, with their line numbers; empty lines are passed over. What can not be
 * read is told to `unreadable` in a sentence that names file and line, and the rest is still returned.
 */
export async function readInput(
  file: string,
  stdin: NodeJS.ReadableStream,
  unreadable: (sentence: string) => void,
): Promise<InputValue[]> {
  const attempt = <T>(work: () => T): T[] => {
    try {
      return [work()];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unreadable(error.message);
      return [];
    }
  };
  const [text] = await readBytes(file, stdin).then(
    (bytes) => attempt(() => decode(file, bytes)),
    (error: unknown) =>
      attempt<string>(() => {
        throw error;
      }),
  );
  if (text === undefined) return [];
  const isLines = /\.(ndjson|jsonl)$/i.test(file) || (file === '-' && isManyLines(text));
  if (!isLines) return attempt(() => ({ where: file, value: parse(file, text) }));
  return text.split('\n').flatMap((line, index) => {
    const where = `${file}:${index + 1}`;
    return line.trim() === '' ? [] : attempt(() => ({ where, value: parse(where, line) }));
  });
}

async function readBytes(file: string, stdin: NodeJS.ReadableStream): Promise<Uint8Array> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(file);
  } catch (cause) {
    throw new InputError(`${file} can not be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}.`, {
      cause,
    });
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(`${file} is not UTF-8. Save it in that encoding.`, { cause });
  }
}

const isManyLines = (text: string): boolean => {
  const [first = '', second = ''] = text.split('\n');
  return first.trim().endsWith('}') && second.trim().startsWith('{');
};

function parse(where: string, text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (cause) {
    const told = cause instanceof FhirError ? cause.message : 'it is not JSON.';
    throw new InputError(`${where}: ${told}`, { cause });
  }
}
