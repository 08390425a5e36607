/** How a row of `resource` or `resource_history` becomes a StoredVersion, and a resource becomes its stored text. */
import type { Resource } from '@medplum/fhirtypes';
import { unstorableText } from './engine.ts';
import type { StoredVersion } from './resource-store.ts';

/** The columns every reading statement asks for, in the order of the tables; `r` is the table's alias. */
export const VERSION_COLUMNS = 'r.resource_type, r.id, r.version_id, r.last_updated, r.deleted, r.method, r.content';

export interface VersionRow {
  resource_type: string;
  id: string;
  version_id: number;
  last_updated: number;
  deleted: boolean;
  method: StoredVersion['method'];
  content: string;
}

export const toStoredVersion = (row: VersionRow): StoredVersion => ({
  resourceType: row.resource_type,
  id: row.id,
  versionId: row.version_id,
  lastUpdated: new Date(row.last_updated).toISOString(),
  deleted: row.deleted,
  method: row.method,
  content: row.content,
});

/**
 * The JSON text that is stored and sent: resourceType, id and meta first, the version in place.
 * https://hl7.org/fhir/R4/resource.html#Meta
 *
 * Throws a FhirError (400) when a text of the resource holds U+0000 or half of a surrogate pair, which JSON can spell
 * but no FHIR string may hold.
 */
export function stampedContent(resource: Resource, id: string, versionId: number, lastUpdated: string): string {
  const { resourceType, id: _id, meta, ...rest } = resource as Resource & Record<string, unknown>;
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...otherMeta } = meta ?? {};
  const stamped = { resourceType, id, meta: { versionId: String(versionId), lastUpdated, ...otherMeta }, ...rest };
  const content = JSON.stringify(stamped);
  if (UNSTORABLE_ESCAPE.test(content)) throw unstorableText();
  return content;
}

/** JSON.stringify escapes U+0000 and lone surrogates and nothing else that could look like them. */
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
