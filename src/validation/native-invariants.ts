/**
 * R4 invariants that are checked by own code: those that occur in every resource, and those that fhirpath.js can not
 * run (dom-3, eld-16, que-7 …) or runs in square time (bdl-7).
 *
 * Spec: https://hl7.org/fhir/R4/domainresource.html#invs, https://hl7.org/fhir/R4/datatypes.html#invs,
 *       https://hl7.org/fhir/R4/bundle.html#invs
 *
 * per-1 compares the earliest start with the latest end, so that a month and a day in it are in order (R5 says it so).
 */
import { isObject, type JsonObject } from './json-value.ts';
import { MAX_DEPTH, type Run } from './run.ts';
import { isSurelyAfter } from './time-bounds.ts';

type Holds = (value: unknown, run: Run) => boolean | string;

/** The check for an R4 invariant by its key; undefined when its expression is to be run. */
export function nativeInvariant(key: string): Holds | undefined {
  return NATIVE.get(key);
}

const NATIVE: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ['dom-2', (value) => contained(value).every((resource) => resource.contained === undefined)],
  ['dom-3', (value) => unreferencedContained(value).length === 0],
  [
    'dom-4',
    (value) =>
      contained(value).every(
        ({ meta }) => !isObject(meta) || (meta.versionId === undefined && meta.lastUpdated === undefined),
      ),
  ],
  ['dom-5', (value) => contained(value).every(({ meta }) => !isObject(meta) || meta.security === undefined)],
  ['per-1', periodInOrder],
  ['qty-3', (value) => !isObject(value) || value.code === undefined || has(value, 'system')],
  ['att-1', (value) => !isObject(value) || value.data === undefined || has(value, 'contentType')],
  ['cpt-2', (value) => !isObject(value) || !has(value, 'value') || has(value, 'system')],
  ['rng-2', rangeInOrder],
  ['sqty-1', (value) => !isObject(value) || !has(value, 'comparator')],
  ['bdl-7', distinctFullUrls],
  // `answer is Boolean` means the FHIR type here; fhirpath.js reads System.Boolean, which data never is.
  ['que-7', (value) => !isObject(value) || value.operator !== 'exists' || has(value, 'answerBoolean')],
  // The patterns of these three have escapes that a JavaScript expression with the u flag refuses.
  ['eld-16', (value) => textMatches(value, 'sliceName', /^[a-zA-Z0-9/\-_[\]@]+$/)],
  ['eld-19', (value) => textMatches(value, 'path', ELEMENT_PATH)],
  ['eld-20', (value) => textMatches(value, 'path', /^[A-Za-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*(\[x\])?)*$/)],
]);

const ELEMENT_PATH = /^[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\.[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\[x\])?(:[^\s.]+)?)*$/;

const has = (object: JsonObject, name: string): boolean =>
  object[name] !== undefined || object[`_${name}`] !== undefined;

function textMatches(value: unknown, name: string, pattern: RegExp): boolean {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text !== 'string' || pattern.test(text);
}

function contained(value: unknown): JsonObject[] {
  return isObject(value) && Array.isArray(value.contained) ? value.contained.filter(isObject) : [];
}

/** A contained resource must be referred to from the container, or refer to it by `#`. */
function unreferencedContained(value: unknown): JsonObject[] {
  const resources = contained(value);
  if (resources.length === 0) return [];
  const local = new Set<string>();
  collectLocalReferences(value, local, 0);
  return resources.filter((resource) => {
    if (typeof resource.id === 'string' && local.has(`#${resource.id}`)) return false;
    const own = new Set<string>();
    collectLocalReferences(resource, own, 0);
    return !own.has('#');
  });
}

function collectLocalReferences(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) found.add(value);
  } else if (depth < MAX_DEPTH && typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) collectLocalReferences(child, found, depth + 1);
  }
}

function periodInOrder(value: unknown): boolean {
  if (!isObject(value) || typeof value.start !== 'string' || typeof value.end !== 'string') return true;
  return !isSurelyAfter(value.start, value.end);
}

/** fhirpath.js can not order Quantities without a unit. Quantities of different units are not compared. */
function rangeInOrder(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.low) || !isObject(value.high)) return true;
  const { low, high } = value;
  if (typeof low.value !== 'number' || typeof high.value !== 'number') return true;
  const sameUnit =
    low.system === high.system && low.code === high.code && (low.code !== undefined || low.unit === high.unit);
  return !sameUnit || low.value <= high.value;
}

function distinctFullUrls(value: unknown): boolean {
  if (!isObject(value) || value.type === 'history' || !Array.isArray(value.entry)) return true;
  const seen = new Set<string>();
  for (const entry of value.entry) {
    if (!isObject(entry) || typeof entry.fullUrl !== 'string') continue;
    const meta = isObject(entry.resource) && isObject(entry.resource.meta) ? entry.resource.meta : {};
    const key = `${entry.fullUrl} ${String(meta.versionId ?? '')}`;
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}
