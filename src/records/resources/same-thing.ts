/**
 * Whether two JSON objects of FHIR are about the same thing, so that what was said of one is still true of the other.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html; a Reference is what it refers to, a Coding its system and code, a
 * CodeableConcept its codings (they all translate one concept), an Identifier, ContactPoint or Quantity its system
 * with its value or code, an Attachment or an Extension with a value its url. An Address, a HumanName, a Period, an item
 * of a list without any of these is the sum of its members: with one of them changed it is another.
 */
import { isDeepStrictEqual } from 'node:util';
import { asMap, type JsonMap } from './json-map.ts';

/** The members that identify an object: all of them where none alone does. */
export function identityOf(object: JsonMap): JsonMap {
  const { system, code, value, reference, coding, url, extension } = object;
  if (typeof system === 'string') return { system, code, value };
  if (typeof reference === 'string') return { reference };
  if (Array.isArray(coding)) return { coding: coding.map((one) => identityOf(asMap(one) ?? {})) };
  if (typeof url === 'string' && extension === undefined) return { url };
  return object;
}

/** True when `whole` has everything `part` has; members that are undefined do not count. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((item) => whole.some((other) => contains(other, item)));
  }
  const partMap = asMap(part);
  if (!partMap) return Object.is(whole, part);
  const wholeMap = asMap(whole);
  return (
    wholeMap !== undefined &&
    Object.entries(partMap).every(([name, value]) => value === undefined || contains(wholeMap[name], value))
  );
}

/**
 * True when the map wrote, and writes, the same thing, and the stored object is still about it: only then may a
 * partner's members stay in it. `base` is undefined where the map writes the object for the first time.
 */
export function isSameThing(base: JsonMap | undefined, current: JsonMap, next: JsonMap): boolean {
  const identity = identityOf(next);
  return contains(current, identity) && (base === undefined || isDeepStrictEqual(identityOf(base), identity));
}
