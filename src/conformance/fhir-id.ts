/**
 * The grammar of ids, of type names, and of references to resources of this server.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#id, https://hl7.org/fhir/R4/references.html#literal
 *
 * Any name of the right form is taken for a type: which types are served is said elsewhere.
 */

/** An id, for use within a larger pattern. */
export const ID_PATTERN = '[A-Za-z0-9.-]{1,64}';
/** A type name, for use within a larger pattern. */
export const TYPE_PATTERN = '[A-Z][A-Za-z]{1,63}';

const ID = new RegExp(`^${ID_PATTERN}$`);
const TYPE = new RegExp(`^${TYPE_PATTERN}$`);
const LOCAL = new RegExp(`^(${TYPE_PATTERN})/(${ID_PATTERN})(?:/_history/(${ID_PATTERN}))?$`);

/** True for 1 to 64 letters, digits, `-` and `.`. */
export const isFhirId = (text: string): boolean => ID.test(text);

/** True for what has the form of a type name, such as `Patient`. */
export const isTypeName = (text: string): boolean => TYPE.test(text);

export interface LocalReference {
  resourceType: string;
  id: string;
  /** Of `Type/id/_history/versionId`. */
  versionId: string | undefined;
}

/** The parts of `Type/id` and `Type/id/_history/versionId`; undefined for any other reference. */
export function parseLocalReference(text: string): LocalReference | undefined {
  const [, resourceType, id, versionId] = LOCAL.exec(text) ?? [];
  return resourceType !== undefined && id !== undefined ? { resourceType, id, versionId } : undefined;
}
