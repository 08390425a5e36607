/**
 * Planner statistics while the tables are young.
 *
 * Spec: https://www.postgresql.org/docs/17/planner-stats.html
 *
 * Without statistics every index that starts with the tenant looks equally good, and a prepared statement keeps the
 * wrong one: on 12,000 rows a lookup by primary key took 7 ms instead of 0.03. A server's autovacuum comes by once a
 * minute at best and the embedded engine has none, so the first statistics are gathered after a few hundred rows and
 * again each time the rows written have doubled.
 */
import type { SqlSession } from './engine.ts';

const FIRST_AFTER_ROWS = 500;
/** From here on autovacuum, or the embedded engine's own rounds, come often enough. */
const LAST_AFTER_ROWS = 200_000;
const DEADLINE_MS = 5 * 60_000;

interface EarlyStatistics {
  /** Told after each statement how many rows it wrote, roughly. Returns at once; the work is done in the background. */
  noteRows(rows: number): void;
}

export function createEarlyStatistics(session: SqlSession): EarlyStatistics {
  let written = 0;
  let next = FIRST_AFTER_ROWS;
  return {
    noteRows(rows) {
      written += rows;
      if (written < next || next > LAST_AFTER_ROWS) return;
      next = written * 2;
      // A failure only means that plans stay as they are: the database went away, or its user may not analyze.
      forEachTable(session, 'ANALYZE', DEADLINE_MS).catch(() => {});
    },
  };
}

/** Runs `command table` for every table of the store, one after the other, so that other statements get in between. */
export async function forEachTable(
  session: SqlSession,
  command: 'ANALYZE' | 'VACUUM (ANALYZE)',
  deadlineMs: number,
): Promise<void> {
  const tables = await session.query<{ name: string }>({
    text: 'SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename',
    values: [],
  });
  for (const { name } of tables) await session.query({ text: `${command} ${name}`, values: [], deadlineMs });
}
