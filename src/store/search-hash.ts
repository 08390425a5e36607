/**
 * The 64-bit hashes that the search index holds instead of text.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#token, https://hl7.org/fhir/R4/search.html#reference
 *
 * One column then tells the planner how frequent a value of a parameter is, and an index entry is 8 bytes. Two values
 * with the same hash would be taken for each other: among a billion different values the chance of one such pair is
 * about 3 %. Who may see a row is never decided by a hash. See docs/adr/2026-11-hashed-search-index.md.
 */
import { hash } from 'node:crypto';

/** A signed 64-bit integer in decimal. A string, because JavaScript numbers end at 53 bits. */
export type Hash64 = string;

/** U+0000 stands in no FHIR string, so no two lists of parts run together to the same text. */
const SEPARATOR = '\u0000';

/**
 * Hashes made lately. A session's status, class and program, the same mentor and youth come again and again; what is
 * unique (an identifier) only passes through. The whole map is dropped when it is full: simpler than an order of use,
 * and what recurs is back after a few resources.
 */
const lately = new Map<string, Hash64>();
const MOST_KEPT = 20_000;

function hash64(...parts: readonly string[]): Hash64 {
  const text = parts.join(SEPARATOR);
  const known = lately.get(text);
  if (known !== undefined) return known;
  const made = hash('sha256', text, 'buffer').readBigInt64BE(0).toString();
  if (lately.size >= MOST_KEPT) lately.clear();
  lately.set(text, made);
  return made;
}

/** Hash of `Encounter.date`. */
export const paramHash = (resourceType: string, code: string): Hash64 => hash64('param', `${resourceType}.${code}`);

/** For `code` of any system. */
export const valueHash = (resourceType: string, param: string, value: string): Hash64 =>
  hash64('value', `${resourceType}.${param}`, value);

/** For `system|code`; with an empty system for `|code`, a value that has none. */
export const systemValueHash = (resourceType: string, param: string, system: string, value: string): Hash64 =>
  hash64('system-value', `${resourceType}.${param}`, system, value);

/** For `system|`: any code of the system. */
export const systemHash = (resourceType: string, param: string, system: string): Hash64 =>
  hash64('system', `${resourceType}.${param}`, system);

/** Of `Patient/123` or an absolute URL; the same for every parameter, so that a compartment can be followed. */
export const targetHash = (target: string): Hash64 => hash64('target', target);
