/**
 * Structured log lines: one JSON object per line, ready for any collector.
 *
 * Nothing that identifies a person goes in: no URLs with ids or queries, no bodies, no messages of unexpected errors
 * (they may quote stored values), only names, codes and code positions.
 */
export interface Log {
  info(event: object, message: string): void;
  warn(event: object, message: string): void;
  error(event: object, message: string): void;
}

/** A log that hands each line, without its line end, to `write`. */
export function jsonLinesLog(write: (line: string) => void, now: () => Date): Log {
  const at = (level: string) => (event: object, message: string) =>
    write(JSON.stringify({ time: now().toISOString(), level, message, ...event }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** Error types whose messages speak of code, never of data. */
const CODE_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'AssertionError']);

/** What may be logged of an unexpected error: its type, its code, where it was thrown, and the same of its causes. */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code ?? (error as { sqlState?: unknown }).sqlState;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    ...(CODE_ERRORS.has(error.name) && { message: error.message }),
    at: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}
