/**
 * Every rule of the catalogue finds its facts: what it reads is written by some field of some record.
 *
 * Catalogue: profiles/programs/catalogue.json; table: catalogue-fields.ts. The lineage of the real maps over the golden
 * records shows which field writes which element.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Engines, loadEngines } from '../../src/engines.ts';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { fieldRows } from '../../src/records/description/describe-records.ts';
import { RECORD_KINDS, recordKind } from '../../src/records/record-kinds.ts';
import { requireMap } from '../../src/records/resources/record-bundle.ts';
import { NOT_FROM_RECORDS, RULE_FIELDS } from './catalogue-fields.ts';
import { ROOT } from './service.ts';

interface Rule {
  id: string;
  fhir?: { resource?: string; element?: string; extension?: string };
}

const catalogue = JSON.parse(readFileSync(join(ROOT, 'profiles/programs/catalogue.json'), 'utf8')) as Record<
  'rules' | 'structural' | 'external',
  Rule[]
>;
const rules = [...catalogue.rules, ...catalogue.structural, ...catalogue.external];

let engines: Engines;
/** `kind.field` → types of the resources it writes into. */
const writes = new Map<string, Set<string>>();
/** kind → ids of the extensions of ours that its map writes. */
const extensions = new Map<string, Set<string>>();

beforeAll(() => {
  engines = loadEngines(ROOT);
  for (const kind of RECORD_KINDS) {
    const map = requireMap(engines.maps, kind.toFhir);
    for (const { src, agency } of goldenInputs(kind.singular)) {
      const { targets, lineage } = map.run({ src, agency }, { lineage: true });
      const bundle = targets.bundle as unknown as { entry: { resource: { resourceType: string } }[] };
      for (const { source, target } of lineage) {
        const entry = /^bundle\.entry\[(\d+)\]\.resource\./.exec(target)?.[1];
        if (source === undefined || entry === undefined || !source.startsWith('src.')) continue;
        const field = `${kind.kind}.${source.slice(4).replace(/\[\d+\]/g, '')}`;
        const type = bundle.entry[Number(entry)]?.resource.resourceType ?? '';
        writes.set(field, (writes.get(field) ?? new Set()).add(type));
      }
      const found = extensions.get(kind.kind) ?? new Set();
      for (const [, id] of JSON.stringify(bundle).matchAll(/StructureDefinition\/(tm-[a-z-]+)"/g)) found.add(id ?? '');
      extensions.set(kind.kind, found);
    }
  }
});

function goldenInputs(singular: string): { src: JsonObject; agency: JsonObject }[] {
  const folder = join(ROOT, 'test/golden', `${singular}-to-fhir`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.input.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

test('every rule has its row, and every row its rule', () => {
  expect([...Object.keys(RULE_FIELDS), ...Object.keys(NOT_FROM_RECORDS)].sort()).toEqual(
    rules.map(({ id }) => id).sort(),
  );
  expect(rules.length).toBeGreaterThan(190);
});

describe.each(Object.entries(RULE_FIELDS))('%s', (id, fields) => {
  test(`is served by ${fields.join(', ')}`, () => {
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) {
      const [kind = '', ...path] = field.split('.');
      const rows = fieldRows(engines.schemas.model(recordKind(kind).kind).fields);
      expect(rows.map(({ name }) => name.replaceAll('[]', ''))).toContain(path.join('.'));
      expect([field, [...(writes.get(field) ?? [])].length > 0]).toEqual([field, true]);
    }
    const rule = rules.find((one) => one.id === id);
    const named = rule?.fhir?.resource?.match(/[A-Z][A-Za-z]+/g) ?? [];
    const types = named.filter((name) => RECORD_TYPES.has(name));
    const written = fields.flatMap((field) => [...(writes.get(field) ?? [])]);
    if (types.length > 0) expect(types.some((type) => written.includes(type))).toBe(true);

    const asked = `${rule?.fhir?.element ?? ''} ${rule?.fhir?.extension ?? ''}`;
    const extensionIds = [...asked.matchAll(/(?:extension\(|^| )(tm-[a-z-]+)/g)].map(([, name]) => name ?? '');
    const kinds = fields.map((field) => field.split('.')[0] ?? '');
    for (const extension of extensionIds.filter(
      (one) => engines.definitions.structure(profile(one))?.type === 'Extension',
    )) {
      expect([extension, kinds.some((kind) => extensions.get(kind)?.has(extension))]).toEqual([extension, true]);
    }
  });
});

const profile = (id: string): string => `https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/${id}`;

const RECORD_TYPES = new Set(
  RECORD_KINDS.flatMap(({ main, withRecordId, parts }) => [
    main as string,
    ...withRecordId,
    ...parts.map(({ resourceType }) => resourceType as string),
  ]),
);
