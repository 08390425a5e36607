/**
 * How the tests run: every test/**\/*.test.ts in its own process, on at most two at a time.
 *
 * Forks and not threads: the embedded store runs in a worker thread with its own 300 MB of WebAssembly memory, and a
 * crash in one file must not take the others along. Times are generous because a first start of the embedded store
 * takes seconds on a small machine; no test measures time.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-global.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 20_000,
  },
});
