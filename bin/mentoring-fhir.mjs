#!/usr/bin/env node
/**
 * The `mentoring-fhir` command. Plain JavaScript, so that any Node can run it: it finds Node 24 (the running one, or
 * the one among the packages) and hands over to the sources.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundled = join(root, 'node_modules', '.bin', 'node');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;

if (!isNewEnough && !existsSync(bundled)) {
  console.error('mentoring-fhir needs Node 24. Run `npm ci` in the checkout: it brings Node 24 along.');
  process.exit(3);
}
const node = isNewEnough ? process.execPath : bundled;
const done = spawnSync(node, [join(root, 'src/cli/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'), ...process.env },
});
process.exit(done.status ?? 3);
