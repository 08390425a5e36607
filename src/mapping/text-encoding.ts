/**
 * FHIRPath's `encode(format)` and `decode(format)`, over the UTF-8 bytes of a text.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#additional-string-functions
 *
 * Ours, because fhirpath.js works on Latin-1: it refuses 'é“👍' and gives a decoded UTF-8 text back in pieces.
 */

const FORMATS: Readonly<Record<string, { encoding: BufferEncoding; form: RegExp }>> = {
  base64: { encoding: 'base64', form: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/ },
  urlbase64: { encoding: 'base64url', form: /^[A-Za-z0-9_-]*={0,2}$/ },
  hex: { encoding: 'hex', form: /^(?:[0-9a-fA-F]{2})*$/ },
};

export const ENCODING_FORMATS: readonly string[] = Object.keys(FORMATS);

/** The text in the format, or undefined for an unknown format. */
export function encodeText(text: string, format: string): string | undefined {
  const known = FORMATS[format];
  return known && Buffer.from(text, 'utf8').toString(known.encoding);
}

/** The text that was encoded, or undefined when this is not that format or its bytes are not UTF-8. */
export function decodeText(encoded: string, format: string): string | undefined {
  const known = FORMATS[format];
  const compact = encoded.replace(/\s/g, '');
  if (!known?.form.test(compact)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, known.encoding));
  } catch {
    return undefined;
  }
}
