/** The generated pages say what the sources say, and the sources keep the order of design: no cycles, imports point down. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { generatedPages } from '../scripts/build-docs.ts';
import { folderOf, sourceImports } from '../scripts/source-imports.ts';

describe('generated pages', () => {
  for (const [path, text] of generatedPages()) {
    test(`${path} is up to date`, () => {
      const committed = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
      assert.ok(committed === text, `${path} is not what the sources say: run \`npm run docs\``);
    });
  }
});

describe('imports', () => {
  const imports = sourceImports({ types: true });

  test('there are sources to look at', () => {
    assert.ok(imports.size > 100);
  });

  test('no file imports itself through others', () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const target of imports.get(file) ?? []) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of imports.keys()) walk(file, []);
    assert.deepEqual(cycles, []);
  });

  /** A folder may import folders of the rows below its own, and its neighbours' interfaces. */
  const LAYERS: readonly (readonly string[])[] = [
    ['main'],
    ['start', 'cli'],
    ['service'],
    ['app'],
    ['engines', 'web'],
    ['records'],
    ['fhir'],
    ['programs', 'mapping'],
    ['validation'],
    ['http'],
    ['store'],
    ['privacy', 'config'],
    ['conformance'],
    ['outcome'],
  ];

  test('imports point down', () => {
    const rank = new Map(LAYERS.flatMap((row, index) => row.map((folder) => [folder, index] as const)));
    const upward: string[] = [];
    for (const [file, targets] of imports) {
      for (const target of targets) {
        const [from, to] = [rank.get(folderOf(file)), rank.get(folderOf(target))];
        if (from === undefined || to === undefined) upward.push(`${file} or ${target} is in no layer`);
        else if (folderOf(file) !== folderOf(target) && to <= from) upward.push(`${file} imports ${target}`);
      }
    }
    assert.deepEqual(upward, []);
  });

  test('no folder or file has a name that says nothing', () => {
    const empty = [...imports.keys()].filter((file) =>
      /(^|\/)(utils?|helpers?|common|manager|misc)(\/|\.ts$)/.test(file),
    );
    assert.deepEqual(empty, []);
  });
});
