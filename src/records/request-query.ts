/**
 * The query of a request, strictly: an unknown parameter is refused, because a misspelt `onFinding` would otherwise
 * store what should have been refused.
 */
import type { IncomingMessage } from 'node:http';
import { parseQuery } from '../fhir/query.ts';
import { badRequest } from '../outcome/fhir-error.ts';
import type { WriteOptions } from './records-parts.ts';

/** The named parameters that are there. Throws FhirError 400 for unknown and repeated ones, and for broken escapes. */
export function readQuery<Name extends string>(
  request: IncomingMessage,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const at = (request.url ?? '').indexOf('?');
  const found: Partial<Record<Name, string>> = {};
  if (at < 0) return found;
  for (const [name, value] of parseQuery(request.url?.slice(at + 1) ?? '')) {
    const known = names.find((one) => one === name);
    if (known === undefined) {
      const list = names.length > 0 ? `It takes ${names.join(', ')}.` : 'It takes none.';
      throw badRequest('not-supported', `${JSON.stringify(name.slice(0, 60))} is not a parameter here. ${list}`);
    }
    if (known in found) throw badRequest('value', `The parameter ${known} is given twice.`);
    found[known] = value;
  }
  return found;
}

/** A whole number between bounds, or the fallback. Throws FhirError 400. */
export function readCount(
  value: string | undefined,
  fallback: number,
  most: number,
  name: string,
  least: 0 | 1 = 1,
): number {
  if (value === undefined) return fallback;
  const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(count >= least && count <= most))
    throw badRequest('value', `${name} must be a whole number from ${least} to ${most}.`);
  return count;
}

/** `onFinding=refuse` and `history=true`. Throws FhirError 400 for other values. */
export function readWriteOptions(query: { onFinding?: string; history?: string }): WriteOptions {
  const { onFinding, history } = query;
  if (onFinding !== undefined && onFinding !== 'refuse' && onFinding !== 'store') {
    throw badRequest('value', 'onFinding is either store (the default) or refuse.');
  }
  if (history !== undefined && history !== 'true' && history !== 'false') {
    throw badRequest('value', 'history is either true or false.');
  }
  return { ...(onFinding === 'refuse' && { onFinding }), ...(history === 'true' && { history: true }) };
}
