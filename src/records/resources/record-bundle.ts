/**
 * A record on its way to FHIR: the resources that its map makes of it, still without ids.
 */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import {
  type CompiledMap,
  type JsonObject,
  type LineageRow,
  type MapLibrary,
  MapRunError,
} from '../../mapping/map-library.ts';
import { RecordRefused } from '../record-refused.ts';
import type { Agency } from '../records-parts.ts';
import { keyText, parseSourceUrn, type SourceKey } from './source-urn.ts';

/** One resource of the record; references in it still read `urn:mentoring:…`. */
export interface MappedEntry {
  key: SourceKey;
  resource: Resource;
  /** Place in the map's Bundle, for lineage. */
  index: number;
}

/** The map under its URL; throws when it is not loaded, which is a mistake of ours. */
export function requireMap(maps: MapLibrary, url: string): CompiledMap {
  const map = maps.map(url);
  if (!map) throw new Error(`The map ${url} is not loaded`);
  return map;
}

/** `url|version`, as stored with the record and named by Provenance. */
export const mapVersion = (map: CompiledMap): string => `${map.url}|${map.version}`;

/** Runs the map. Throws RecordRefused for a record that it can not turn into FHIR without loss. */
export function mapRecord(map: CompiledMap, record: JsonObject, agency: Agency): MappedEntry[] {
  const bundle = run(map, record, agency) as unknown as Bundle;
  const seen = new Set<string>();
  return (bundle.entry ?? []).map(({ fullUrl, resource }, index) => {
    const key = parseSourceUrn(fullUrl);
    if (!key || !resource)
      throw new Error(`${map.file}: entry ${index} needs a resource and a fullUrl urn:mentoring:…`);
    if (seen.has(keyText(key))) throw new Error(`${map.file}: ${fullUrl} is written twice`);
    seen.add(keyText(key));
    return { key, resource, index };
  });
}

function run(map: CompiledMap, record: JsonObject, agency: Agency): JsonObject {
  try {
    return targetOf(map, map.run(sourcesOf(map, record, agency)).targets);
  } catch (error) {
    if (!(error instanceof MapRunError)) throw error;
    const field = error.sourcePath;
    throw new RecordRefused([
      {
        severity: 'error',
        code: 'processing',
        message: `The record can not be turned into FHIR: ${error.message}`,
        ...(field && { field }),
      },
    ]);
  }
}

/** Where each element of the Bundle came from; only asked for when a finding needs its field. */
export const lineageOf = (map: CompiledMap, record: JsonObject, agency: Agency): LineageRow[] =>
  map.run(sourcesOf(map, record, agency), { lineage: true }).lineage;

/** The values for a map's source parameters: the first is the record or Bundle, one named `agency` the agency. */
export function sourcesOf(map: CompiledMap, first: JsonObject, agency: Agency): Record<string, JsonObject> {
  const { identifierBase, organizationId } = agency;
  return Object.fromEntries(
    map.sources.map(({ name }, index) => [name, index === 0 ? first : { identifierBase, organizationId }]),
  );
}

/** The value of the map's one target. */
export function targetOf(map: CompiledMap, targets: Record<string, JsonObject>): JsonObject {
  const name = map.targets[0]?.name;
  const target = name === undefined ? undefined : targets[name];
  if (!target) throw new Error(`${map.file} has no target`);
  return target;
}
