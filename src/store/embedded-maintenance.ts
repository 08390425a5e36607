/**
 * What a PostgreSQL server does in background processes and PGlite, which has one session, does not: vacuum, keep the
 * planner's statistics fresh, and write checkpoints.
 *
 * Spec: https://www.postgresql.org/docs/17/routine-vacuuming.html, https://www.postgresql.org/docs/17/wal-configuration.html
 */
import { createEarlyStatistics, forEachTable } from './early-statistics.ts';
import type { SqlSession } from './engine.ts';

export interface Maintenance {
  /** Told after each statement how many rows it wrote, roughly. */
  noteRows(rows: number): void;
  stop(): void;
}

/** Rows written since the last round that make another one worth its time. */
const WORTH_A_ROUND = 200;
/** A vacuum of a large table may take minutes; the deadline of ordinary statements does not apply. */
const DEADLINE_MS = 15 * 60_000;

/** Looks after the database every `intervalMs` milliseconds (default a minute), if enough was written. */
export function createMaintenance(session: SqlSession, intervalMs = 60_000): Maintenance {
  const early = createEarlyStatistics(session);
  let rowsSince = 0;
  let running = false;

  const round = async (): Promise<void> => {
    if (running || rowsSince < WORTH_A_ROUND) return;
    running = true;
    const upTo = rowsSince;
    try {
      await forEachTable(session, 'VACUUM (ANALYZE)', DEADLINE_MS);
      // Without it the write-ahead log would grow, and a start after a crash take longer, until the next clean stop.
      await session.query({ text: 'CHECKPOINT', values: [], deadlineMs: DEADLINE_MS });
      rowsSince -= upTo;
    } catch {
      // The store was closed or restarted meanwhile. The next round does it.
    } finally {
      running = false;
    }
  };
  const timer = setInterval(() => void round(), intervalMs);
  timer.unref();

  return {
    noteRows(rows) {
      rowsSince += rows;
      early.noteRows(rows);
    },
    stop: () => clearInterval(timer),
  };
}
