/** Packs as they stand in profiles/programs, and packs that must not load. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { loadRulePacks } from '../../src/programs/rule-pack.ts';

const PACKS = fileURLToPath(new URL('../../profiles/programs', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../profiles/package', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mentoring-fhir-packs-'));
  cpSync(PACKS, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Pack {
  program: string;
  profiles: { base: string; add: string }[];
  rules: { id: string; severity: string }[];
}
const readPack = (): Pack => JSON.parse(readFileSync(join(folder, 'va-hr-csa.json'), 'utf8')) as Pack;
const writePack = (pack: unknown, name = 'va-hr-csa.json') => writeFileSync(join(folder, name), JSON.stringify(pack));

describe('the packs of the guide', () => {
  test('the four programs and the advisory rules', () => {
    assert.deepEqual([...loadRulePacks(PACKS).keys()].sort(), [
      'common',
      'ct-dcf-tss',
      'masshealth-cbhi',
      'state-cys',
      'va-hr-csa',
    ]);
  });

  test('every profile they add is in the compiled guide', () => {
    const compiled = new Set(readdirSync(PACKAGE));
    const named = [...loadRulePacks(PACKS).values()].flatMap(({ profiles }) =>
      profiles.flatMap(({ base, add }) => [base, add]),
    );
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((id) => !compiled.has(`StructureDefinition-${id}.json`)),
      [],
    );
  });

  test('every program-specific profile of the guide is added by a pack', () => {
    const programs = /-(state-cys|masshealth-cbhi|va-hr-csa|ct-dcf-tss)\.json$/;
    const compiled = readdirSync(PACKAGE).filter(
      (name) => name.startsWith('StructureDefinition-') && programs.test(name),
    );
    const added = new Set([...loadRulePacks(PACKS).values()].flatMap(({ profiles }) => profiles.map(({ add }) => add)));
    assert.ok(compiled.length >= 14);
    assert.deepEqual(
      compiled.map((name) => name.slice('StructureDefinition-'.length, -'.json'.length)).filter((id) => !added.has(id)),
      [],
    );
  });

  test('a fifth program is one file more', () => {
    writePack({ ...readPack(), program: 'test-county' }, 'test-county.json');
    assert.equal(loadRulePacks(folder).get('test-county')?.severities.get('HRC-021'), 'error');
  });
});

describe('packs that must not load', () => {
  const refused: [what: string, change: (pack: Pack) => unknown, told: RegExp][] = [
    [
      'an unknown rule',
      (pack) => ({ ...pack, rules: [...pack.rules, { id: 'HRC-999', severity: 'error' }] }),
      /va-hr-csa\.json.*no rule HRC-999/s,
    ],
    [
      'an unknown severity',
      (pack) => ({ ...pack, rules: [{ id: 'HRC-021', severity: 'fatal' }] }),
      /va-hr-csa\.json.*severity/s,
    ],
    [
      'a rule twice',
      (pack) => ({ ...pack, rules: [...pack.rules, { id: 'HRC-021', severity: 'warning' }] }),
      /HRC-021 stands twice/,
    ],
    [
      'a program of another pack',
      (pack) => ({ ...pack, program: 'ct-dcf-tss' }),
      /two packs for the program ct-dcf-tss/,
    ],
    ['no profiles', ({ profiles: _none, ...pack }) => pack, /profiles/],
  ];
  for (const [what, change, told] of refused) {
    test(what, () => {
      writePack(change(readPack()));
      assert.throws(() => loadRulePacks(folder), told);
    });
  }
});
