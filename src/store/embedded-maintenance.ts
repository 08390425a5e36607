/**
 * What a PostgreSQL server does in background processes and PGlite, which has one session, does not: gather planner
 * statistics, vacuum, and write checkpoints.
 *
 * Spec: https://www.postgresql.org/docs/17/routine-vacuuming.html, https://www.postgresql.org/docs/17/wal-configuration.html
 *
 * One table at a time, so that other statements get in between. Statistics are gathered early while the tables are
 * small and then at every doubling, because a plan made for an empty table is a bad one for a full table.
 */
import type { SqlEngine } from './engine.ts';

export interface Maintenance {
  /** Told after each statement that changed data. */
  noteWrite(): void;
  stop(): void;
}

const FIRST_ANALYZE_AFTER_WRITES = 200;
/** A vacuum of a large table may take minutes; the deadline of ordinary statements does not apply. */
const DEADLINE_MS = 15 * 60_000;

/** Starts looking after `engine` every `intervalMs` milliseconds (default a minute), if there were writes. */
export function createMaintenance(engine: SqlEngine, intervalMs = 60_000): Maintenance {
  let writes = 0;
  let writesAtLastVacuum = 0;
  let nextAnalyze = FIRST_ANALYZE_AFTER_WRITES;
  let running = false;

  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await work();
    } catch {
      // The store was closed or restarted meanwhile. The next round does it.
    } finally {
      running = false;
    }
  };

  const forEachTable = async (command: string): Promise<void> => {
    const tables = await engine.query<{ name: string }>({
      text: `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
      values: [],
    });
    for (const { name } of tables)
      await engine.query({ text: `${command} ${name}`, values: [], deadlineMs: DEADLINE_MS });
  };

  const timer = setInterval(() => {
    if (writes === writesAtLastVacuum) return;
    void inTurn(async () => {
      const upTo = writes;
      await forEachTable('VACUUM (ANALYZE)');
      // Without it the write-ahead log would grow, and a start after a crash take longer, until the next clean stop.
      await engine.query({ text: 'CHECKPOINT', values: [], deadlineMs: DEADLINE_MS });
      writesAtLastVacuum = upTo;
    });
  }, intervalMs);
  timer.unref();

  return {
    noteWrite() {
      writes += 1;
      if (writes < nextAnalyze) return;
      nextAnalyze = writes * 2;
      void inTurn(() => forEachTable('ANALYZE'));
    },
    stop: () => clearInterval(timer),
  };
}
