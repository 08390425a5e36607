/**
 * The small SQL surface that the store needs of a database, in PostgreSQL's dialect.
 *
 * Two engines offer it: `postgres-engine.ts` (a server) and `embedded-engine.ts` (PGlite in a worker thread).
 * Values travel as bind parameters and rows come back as plain values: numbers for integers and floats, strings for
 * text, booleans, Uint8Array for bytea. A 64-bit integer beyond 2^53 must be cast to text in the statement.
 */
import { FhirError, issue } from '../outcome/fhir-error.ts';

/** A bind parameter. Lists become PostgreSQL arrays; the statement casts them (`$1::text[]`). */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly (string | number | boolean | null)[];

export type Row = Record<string, unknown>;

export interface Statement {
  /**
   * Set for a statement whose text is fixed and whose best plan does not depend on its values: it is prepared once
   * under this name. Leave it out where the planner should look at the values (searches).
   */
  name?: string;
  text: string;
  values: readonly SqlValue[];
  /** Roughly how many rows the statement writes; statistics and vacuum are planned by it. */
  writes?: number;
  /** Longest time the statement may take, in milliseconds; the engine's own limit when absent. */
  deadlineMs?: number;
}

export interface SqlSession {
  /** Throws SqlError when the database refuses the statement, StoreUnavailable when there is no answer. */
  query<R extends object = Row>(statement: Statement): Promise<R[]>;
  /** Runs several statements without parameters, as one migration file holds them. */
  script(text: string): Promise<void>;
}

export interface SqlEngine extends SqlSession {
  readonly name: 'postgresql' | 'embedded';
  /**
   * Runs `work` in one transaction, which commits when `work` resolves and rolls back when it throws. `work` may run
   * again from the start after a deadlock or serialization failure, so it must not have effects of its own.
   */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What the database says when it refuses a statement. Carries no `detail`: that part may quote stored values. */
export class SqlError extends Error {
  /** Five characters, see https://www.postgresql.org/docs/17/errcodes-appendix.html */
  readonly sqlState: string;

  constructor(sqlState: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SqlError';
    this.sqlState = sqlState;
  }
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const LONGEST_RETRY = 6;

/** Runs `attempt` again when the database gave it up in favour of another transaction; up to six times in all. */
export async function retryWhenGivenUp<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const givenUp =
        error instanceof SqlError && (error.sqlState === SERIALIZATION_FAILURE || error.sqlState === DEADLOCK_DETECTED);
      if (!givenUp || tries === LONGEST_RETRY) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** tries));
    }
  }
}

/**
 * A bind parameter in PostgreSQL's text form; bytes and null stay as they are.
 * https://www.postgresql.org/docs/17/arrays.html#ARRAYS-IO
 *
 * Throws a FhirError (400) for text that PostgreSQL can not hold: the NUL character and lone surrogates.
 */
export function toParameter(value: SqlValue): string | Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'object') return `{${value.map(toArrayElement).join(',')}}`;
  return String(value);
}

function toArrayElement(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  return `"${storable(value).replace(/["\\]/g, '\\$&')}"`;
}

function storable(text: string): string {
  if (text.includes('\u0000') || !text.isWellFormed()) throw unstorableText();
  return text;
}

/** The refusal of text that holds the NUL character or half of a surrogate pair. */
export const unstorableText = (): FhirError =>
  new FhirError(400, [
    issue('value', 'A text holds the NUL character (U+0000) or half of a surrogate pair. Remove it and send again.'),
  ]);
