/**
 * `npm run profiles`: compiles the FSH in profiles/fsh to profiles/package.
 * `npm run profiles -- --check`: compiles, writes nothing, and fails when the committed package differs.
 *
 * Spec: https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 *
 * The package is committed, so that running the service needs neither SUSHI nor a compile. Definitions lie in
 * profiles/package, example instances in profiles/package/example, as in every FHIR package.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assembleCorePackage } from './profiles/assemble-core-package.ts';
import { compileFsh } from './profiles/compile-fsh.ts';
import { packageFiles } from './profiles/package-files.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'profiles');
const target = join(source, 'package');
const home = join(root, '.cache', 'fhir-packages');

assembleCorePackage(home);
const config = readFileSync(join(source, 'sushi-config.yaml'), 'utf8');
const compiled = packageFiles(compileFsh({ source, home }), config);

if (process.argv.includes('--check')) {
  const differing = differences(compiled);
  if (differing.length > 0) {
    process.stderr.write(`profiles/package differs from its sources. Run "npm run profiles" and commit:\n`);
    process.stderr.write(`${differing.map((line) => `  ${line}`).join('\n')}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`profiles/package is up to date (${compiled.size} files).\n`);
  }
} else {
  rmSync(target, { recursive: true, force: true });
  for (const [name, text] of compiled) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), text);
  }
  process.stdout.write(`Wrote ${compiled.size} files to profiles/package.\n`);
}

/** One line per file that is missing, stale or no longer produced. */
function differences(expected: ReadonlyMap<string, string>): string[] {
  const committed = existsSync(target)
    ? readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    : [];
  const obsolete = committed.filter((name) => !expected.has(name.replaceAll('\\', '/')));
  const changed = [...expected].flatMap(([name, text]) => {
    const path = join(target, name);
    if (!existsSync(path)) return [`missing   ${name}`];
    return readFileSync(path, 'utf8') === text ? [] : [`different ${name}`];
  });
  return [...changed, ...obsolete.map((name) => `obsolete  ${name}`)].sort();
}
