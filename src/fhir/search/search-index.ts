/**
 * Extracts from a resource what it can be found by.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#token, #reference, #date, #string
 *
 * Choices: a `code` element is indexed with the system of its required binding, so that `system|code` finds it; a
 * reference to a version counts as one to the resource; references into `contained` and to `urn:` are not indexed; of a
 * Timing only the outer limits count, as R4 says. The store normalises strings.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';
import { BEGINNING_OF_TIME, END_OF_TIME, type IndexEntries, type SearchIndexer } from '../../store/resource-store.ts';
import { parseReference } from '../references.ts';
import { type DateRange, dateRange } from './date-value.ts';
import { type OfferedParameter, searchParametersOf } from './search-parameters.ts';

type Extract = (resource: object, entries: IndexEntries) => void;

/**
 * Builds the indexer that the store calls for every write. Types that are not searched leave no rows. `zone` is the
 * IANA zone that dates without a time zone are meant in; it must be the one that searches use.
 */
export function createSearchIndexer(definitions: Definitions, zone = 'UTC'): SearchIndexer {
  const byType = new Map<string, ReadonlyMap<string, Extract[]>>();
  return (resource: Resource) => {
    const { resourceType } = resource;
    let extractors = byType.get(resourceType);
    if (!extractors) {
      extractors = extractorsByRoot(searchParametersOf(resourceType, definitions), zone);
      byType.set(resourceType, extractors);
    }
    const entries: IndexEntries = { tokens: [], references: [], dates: [], strings: [] };
    for (const property of Object.keys(resource)) {
      const extracts = extractors.get(property);
      if (extracts) for (const extract of extracts) extract(resource, entries);
    }
    return entries;
  };
}

/** By the property a path starts with, so that a resource only pays for the elements it has. */
function extractorsByRoot(parameters: ReadonlyMap<string, OfferedParameter>, zone: string): Map<string, Extract[]> {
  const byRoot = new Map<string, Extract[]>();
  for (const parameter of parameters.values()) {
    for (const path of parameter.paths) {
      const emit = EMITTERS[parameter.kind as keyof typeof EMITTERS](parameter.code, path.codeSystem, zone);
      const extract: Extract = (resource, entries) =>
        path.visit(resource, (value, datatype) => emit(value, datatype, entries));
      const same = byRoot.get(path.root);
      if (same) same.push(extract);
      else byRoot.set(path.root, [extract]);
    }
  }
  return byRoot;
}

type EmitInto = (value: unknown, datatype: string, entries: IndexEntries) => void;
type Emitter = (code: string, codeSystem: string | undefined, zone: string) => EmitInto;

const EMITTERS = {
  token:
    (code, codeSystem) =>
    (value, datatype, { tokens }) => {
      const add = (system: unknown, text: unknown) => {
        if (typeof text !== 'string' || text === '') return;
        tokens.push({ code, system: typeof system === 'string' ? system : undefined, value: text });
      };
      if (typeof value === 'string') add(datatype === 'code' ? codeSystem : undefined, value);
      else if (typeof value === 'boolean') add(undefined, String(value));
      else if (datatype === 'Coding') add((value as Coding).system, (value as Coding).code);
      else if (datatype === 'Identifier') add((value as Valued).system, (value as Valued).value);
      // A phone's `system` is its kind, not a code system: R4 matches the value alone.
      else if (datatype === 'ContactPoint') add(undefined, (value as Valued).value);
      else for (const coding of listOf<Coding>((value as { coding?: unknown }).coding)) add(coding.system, coding.code);
    },
  uri:
    (code) =>
    (value, _datatype, { tokens }) => {
      if (typeof value === 'string') tokens.push({ code, system: undefined, value });
    },
  reference:
    (code) =>
    (value, _datatype, { references }) => {
      for (const target of referenceTargets(value)) references.push({ code, target });
    },
  date:
    (code, _system, zone) =>
    (value, _datatype, { dates }) => {
      const range = rangeOf(value, zone);
      if (range) dates.push({ code, from: range.from, to: range.to });
    },
  string:
    (code) =>
    (value, datatype, { strings }) => {
      for (const text of textsOf(value, datatype)) strings.push({ code, value: text });
    },
} satisfies Record<string, Emitter>;

interface Coding {
  system?: unknown;
  code?: unknown;
}
interface Valued {
  system?: unknown;
  value?: unknown;
}

const listOf = <T extends object>(value: unknown): T[] =>
  Array.isArray(value) ? value.filter((item): item is T => typeof item === 'object' && item !== null) : [];

function referenceTargets(value: unknown): string[] {
  if (typeof value === 'string') {
    // A canonical is found with and without its version.
    const [url = ''] = value.split('|', 1);
    return url === value ? [value] : [value, url];
  }
  const literal = (value as { reference?: unknown }).reference;
  if (typeof literal !== 'string') return [];
  const reference = parseReference(literal);
  if (reference.kind === 'local') return [`${reference.resourceType}/${reference.id}`];
  return reference.kind === 'external' ? [literal] : [];
}

function rangeOf(value: unknown, zone: string): DateRange | undefined {
  if (typeof value === 'string') return dateRange(value, zone);
  const { event, repeat } = value as { event?: unknown; repeat?: { boundsPeriod?: object } };
  if (event === undefined && repeat === undefined) return periodRange(value as Period, zone);
  const ranges = (Array.isArray(event) ? event : []).flatMap((at) => dateRange(String(at), zone) ?? []);
  const bounds = repeat?.boundsPeriod && periodRange(repeat.boundsPeriod, zone);
  if (bounds) ranges.push(bounds);
  if (ranges.length === 0) return undefined;
  return { from: Math.min(...ranges.map((r) => r.from)), to: Math.max(...ranges.map((r) => r.to)) };
}

interface Period {
  start?: unknown;
  end?: unknown;
}

/** An end that is missing is open. A period without both says nothing. */
function periodRange({ start, end }: Period, zone: string): DateRange | undefined {
  const first = typeof start === 'string' ? dateRange(start, zone) : undefined;
  const last = typeof end === 'string' ? dateRange(end, zone) : undefined;
  if (!first && !last) return undefined;
  return { from: first?.from ?? BEGINNING_OF_TIME, to: last?.to ?? END_OF_TIME };
}

const PARTS: Record<string, readonly string[]> = {
  HumanName: ['text', 'family', 'given', 'prefix', 'suffix'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};

function textsOf(value: unknown, datatype: string): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  const parts = PARTS[datatype] ?? [];
  return parts.flatMap((part) => {
    const text = (value as Record<string, unknown>)[part];
    return (Array.isArray(text) ? text : [text]).filter(
      (item): item is string => typeof item === 'string' && item !== '',
    );
  });
}
