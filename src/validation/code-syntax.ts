/**
 * Code systems that are a grammar and not a list: their codes are checked by form alone.
 *
 * Spec: https://hl7.org/fhir/R4/terminologies-systems.html, RFC 5646 (language tags), RFC 6838 (media types),
 *       https://ucum.org/ucum, ISO 4217, ISO 3166-1
 *
 * Form only: `xx-YY` is a well-formed language tag although there is no such language; units need balanced brackets
 * and UCUM's characters, not known atoms.
 */

/** By canonical URL of the code system: true when `code` has the system's form. */
export const CODE_SYNTAX: ReadonlyMap<string, (code: string) => boolean> = new Map([
  ['urn:ietf:bcp:47', isLanguageTag],
  ['urn:ietf:bcp:13', isMediaType],
  ['http://unitsofmeasure.org', isUnitForm],
  ['urn:iso:std:iso:4217', (code: string) => /^[A-Z]{3}$/.test(code)],
  ['urn:iso:std:iso:3166', (code: string) => /^([A-Z]{2}|[A-Z]{3}|\d{3}|[A-Z]{2}-[A-Z0-9]{1,3})$/.test(code)],
]);

function isLanguageTag(code: string): boolean {
  return /^([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$|^x(-[a-z0-9]{1,8})+$|^i-[a-z]+$/i.test(
    code,
  );
}

/** R4 allows the short forms in some places (CapabilityStatement.format) and binds them to the same ValueSet. */
const SHORT_MEDIA_TYPES = new Set(['json', 'xml', 'ttl', 'html']);

function isMediaType(code: string): boolean {
  if (SHORT_MEDIA_TYPES.has(code)) return true;
  return /^[a-z0-9][a-z0-9!#$&^_.+-]*\/([a-z0-9][a-z0-9!#$&^_.+-]*|\*)( *; *[a-z0-9!#$&^_.+-]+=("[^"]*"|[^;"]+))*$/i.test(
    code,
  );
}

function isUnitForm(code: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(code.replace(/\{[^{}]*\}/g, '{}'))) return false;
  const open: string[] = [];
  const partner: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const character of code) {
    if ('([{'.includes(character)) open.push(character);
    else if (partner[character] && open.pop() !== partner[character]) return false;
  }
  return open.length === 0;
}
