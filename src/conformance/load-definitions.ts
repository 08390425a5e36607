/**
 * Opens the conformance resources in force.
 *
 * Spec: https://hl7.org/fhir/R4/references.html#canonical (`url|version`)
 *
 * Order of precedence for one URL: our package folders, then added packages, then R4 core. A version in a canonical is
 * honoured exactly for packages (`1.0` also finds `1.0.2`); R4 core is one release, so there any version finds it.
 */
import type { CodeSystem, ConceptMap, SearchParameter, StructureDefinition, ValueSet } from '@medplum/fhirtypes';
import {
  buildDefinitionIndex,
  type DefinitionEntry,
  type DefinitionFile,
  openDefinitionFile,
} from './definition-file.ts';
import type { Definitions } from './definitions.ts';
import { type PackageResource, readPackageFolder } from './package-folder.ts';

export interface LoadDefinitionsOptions {
  /** Folder of the definition index; created and filled when needed. */
  cacheDir: string;
  /** Folders of our own resources: what `published` lists. */
  packageDirs: readonly string[];
  /** Folders of packages that an operator added: used, but not published. */
  addedPackageDirs?: readonly string[];
}

/** Types that `published` lists; examples in the package (a Patient, a session) are not conformance resources. */
const CONFORMANCE_TYPES = new Set([
  'CapabilityStatement',
  'CodeSystem',
  'CompartmentDefinition',
  'ConceptMap',
  'ImplementationGuide',
  'Library',
  'Measure',
  'MessageDefinition',
  'NamingSystem',
  'OperationDefinition',
  'Questionnaire',
  'SearchParameter',
  'StructureDefinition',
  'StructureMap',
  'ValueSet',
]);

const CORE_TYPE_BASE = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Loads the definitions: in a few tens of milliseconds when the index is there, in a few seconds when it must be built
 * (first start, new version, damaged file). Throws when a package file is not JSON or the cache can not be written.
 */
export function loadDefinitions(options: LoadDefinitionsOptions): Definitions {
  const own = options.packageDirs.flatMap(readPackageFolder);
  const added = (options.addedPackageDirs ?? []).flatMap(readPackageFolder);
  const packaged = byTypeAndUrl([...own, ...added]);
  const core = openCore(options.cacheDir);
  const parameters = new Map<string, readonly SearchParameter[]>();

  // Validation asks for the same few hundred canonicals millions of times; what is unknown is not kept, so that
  // strangers' URLs do not fill the memory.
  const found = new Map<string, Map<string, unknown>>();
  const find = (resourceType: string, canonical: string): unknown => {
    const known = found.get(resourceType)?.get(canonical);
    if (known !== undefined) return known;
    const resource = search(resourceType, canonical);
    if (resource === undefined) return undefined;
    const ofType = found.get(resourceType) ?? new Map<string, unknown>();
    found.set(resourceType, ofType.set(canonical, resource));
    return resource;
  };
  const search = (resourceType: string, canonical: string): unknown => {
    const [url = '', version] = canonical.split('|', 2);
    const candidates = packaged.get(`${resourceType} ${url}`);
    if (candidates) return candidates.find((candidate) => versionFits(candidate.version, version));
    return core.find(resourceType, url, version);
  };

  return {
    structure: (urlOrType) =>
      find('StructureDefinition', urlOrType.includes(':') ? urlOrType : CORE_TYPE_BASE + urlOrType) as
        | StructureDefinition
        | undefined,
    valueSet: (url) => find('ValueSet', url) as ValueSet | undefined,
    codeSystem: (url) => find('CodeSystem', url) as CodeSystem | undefined,
    conceptMap: (url) => find('ConceptMap', url) as ConceptMap | undefined,
    searchParameters: (resourceType) => {
      const known = parameters.get(resourceType);
      if (known) return known;
      const listed = searchParametersOf(resourceType, [...own, ...added], core);
      parameters.set(resourceType, listed);
      return listed;
    },
    published: (resourceType) =>
      CONFORMANCE_TYPES.has(resourceType) ? own.filter((resource) => resource.resourceType === resourceType) : [],
  };
}

function byTypeAndUrl(resources: readonly PackageResource[]): Map<string, PackageResource[]> {
  const map = new Map<string, PackageResource[]>();
  for (const resource of resources) {
    if (!resource.url) continue;
    const key = `${resource.resourceType} ${resource.url}`;
    const same = map.get(key);
    if (same) same.push(resource);
    else map.set(key, [resource]);
  }
  return map;
}

/** `1.0` asks for any 1.0.x: https://hl7.org/fhir/R4/references.html#canonical lets a canonical name a partial version. */
const versionFits = (has: string | undefined, asked: string | undefined): boolean =>
  asked === undefined || has === asked || (has?.startsWith(`${asked}.`) ?? false);

interface Core {
  find(resourceType: string, url: string, version: string | undefined): unknown;
  searchParameters(bases: ReadonlySet<string>): SearchParameter[];
}

function openCore(cacheDir: string): Core {
  let file = openDefinitionFile(cacheDir) ?? rebuild(cacheDir);
  let byKey = indexEntries(file);
  const parsed = new Map<string, unknown>();

  const read = (entry: DefinitionEntry): unknown => {
    const key = `${entryKey(entry)} ${entry.version}`;
    const known = parsed.get(key);
    if (known) return known;
    let resource: unknown;
    try {
      resource = file.read(entry);
    } catch {
      // Damaged in the middle, which opening does not see: build it anew once and read from there.
      file.close();
      file = rebuild(cacheDir);
      byKey = indexEntries(file);
      const again = byKey.get(entryKey(entry))?.find((candidate) => candidate.version === entry.version);
      if (!again) return undefined;
      resource = file.read(again);
    }
    parsed.set(key, resource);
    return resource;
  };

  return {
    find: (resourceType, url, version) => {
      const entries = byKey.get(`${resourceType} ${url}`);
      const entry = entries?.find((candidate) => candidate.version === version) ?? entries?.at(-1);
      return entry && read(entry);
    },
    searchParameters: (bases) =>
      file.entries
        .filter((entry) => entry.resourceType === 'SearchParameter' && entry.base.some((base) => bases.has(base)))
        .map((entry) => read(entry) as SearchParameter),
  };
}

const entryKey = (entry: DefinitionEntry): string => `${entry.resourceType} ${entry.url}`;

function indexEntries(file: DefinitionFile): Map<string, DefinitionEntry[]> {
  const map = new Map<string, DefinitionEntry[]>();
  for (const entry of file.entries) {
    const same = map.get(entryKey(entry));
    if (same) same.push(entry);
    else map.set(entryKey(entry), [entry]);
  }
  return map;
}

function rebuild(cacheDir: string): DefinitionFile {
  buildDefinitionIndex(cacheDir);
  const file = openDefinitionFile(cacheDir);
  if (!file) throw new Error('The definition index was built but can not be read. Check the disk of the cache folder.');
  return file;
}

/** DomainResource parameters apply to all but the three types that derive from Resource alone. */
function searchParametersOf(
  resourceType: string,
  packages: readonly PackageResource[],
  core: Core,
): readonly SearchParameter[] {
  const bases = new Set([resourceType, 'Resource']);
  if (!['Bundle', 'Binary', 'Parameters'].includes(resourceType)) bases.add('DomainResource');
  const own = packages.filter(
    (resource) =>
      resource.resourceType === 'SearchParameter' &&
      ((resource.base as string[] | undefined) ?? []).some((base) => bases.has(base)),
  ) as unknown as SearchParameter[];
  const ownUrls = new Set(own.map((parameter) => parameter.url));
  return [...own, ...core.searchParameters(bases).filter((parameter) => !ownUrls.has(parameter.url))];
}
