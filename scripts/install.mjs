/**
 * Makes a bare checkout ready: installs what package-lock.json names, when it is not there yet.
 *
 * Plain JavaScript that runs on Node 20, because it runs before anything is installed. `demo` and `start` need the
 * run-time packages only; `--dev` (from `npm test`) adds the tools. What was installed is remembered beside the
 * packages, with the hash of the lockfile, so that a second run costs milliseconds.
 *
 * Node 24 comes with the packages: npm puts node_modules/.bin first on the PATH of the script that follows.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const receipt = join(root, 'node_modules', '.mentoring-fhir-install.json');
const wantsTools = process.argv.includes('--dev');

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!isInstalled()) install();

function isInstalled() {
  if (!existsSync(receipt)) return false;
  const installed = JSON.parse(readFileSync(receipt, 'utf8'));
  return installed.lockHash === lockHash && (installed.tools || !wantsTools);
}

function install() {
  const omit = wantsTools ? [] : ['--omit=dev'];
  console.log(`Installing ${wantsTools ? 'packages and tools' : 'packages'} (once; about half a minute) …`);
  // npm tells its scripts where it is; without it, the one on the PATH.
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command[0], [...command[1], 'ci', ...omit, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, npm_config_omit: undefined, NODE_ENV: undefined },
  });
  if (done.status !== 0) {
    console.error('\nInstalling failed. Is the npm registry within reach? `npm ci` shows the details.');
    process.exit(1);
  }
  buildIndex();
  writeFileSync(receipt, JSON.stringify({ lockHash, tools: wantsTools }));
}

/** R4's definitions in one file that a start opens in milliseconds; a start without it would build it then. */
function buildIndex() {
  const bundled = join(root, 'node_modules', '.bin', 'node');
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
  const node = isNewEnough ? process.execPath : bundled;
  if (!existsSync(node)) {
    console.error(`\nNode 24 did not come with the packages (node_modules/.bin/node). Install Node 24 and try again.`);
    process.exit(1);
  }
  const done = spawnSync(node, [join(root, 'scripts', 'build-definition-index.ts')], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(1);
}
