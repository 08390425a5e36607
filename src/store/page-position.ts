/**
 * The position of a page's last row, as an opaque string that a client hands back for the next page.
 *
 * It holds the values of the sort keys and the id, so the next page starts after that row however many rows came or
 * went meanwhile, and needs no OFFSET. It is not signed here; whoever follows it is authorised like anybody else.
 */
import { badRequest, type FhirError } from '../outcome/fhir-error.ts';

export type PositionValue = string | number;

export const writePosition = (values: readonly PositionValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/**
 * The values of a position. `shape` names the type of each; a position of another shape, as from another search, is
 * refused with a FhirError (400).
 */
export function readPosition(position: string, shape: readonly ('string' | 'number')[]): PositionValue[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(position, 'base64url').toString());
  } catch {
    throw notOurs();
  }
  if (!Array.isArray(values) || values.length !== shape.length) throw notOurs();
  const fits = values.every(
    (value, i) => typeof value === shape[i] && (typeof value === 'string' || Number.isSafeInteger(value)),
  );
  if (!fits) throw notOurs();
  return values as PositionValue[];
}

const notOurs = (): FhirError =>
  badRequest('value', 'The page link does not belong to this search. Start again with the first page.');
