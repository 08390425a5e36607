/**
 * The SQL engine on a PostgreSQL server (15 or newer), by a pool of `pg` connections.
 *
 * Spec: https://www.postgresql.org/docs/17/errcodes-appendix.html
 *
 * A connection that can not be made, breaks, or does not answer in time becomes StoreUnavailable; nothing is retried
 * then, because the statement may have been carried out. A statement that lost a deadlock was not, and is retried.
 */
import pg from 'pg';
import { createEarlyStatistics } from './early-statistics.ts';
import {
  type Row,
  retryWhenGivenUp,
  type SqlEngine,
  SqlError,
  type SqlSession,
  type SqlValue,
  type Statement,
  toParameter,
} from './engine.ts';
import { StoreUnavailable } from './resource-store.ts';

interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with TLS options as libpq writes them. */
  databaseUrl: string;
  /** Most connections held at once. Default 16. */
  poolSize?: number;
  /** Longest wait for a free connection, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number;
  /** Longest a statement may run, in milliseconds. Default 30,000. */
  statementTimeoutMs?: number;
}

/** How much longer than the server's own limit to wait for an answer that may never come. */
const PATIENCE = 1.5;

const INT8 = 20;

/** 64-bit integers as numbers: the store keeps only counts and epoch milliseconds in them where it reads them back. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : (pg.types.getTypeParser as (o: number, f?: string) => never)(oid, format),
};

/** Opens the pool. No connection is made yet: the first statement finds out whether the server is there. */
export function createPostgresEngine(options: PostgresOptions): SqlEngine {
  const { databaseUrl, poolSize = 16, connectTimeoutMs = 5000, statementTimeoutMs = 30_000 } = options;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs * PATIENCE,
    application_name: 'mentoring-fhir',
    keepAlive: true,
    types,
  });
  // An idle connection that breaks is dropped by the pool; without a listener Node would end the process.
  pool.on('error', () => {});

  const engine: SqlEngine = {
    name: 'postgresql',

    async query<R extends object = Row>(statement: Statement): Promise<R[]> {
      const { deadlineMs, writes = 0, ...rest } = statement;
      if (deadlineMs !== undefined) {
        return engine.transaction(async (session) => {
          await session.script(`SET LOCAL statement_timeout = ${Math.ceil(deadlineMs)}`);
          return session.query<R>({ ...rest, deadlineMs });
        });
      }
      const rows = await retryWhenGivenUp(() => run<R>(pool, rest));
      if (writes > 0) statistics.noteRows(writes);
      return rows;
    },

    script: (text) => runScript(pool, text),

    transaction: (work) => retryWhenGivenUp(() => inTransaction(pool, work)),

    close: () => pool.end(),
  };
  const statistics = createEarlyStatistics(engine);
  return engine;
}

async function inTransaction<T>(pool: pg.Pool, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(rethrow);
  // A connection that breaks between two statements reports it here; the next statement fails by itself.
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await runScript(client, 'BEGIN');
    const result = await work({
      query: (statement) => run(client, statement),
      script: (text) => runScript(client, text),
    });
    await runScript(client, 'COMMIT');
    return result;
  } catch (error) {
    await runScript(client, 'ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

const ignore = (): void => {};

async function run<R extends object = Row>(on: pg.Pool | pg.PoolClient, statement: Statement): Promise<R[]> {
  const values = statement.values.map(toPgValue);
  const config = {
    text: statement.text,
    values,
    ...(statement.name && { name: statement.name }),
    ...(statement.deadlineMs !== undefined && { query_timeout: statement.deadlineMs * PATIENCE }),
  };
  const result = await on.query<R & pg.QueryResultRow>(config).catch(rethrow);
  return result.rows;
}

async function runScript(on: pg.Pool | pg.PoolClient, text: string): Promise<void> {
  await on.query(text).catch(rethrow);
}

function toPgValue(value: SqlValue): string | Buffer | null {
  const parameter = toParameter(value);
  return parameter instanceof Uint8Array
    ? Buffer.from(parameter.buffer, parameter.byteOffset, parameter.byteLength)
    : parameter;
}

const SQL_STATE = /^[0-9A-Z]{5}$/;
/** Connection failures, shutdown, too many connections, out of resources, cancelled by a timeout, read-only standby. */
const UNAVAILABLE = /^(08...|57P0[1-4]|53...|57014|25006)$/;

/** Turns what `pg` throws into SqlError or StoreUnavailable. A driver error without SQLSTATE is a broken connection. */
function rethrow(error: unknown): never {
  const failure = error instanceof Error ? error : new Error(String(error));
  const code = (failure as { code?: unknown }).code;
  if (failure instanceof pg.DatabaseError && typeof code === 'string' && SQL_STATE.test(code)) {
    if (!UNAVAILABLE.test(code)) throw new SqlError(code, failure.message);
    throw new StoreUnavailable(`The database refused to answer (SQLSTATE ${code}).`, { cause: failure });
  }
  throw new StoreUnavailable('The database can not be reached or did not answer in time.', { cause: failure });
}
