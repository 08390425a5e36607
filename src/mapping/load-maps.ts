/**
 * Loads map files into a library of maps that can run.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/mapping-language.html
 *
 * Parse, resolve, compile; every problem of every file is collected into one MapLoadError. A file whose first group
 * leaves its parameters without types is a library for others: it is checked through its callers and can not be run.
 *
 * `#inverse` at the end of a ConceptMap's URL in `translate` asks for the ConceptMap backwards; see translate.ts.
 */
import type { ConceptMap } from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import type { EmbeddedConceptMap, MapFile } from './ast.ts';
import { buildConceptTable, type ConceptTable, INVERSE_SUFFIX } from './concept-table.ts';
import { type LibraryContext, MapCompiler } from './map-compiler.ts';
import { type CompiledMap, type MapLibrary, MapLoadError, type MapSource } from './map-library.ts';
import { parseMap } from './parse-map.ts';
import { type Position, Problems } from './problems.ts';
import { runnableMap } from './run-map.ts';
import { TypeSystem } from './types.ts';

export interface MapDefinitions {
  definitions: Pick<Definitions, 'structure' | 'conceptMap'>;
  /** ConceptMaps besides those of `definitions`; the first with a URL counts. */
  conceptMaps?: readonly ConceptMap[];
}

/**
 * Loads the files as one library: they can import each other. Throws MapLoadError with every problem found in any of
 * them, so a library that loads has nothing in it that the engine does not understand.
 */
export function loadMaps(files: readonly MapSource[], { definitions, conceptMaps = [] }: MapDefinitions): MapLibrary {
  const problems = new Problems();
  const maps = files.flatMap(({ file, text }) => parseMap(file, text, problems) ?? []);
  const urls = new Map<string, MapFile>();
  for (const map of maps) {
    const other = urls.get(map.url);
    if (other) problems.add(map.file, map.at, `the map ${map.url} is also defined in ${other.file}`);
    urls.set(map.url, map);
  }

  const tables = conceptTables(definitions, conceptMaps, problems);
  const compilers = new Map<MapFile, MapCompiler>();
  const imports = new Map(maps.map((map) => [map, importedMaps(map, maps, problems)]));
  const library: LibraryContext = {
    types: new TypeSystem(definitions),
    problems,
    conceptTable: tables,
    imported: (map) => reachable(map, imports).flatMap((m) => compilers.get(m) ?? []),
  };
  for (const map of maps) compilers.set(map, new MapCompiler(map, library));
  for (const compiler of compilers.values()) compiler.checkInputs();

  const runnable: CompiledMap[] = [];
  for (const [map, compiler] of compilers) {
    const entry = compiler.compileEntry();
    if (entry) runnable.push(runnableMap(map, entry.call, entry.types));
  }
  // Only now is it known which groups no other map calls.
  for (const compiler of compilers.values()) compiler.compileRest();
  for (const compiler of compilers.values()) compiler.checkUnreached();

  const found = problems.list();
  if (found.length > 0) throw new MapLoadError(found);
  return {
    maps: runnable,
    map(canonical) {
      const [url, version] = canonical.split('|');
      return runnable.find((m) => m.url === url && (version === undefined || m.version === version));
    },
  };
}

/** The maps that the `imports` of a map name, `*` standing for any text. */
function importedMaps(map: MapFile, maps: readonly MapFile[], problems: Problems): MapFile[] {
  return map.imports.flatMap(({ name, at }) => {
    const pattern = new RegExp(`^${name.split('*').map(escapeRegExp).join('.*')}$`);
    const found = maps.filter((other) => other !== map && pattern.test(other.url));
    if (found.length === 0) problems.add(map.file, at, `no loaded map has the url ${name}`);
    return found;
  });
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function reachable(map: MapFile, imports: ReadonlyMap<MapFile, readonly MapFile[]>): MapFile[] {
  const seen = new Set<MapFile>([map]);
  for (const next of seen) for (const imported of imports.get(next) ?? []) seen.add(imported);
  seen.delete(map);
  return [...seen];
}

/** Looks up and builds tables once each; a ConceptMap that can not be used is a problem wherever a map names it. */
function conceptTables(
  definitions: Pick<Definitions, 'conceptMap'>,
  conceptMaps: readonly ConceptMap[],
  problems: Problems,
): LibraryContext['conceptTable'] {
  const find = (url: string): ConceptMap | undefined =>
    conceptMaps.find((c) => c.url === url) ?? definitions.conceptMap(url);
  const built = new Map<string, { table: ConceptTable; faults: string[] }>();
  return (map: MapFile, url: string, at: Position) => {
    const inverse = url.endsWith(INVERSE_SUFFIX) && url !== INVERSE_SUFFIX;
    const canonical = inverse ? url.slice(0, -INVERSE_SUFFIX.length) : url;
    const embedded = canonical.startsWith('#') ? map.conceptMaps.find((c) => c.id === canonical.slice(1)) : undefined;
    const key = `${embedded ? map.file : ''}${url}`;
    const known = built.get(key);
    if (known) {
      for (const fault of known.faults) problems.add(map.file, at, `ConceptMap ${url}: ${fault}`);
      return known.table;
    }
    const conceptMap = embedded ? asConceptMap(embedded) : find(canonical);
    if (!conceptMap) return problems.add(map.file, at, `the ConceptMap ${canonical} is not known`);
    const faults: string[] = [];
    const table = buildConceptTable(conceptMap, inverse, find, (message) => faults.push(message));
    built.set(key, { table, faults });
    for (const fault of faults) problems.add(map.file, at, `ConceptMap ${url}: ${fault}`);
    return table;
  };
}

function asConceptMap({ id, elements, unmapped }: EmbeddedConceptMap): ConceptMap {
  const pairs = new Map(elements.map((e) => [`${e.source.system}|${e.target.system}`, e]));
  const group = [...pairs.values()].map(({ source, target }) => {
    const rule = unmapped.find((u) => u.system === source.system);
    return {
      source: source.system,
      target: target.system,
      element: elements
        .filter((e) => e.source.system === source.system && e.target.system === target.system)
        .map((e) => ({
          code: e.source.code,
          target: [{ code: e.target.code, equivalence: e.equivalence as 'equivalent' }],
        })),
      ...(rule && { unmapped: { mode: rule.mode, ...(rule.code !== undefined && { code: rule.code }) } }),
    };
  });
  return { resourceType: 'ConceptMap', status: 'active', url: `#${id}`, group };
}
