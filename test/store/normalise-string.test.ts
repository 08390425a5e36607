/** https://hl7.org/fhir/R4/search.html#string: strings are compared without case, accents and punctuation. */
import { describe, expect, test } from 'vitest';
import { normaliseString } from '../../src/store/normalise-string.ts';

describe('normaliseString', () => {
  const same: [string, ...string[]][] = [
    ['eve', 'Eve', 'EVE', 'ève', 'Ève', 'e\u0301ve'],
    ['obrien', "O'Brien", 'O’Brien', 'Oʼbrien', 'O`Brien'],
    ['maria jose', '  María\t José ', 'MARIA JOSÉ'],
    ['strasse', 'Straße', 'STRASSE', 'STRAẞE'],
    ['lodz', 'Łódź'],
    ['aeroskobing', 'Ærøskøbing'],
    ['istanbul', 'İstanbul', 'ISTANBUL'],
    ['οδυσσευσ', 'ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
    ['smithjones', 'Smith-Jones'],
    ['file', 'ﬁle'],
    ['', '', ' ', '--', '.,;'],
  ];
  for (const [normalised, ...texts] of same) {
    for (const text of texts)
      test(`${JSON.stringify(text)} becomes ${JSON.stringify(normalised)}`, () =>
        expect(normaliseString(text)).toBe(normalised));
  }

  const different: [string, string][] = [
    ['Eve', 'Eva'],
    ['Mary Ann', 'Maryann'],
    ['李', '孪'],
    ['Яна', 'Яня'],
    ['2', '3'],
  ];
  for (const [a, b] of different) {
    test(`${a} and ${b} stay different`, () => expect(normaliseString(a)).not.toBe(normaliseString(b)));
  }

  test('what was normalised once stays as it is', () => {
    for (const [normalised] of same) expect(normaliseString(normalised)).toBe(normalised);
  });
});
