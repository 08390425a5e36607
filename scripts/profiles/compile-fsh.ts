/**
 * Runs SUSHI over the FSH sources and returns the compiled resources.
 *
 * Spec: https://hl7.org/fhir/uv/shorthand/, tool: https://fshschool.org/docs/sushi/running/
 *
 * SUSHI is given a HOME with the core package (assemble-core-package.ts) and a registry address where nothing
 * listens, so a compile reads nothing but this checkout and gives the same result with and without a network.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface FhirResource {
  resourceType: string;
  id: string;
  [element: string]: unknown;
}

export interface CompileOptions {
  /** Folder with `sushi-config.yaml` and `fsh/`. */
  source: string;
  /** Folder that holds `.fhir/packages`, see assembleCorePackage. */
  home: string;
}

/**
 * Refused at once, where a registry that does not answer would be waited for: of packages, and of SUSHI's own version,
 * for which it would also run npm, were there a PATH to find it.
 */
const NO_REGISTRY = 'http://127.0.0.1:9';
const OFFLINE = { PATH: '', FPL_REGISTRY: NO_REGISTRY, HTTPS_PROXY: NO_REGISTRY };

/**
 * Compiles the guide.
 *
 * @returns every resource SUSHI wrote, StructureDefinitions with snapshots, sorted by file name
 * @throws Error with SUSHI's own messages when it reports an error
 */
export function compileFsh({ source, home }: CompileOptions): FhirResource[] {
  const build = mkdtempSync(join(tmpdir(), 'build-profiles-'));
  try {
    cpSync(join(source, 'sushi-config.yaml'), join(build, 'sushi-config.yaml'));
    mkdirSync(join(build, 'input'));
    cpSync(join(source, 'fsh'), join(build, 'input', 'fsh'), { recursive: true });
    const run = spawnSync(process.execPath, [sushi(), 'build', '--snapshot', build], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { HOME: home, USERPROFILE: home, NO_COLOR: '1', ...OFFLINE },
    });
    const log = `${run.stdout}${run.stderr}`;
    const problems = problemsIn(log);
    if (run.status !== 0 || problems.length > 0) {
      throw new Error(`SUSHI refused the sources:\n${problems.join('\n') || log}`);
    }
    return readResources(join(build, 'fsh-generated', 'resources'));
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

function sushi(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('fsh-sushi/package.json');
  const { bin } = require(manifest) as { bin: { sushi: string } };
  return join(dirname(manifest), bin.sushi);
}

/** Warnings about what SUSHI would like to fetch, and about settings that only package-files.ts reads. */
const NOT_OURS = /hl7\.(terminology|fhir\.uv)\.|latest version of sushi|FSHOnly property/;

/** The errors in SUSHI's log, and the warnings: a source that compiles with a warning has a mistake in it. */
function problemsIn(log: string): string[] {
  const lines = log.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^(error|warn) /.test(line) || NOT_OURS.test(line)) return [];
    const place = lines.slice(at + 1, at + 3).filter((next) => /^\s+(File|Line):/.test(next));
    return [[line, ...place].join('\n')];
  });
}

function readResources(folder: string): FhirResource[] {
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as FhirResource);
}
