/**
 * The records of a kind, page by page in the order of their source ids.
 */
import type { JsonObject } from '../../mapping/map-library.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { SourceRecord } from '../../store/resource-store.ts';
import { overlaySourceId } from '../overlay/overlay.ts';
import { recordKind } from '../record-kinds.ts';
import type { RecordDeps } from '../records-parts.ts';
import { ownKeys } from '../resources/named-fields.ts';
import { keyText, type SourceKey } from '../resources/source-urn.ts';

export interface ListedRecord {
  id: string;
  version: number;
  receivedAt: string;
  /** `Type/id` of its resources, the main one first. */
  resources: string[];
}

/** Two statements, whatever the page size. Deleted records are left out, so a page may be short. */
export async function listRecords(
  grant: Grant,
  kind: string,
  page: { count: number; after?: string },
  { store }: Pick<RecordDeps, 'store'>,
): Promise<{ items: ListedRecord[]; next?: string }> {
  const { records, next } = await store.sourceRecords(grant, kind, page);
  const living = records.filter((record) => !record.deleted);
  const keys = living.map((record) => keysOf(kind, record));
  const links = await store.linksBySource(grant, keys.flat());
  const references = new Map(links.map((link) => [keyText(link), `${link.resourceType}/${link.id}`]));
  const items = living.map(({ sourceId, version, receivedAt }, index) => ({
    id: sourceId,
    version,
    receivedAt,
    resources: (keys[index] ?? []).flatMap((key) => references.get(keyText(key)) ?? []),
  }));
  return { items, ...(next !== undefined && { next }) };
}

function keysOf(kind: string, { content, sourceId }: SourceRecord): SourceKey[] {
  const { overlays } = recordKind(kind);
  if (overlays) return [{ resourceType: overlays.resourceType, sourceId: overlaySourceId(kind, sourceId) }];
  const record = JSON.parse(content) as JsonObject;
  const uploadId = (record.attachment as { uploadId?: unknown } | undefined)?.uploadId;
  const upload = typeof uploadId === 'string' ? [{ resourceType: 'Binary', sourceId: uploadId }] : [];
  return [...ownKeys(kind, record), ...upload];
}
