/**
 * The form in which strings are compared: without case, accents, punctuation and doubled spaces.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#string
 *
 * Letters that Unicode does not decompose but people type without their stroke (ø, ł, đ) count as accented too.
 */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
};

/** `"  O'Brien-Núñez "` becomes `"obriennunez"`. May be empty: a value of punctuation only. */
export function normaliseString(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      // Down, up and down again: ẞ becomes ß, that SS, and the lower case of that is what "Strasse" has too.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(/[øłđħæœıς]/gu, (letter) => UNDECOMPOSED[letter] ?? letter)
      .replace(/[\p{P}\p{M}`´ʼ]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}
