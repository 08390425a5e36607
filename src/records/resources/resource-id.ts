/**
 * The id of a resource that a record makes for the first time.
 *
 * Spec: https://hl7.org/fhir/R4/datatypes.html#id (1 to 64 of A-Z a-z 0-9 - .)
 *
 * Derived from what the record is, so that two writers who create the same record at once meet in one id and only one
 * of them wins. Later writes never compute it again: the source-id index leads from the record to the resource.
 */
import { sha256Hex } from './canonical-json.ts';
import type { SourceKey } from './source-urn.ts';

/** 128 bits in hex. `variant` tells apart contents of one source id that must not share an id, such as two files. */
export const deterministicId = (tenant: string, key: SourceKey, variant = ''): string =>
  sha256Hex([tenant, key.resourceType, key.sourceId, variant].join('\n')).slice(0, 32);
