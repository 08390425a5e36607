/**
 * Reading single versions: the current one, several current ones, and a given one.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#read, https://hl7.org/fhir/R4/http.html#vread
 *
 * The text goes from the database to the caller as it is stored.
 */
import type { Grant } from '../privacy/grant.ts';
import type { SqlEngine } from './engine.ts';
import type { StoredVersion } from './resource-store.ts';
import { toStoredVersion, VERSION_COLUMNS, type VersionRow } from './stored-version.ts';

/** The current version, also a deleted one; undefined when the id was never used. */
export async function read(
  engine: SqlEngine,
  grant: Grant,
  resourceType: string,
  id: string,
): Promise<StoredVersion | undefined> {
  const [row] = await engine.query<VersionRow>({
    name: 'read',
    text: `SELECT ${VERSION_COLUMNS} FROM resource r WHERE r.tenant = $1 AND r.resource_type = $2 AND r.id = $3`,
    values: [grant.tenant, resourceType, id],
  });
  return row && toStoredVersion(row);
}

/** The current versions of several resources, each once, in no promised order; missing ones are left out. */
export async function readMany(
  engine: SqlEngine,
  grant: Grant,
  references: readonly { resourceType: string; id: string }[],
): Promise<StoredVersion[]> {
  if (references.length === 0) return [];
  const wanted = new Map(references.map((reference) => [`${reference.resourceType}/${reference.id}`, reference]));
  const rows = await engine.query<VersionRow>({
    text: `SELECT ${VERSION_COLUMNS}
             FROM unnest($2::text[], $3::text[]) AS v(resource_type, id)
             JOIN resource r ON r.tenant = $1 AND r.resource_type = v.resource_type AND r.id = v.id`,
    values: [
      grant.tenant,
      [...wanted.values()].map(({ resourceType }) => resourceType),
      [...wanted.values()].map(({ id }) => id),
    ],
  });
  return rows.map(toStoredVersion);
}

/** The version with this number; undefined when there is none. */
export async function vread(
  engine: SqlEngine,
  grant: Grant,
  resourceType: string,
  id: string,
  versionId: number,
): Promise<StoredVersion | undefined> {
  // Beyond the column's 32 bits there is no version, and the database would refuse the comparison.
  if (!Number.isInteger(versionId) || versionId < 1 || versionId > 0x7fff_ffff) return undefined;
  const [row] = await engine.query<VersionRow>({
    name: 'vread',
    text: `SELECT ${VERSION_COLUMNS} FROM resource_history r
            WHERE r.tenant = $1 AND r.resource_type = $2 AND r.id = $3 AND r.version_id = $4`,
    values: [grant.tenant, resourceType, id, versionId],
  });
  return row && toStoredVersion(row);
}
