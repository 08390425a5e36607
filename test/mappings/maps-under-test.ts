/**
 * The committed maps with the definitions they run on, loaded once for a test file, and the two ways through them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import { loadMaps } from '../../src/mapping/load-maps.ts';
import type { CompiledMap, JsonObject } from '../../src/mapping/map-library.ts';
import type { RecordKind } from '../../src/records/record-kinds.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const goldenFolder = join(root, 'test', 'golden');

export const definitions = loadDefinitions({
  cacheDir: join(root, '.cache'),
  packageDirs: [join(root, 'profiles', 'package'), join(root, 'mappings', 'conceptmaps')],
});

export const maps = loadMaps(
  readdirSync(join(root, 'mappings'))
    .filter((name) => name.endsWith('.map'))
    .map((name) => ({ file: `mappings/${name}`, text: readFileSync(join(root, 'mappings', name), 'utf8') })),
  { definitions },
);

export interface Agency {
  identifierBase: string;
  organizationId: string;
}

export const agency: Agency = {
  identifierBase: 'https://harbor-mentoring.example/sid',
  organizationId: 'harbor',
};

/** The map of a canonical URL; fails the test when it is not among the committed ones. */
export function committedMap(url: string): CompiledMap {
  const map = maps.map(url);
  if (!map) throw new Error(`mappings/ has no map ${url}`);
  return map;
}

export function toFhir(kind: RecordKind, src: JsonObject, from: Agency = agency): JsonObject {
  return target(committedMap(kind.toFhir).run({ src, agency: { ...from } }).targets, 'bundle');
}

export function fromFhir(kind: RecordKind, bundle: JsonObject, from: Agency = agency): JsonObject {
  return target(committedMap(kind.fromFhir).run({ bundle, agency: { ...from } }).targets, 'tgt');
}

/** Fields of the record that no rule of its map to FHIR read. */
export function unreadFields(kind: RecordKind, src: JsonObject): string[] {
  return committedMap(kind.toFhir)
    .run({ src, agency: { ...agency } }, { report: true })
    .unread.filter((path) => path.startsWith('src.'));
}

function target(targets: Record<string, JsonObject>, name: string): JsonObject {
  const found = targets[name];
  if (!found) throw new Error(`The map has no target '${name}'`);
  return found;
}

export interface GoldenCase {
  /** Such as `session-to-fhir/no-show`. */
  name: string;
  /** Folder, which is the last part of the map's URL. */
  map: string;
  inputFile: string;
  expectedFile: string;
}

/** Every `<case>.input.json` under test/golden. */
export const goldenCases: readonly GoldenCase[] = readdirSync(goldenFolder)
  .sort()
  .flatMap((map) =>
    readdirSync(join(goldenFolder, map))
      .filter((file) => file.endsWith('.input.json'))
      .sort()
      .map((file) => {
        const name = file.slice(0, -'.input.json'.length);
        return {
          name: `${map}/${name}`,
          map,
          inputFile: join(goldenFolder, map, file),
          expectedFile: join(goldenFolder, map, `${name}.expected.json`),
        };
      }),
  );

export const readJsonFile = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
