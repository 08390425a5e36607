/** Tables of maps that must not load: each row names the place and the sentence of the first problem. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { loadMaps } from '../../src/mapping/load-maps.ts';
import { MapLoadError, type MapProblem } from '../../src/mapping/map-library.ts';
import { conceptMap, definitions } from './support.ts';

/** The problems of one file; none when it loads. */
export function problemsOf(text: string): readonly MapProblem[] {
  try {
    loadMaps([{ file: 'test.map', text }], {
      definitions: definitions(),
      conceptMaps: [conceptMap('kinds', ['x > y'])],
    });
  } catch (error) {
    assert.ok(error instanceof MapLoadError, String(error));
    return error.problems;
  }
  return [];
}

export type Row = [title: string, text: string, line: number, column: number, message: RegExp];

/** `wrap` turns the text of a row into a whole file. */
export function table(name: string, rows: readonly Row[], wrap: (text: string) => string): void {
  describe(name, () => {
    for (const [title, text, line, column, message] of rows) {
      test(title, () => {
        const problems = problemsOf(wrap(text));
        assert.match(problems.map((p) => p.message).join('\n'), message);
        const [first] = problems;
        assert.deepEqual(
          [first?.file, first?.line, first?.column],
          ['test.map', line, column],
          JSON.stringify(problems),
        );
      });
    }
  });
}
