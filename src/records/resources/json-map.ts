/**
 * A JSON object whose members are not known.
 */
export type JsonMap = Record<string, unknown>;

/** The value as an object; undefined for lists, null and everything else. */
export const asMap = (value: unknown): JsonMap | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : undefined;
