/**
 * Golden pairs: every folder of test/golden is a map, every `<case>.input.json` in it has a `<case>.expected.json`.
 *
 * A missing expectation or a map without cases fails: nothing is skipped quietly. An input to FHIR is
 * `{ src, agency }`, one from FHIR is `{ bundle, agency }`.
 *
 * Spec: docs/mapping-language.md
 */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { structureMapUrl } from '../../src/conformance/canonical.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { committedMap, fromFhir, type GoldenCase, goldenCases, goldenFolder, readJsonFile } from './maps-under-test.ts';

const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

function run({ map, inputFile }: GoldenCase): JsonObject | undefined {
  const compiled = committedMap(structureMapUrl(map));
  return Object.values(compiled.run(readJsonFile(inputFile) as Record<string, JsonObject>).targets)[0];
}

describe('golden pairs', () => {
  test.each(goldenCases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    expect(existsSync(golden.expectedFile), `${golden.expectedFile} is missing`).toBe(true);
    expect(run(golden)).toEqual(readJsonFile(golden.expectedFile));
  });

  test('every map to FHIR has at least two', () => {
    const count = (map: string) => goldenCases.filter((golden) => golden.map === map).length;
    expect(RECORD_KINDS.filter((kind) => count(lastPart(kind.toFhir)) < 2).map((kind) => kind.kind)).toEqual([]);
  });

  test('no expectation stands without its input', () => {
    const expected = readdirSync(goldenFolder, { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.expected.json'),
    );
    expect(expected.length).toBe(goldenCases.length);
  });
});

describe('the record of a golden pair to FHIR', () => {
  const cases = RECORD_KINDS.flatMap((kind) =>
    goldenCases
      .filter((golden) => golden.map === lastPart(kind.toFhir))
      .map((golden) => ({ name: golden.name, kind, golden })),
  );

  test.each(cases)('$name comes back as it was', ({ kind, golden }) => {
    const { src, agency } = readJsonFile(golden.inputFile) as unknown as { src: JsonObject; agency: never };
    expect(fromFhir(kind, readJsonFile(golden.expectedFile), agency)).toEqual(src);
  });
});
