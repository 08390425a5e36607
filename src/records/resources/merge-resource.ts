/**
 * Three-way merge of a resource: what the map wrote before, what is stored now, what the map writes now.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#update says that an update replaces; a record owns only part of a resource.
 *
 * The map owns the elements it writes: its value wins over a partner's, and an element it wrote before and no longer
 * writes goes away. Everything else is a partner's and stays, as long as it is about the same thing: a display that was
 * added to the reference to one youth must never stand at the reference to another. Items of lists are paired by what
 * the map wrote before: equal or enriched by a partner first, then by what identifies an item in FHIR, then by position.
 */
import { isDeepStrictEqual } from 'node:util';
import { asMap, type JsonMap } from './json-map.ts';
import { contains, isSameThing } from './same-thing.ts';

/**
 * Parts of a resource that are no values of their own: whatever the map changes in them, what a partner added beside it
 * is still about the resource. All other objects are merged only while they are about the same thing.
 */
export const OPEN_PARTS: ReadonlySet<string> = new Set(['meta', 'hospitalization', 'context', 'restriction']);

/** The merged resource; its members are in the order of `next`, then the partners'. Nothing handed in is changed. */
export function mergeResource<T>(base: T | undefined, current: T, next: T): T {
  const stored = asMap(current) ?? {};
  const merged = mergeMembers(asMap(base), stored, asMap(next) ?? {}, OPEN_PARTS);
  const { text, ...rest } = merged;
  if (text === undefined || text !== stored.text) return merged as T;
  // A partner's narrative tells the resource as it was: https://hl7.org/fhir/R4/narrative.html
  const { text: _told, meta: _meta, ...told } = stored;
  const { meta, ...now } = rest;
  return (isDeepStrictEqual(told, now) ? merged : rest) as T;
}

/** `open`: members that are merged into each other without asking what they are about. */
function mergeMembers(
  base: JsonMap | undefined,
  current: JsonMap,
  next: JsonMap,
  open: ReadonlySet<string> = new Set(),
): JsonMap {
  const merged: JsonMap = {};
  for (const [name, value] of Object.entries(next)) {
    merged[name] = mergeValues(base?.[name], current[name], value, open.has(name));
  }
  for (const [name, value] of Object.entries(current)) {
    if (name in next || value === undefined || isOfAnotherValue(name, current, next)) continue;
    const kept = partnersPart(base?.[name], value, open.has(name));
    if (kept !== undefined) merged[name] = kept;
  }
  return merged;
}

/** `_birthDate` tells something about `birthDate`, and goes with the value. */
const isOfAnotherValue = (name: string, current: JsonMap, next: JsonMap): boolean =>
  name.startsWith('_') && !isDeepStrictEqual(current[name.slice(1)], next[name.slice(1)]);

function mergeValues(base: unknown, current: unknown, next: unknown, open = false): unknown {
  if (Array.isArray(next))
    return mergeLists(Array.isArray(base) ? base : [], Array.isArray(current) ? current : [], next);
  const [baseMap, currentMap, nextMap] = [asMap(base), asMap(current), asMap(next)];
  if (!nextMap || !currentMap) return next;
  return open || isSameThing(baseMap, currentMap, nextMap) ? mergeMembers(baseMap, currentMap, nextMap) : next;
}

/** What remains of a value that the map does not write (any more): the part a partner added, or undefined. */
function partnersPart(base: unknown, current: unknown, open: boolean): unknown {
  if (base === undefined) return current;
  if (isDeepStrictEqual(base, current)) return undefined;
  if (Array.isArray(current) && Array.isArray(base)) {
    const kept = mergeLists(base, current, []);
    return kept.length > 0 ? kept : undefined;
  }
  const [baseMap, currentMap] = [asMap(base), asMap(current)];
  // What was said of a thing goes with the thing.
  if (!open || !baseMap || !currentMap) return undefined;
  const kept = mergeMembers(baseMap, currentMap, {});
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function mergeLists(base: readonly unknown[], current: readonly unknown[], next: readonly unknown[]): unknown[] {
  const stored = pair(base, current);
  const ownItems = new Set(stored.values());
  const before = pair(next, base);
  const merged = next.map((item, index) => {
    const baseIndex = before.get(index);
    if (baseIndex === undefined) return item;
    const currentIndex = stored.get(baseIndex);
    return currentIndex === undefined ? item : mergeValues(base[baseIndex], current[currentIndex], item);
  });
  const added = current.filter(
    (item, index) => !ownItems.has(index) && !merged.some((own) => isDeepStrictEqual(own, item)),
  );
  return [...merged, ...added];
}

/** For each item of `from` (by index) the item of `to` that stands for the same thing. */
function pair(from: readonly unknown[], to: readonly unknown[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const passes: ((a: unknown, b: unknown, at: number, bt: number) => boolean)[] = [
    (a, b) => isDeepStrictEqual(a, b),
    (a, b) => contains(b, a),
    (a, b) => identity(a) !== undefined && identity(a) === identity(b),
    (a, b, at, bt) => at === bt && identity(a) === undefined && identity(b) === undefined,
  ];
  for (const same of passes) {
    from.forEach((item, at) => {
      if (pairs.has(at)) return;
      const found = to.findIndex((other, bt) => !taken.has(bt) && same(item, other, at, bt));
      if (found < 0) return;
      pairs.set(at, found);
      taken.add(found);
    });
  }
  return pairs;
}

/** What tells an item of a FHIR list from its neighbours; undefined when only its position does. */
function identity(item: unknown): string | undefined {
  const map = asMap(item);
  if (!map) return undefined;
  if (typeof map.id === 'string') return `id ${map.id}`;
  // Identifiers and contact points before extensions: both have a system; an extension only a url.
  if (typeof map.system === 'string') return `system ${map.system} ${String(map.use ?? '')}`;
  if (typeof map.url === 'string') return `url ${map.url}`;
  if (typeof map.reference === 'string') return `reference ${map.reference}`;
  if (Array.isArray(map.coding) && map.coding.length > 0) return `coding ${codingText(map.coding[0])}`;
  return undefined;
}

function codingText(coding: unknown): string {
  const map = asMap(coding);
  return `${String(map?.system)}|${String(map?.code)}`;
}
