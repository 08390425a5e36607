/** The committed package is what its sources compile to: https://fshschool.org/docs/sushi/running/ */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// SUSHI takes some ten seconds; the limit only keeps a hanging compile from holding up the run.
test('profiles/package equals a fresh compile of profiles/fsh', { timeout: 180_000 }, () => {
  const script = fileURLToPath(new URL('../../scripts/build-profiles.ts', import.meta.url));
  const run = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(`${run.stdout}${run.stderr}`).toMatch(/^profiles\/package is up to date \(\d+ files\)\.\n$/);
  expect(run.status).toBe(0);
});
