/**
 * The Prefer header: what a client would like in the answer.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#ops (return), https://hl7.org/fhir/R4/search.html#errors (handling),
 *       https://www.rfc-editor.org/rfc/rfc7240
 *
 * A preference that is unknown or misspelt is no preference: RFC 7240 asks to ignore it.
 */
export interface Preferences {
  /** Default 'representation', as most servers answer. */
  return: 'minimal' | 'representation' | 'OperationOutcome';
  /** False when `return` is the default: batch and transaction answer without resources unless asked. */
  returnStated: boolean;
  /** Default 'strict': see docs/adr. */
  handling: 'strict' | 'lenient';
  respondAsync: boolean;
}

const RETURNS = ['minimal', 'representation', 'OperationOutcome'] as const;

/** Reads the header; of a preference named twice the first counts. */
export function parsePrefer(header: string | string[] | undefined): Preferences {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  const found = new Map<string, string>();
  for (const part of text.split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2);
    const key = name.trim().toLowerCase();
    if (!found.has(key)) found.set(key, value.trim().replace(/^"(.*)"$/, '$1'));
  }
  const stated = RETURNS.find((known) => known === found.get('return'));
  return {
    return: stated ?? 'representation',
    returnStated: stated !== undefined,
    handling: found.get('handling') === 'lenient' ? 'lenient' : 'strict',
    respondAsync: found.has('respond-async'),
  };
}
