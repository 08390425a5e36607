/**
 * The bytes of a note's attachment: given in the record, or uploaded before.
 *
 * Spec: https://hl7.org/fhir/R4/binary.html#security-context
 *
 * Bytes never stay in a resource: the Binary keeps its content type, the store keeps the bytes under its id. The id of
 * a Binary from inline data follows from the bytes, so changed bytes are another Binary and no version is rewritten.
 */
import type { Binary, Resource } from '@medplum/fhirtypes';
import { isFhirId } from '../../conformance/fhir-id.ts';
import type { JsonObject } from '../../mapping/map-library.ts';
import type { Finding } from '../../outcome/finding.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { BinaryContent, ResourceStore, SourceLink, StoredVersion } from '../../store/resource-store.ts';
import { RecordRefused } from '../record-refused.ts';
import { sha256Hex } from '../resources/canonical-json.ts';
import type { MappedEntry } from '../resources/record-bundle.ts';
import { deterministicId } from '../resources/resource-id.ts';
import { keyText, type SourceKey, sourceUrn } from '../resources/source-urn.ts';
import { quoted } from '../schema/field-values.ts';
import { attachmentProblem } from './attachment-type.ts';

/** Bytes to put under the id of a Binary before it is committed. */
export interface BytesToStage {
  id: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface AttachmentPlan {
  /** The record's entries; Binary entries without data. */
  entries: MappedEntry[];
  /** Ids that Binary entries must have, by key. */
  ids: Map<string, string>;
  bytes: BytesToStage | undefined;
}

interface AttachmentField {
  contentType: string;
  data?: string;
  uploadId?: string;
}

/** Takes inline bytes out of the entries, and adds the Binary of an upload. Throws RecordRefused for bytes that are not what they say. */
export function planAttachment(tenant: string, record: JsonObject, entries: readonly MappedEntry[]): AttachmentPlan {
  const attachment = record.attachment as unknown as AttachmentField | undefined;
  if (!attachment) return { entries: [...entries], ids: new Map(), bytes: undefined };
  return attachment.uploadId === undefined
    ? planInline(tenant, attachment, entries)
    : planUpload(String(record.id), attachment, attachment.uploadId, entries);
}

function planInline(tenant: string, attachment: AttachmentField, entries: readonly MappedEntry[]): AttachmentPlan {
  const bytes = Buffer.from(attachment.data ?? '', 'base64');
  const problem = attachmentProblem(attachment.contentType, bytes);
  if (problem)
    throw new RecordRefused([
      { severity: 'error', code: 'value', message: `attachment ${problem}`, field: 'attachment.data' },
    ]);
  const ids = new Map<string, string>();
  let staged: BytesToStage | undefined;
  const planned = entries.map((entry) => {
    if (entry.key.resourceType !== 'Binary') return entry;
    const id = deterministicId(tenant, entry.key, sha256Hex(bytes));
    ids.set(keyText(entry.key), id);
    staged = { id, contentType: attachment.contentType, bytes };
    const { data: _data, ...resource } = entry.resource as Binary;
    return { ...entry, resource: resource as Resource };
  });
  return { entries: planned, ids, bytes: staged };
}

function planUpload(
  noteId: string,
  attachment: AttachmentField,
  uploadId: string,
  entries: readonly MappedEntry[],
): AttachmentPlan {
  const key: SourceKey = { resourceType: 'Binary', sourceId: uploadId };
  const resource: Binary = {
    resourceType: 'Binary',
    contentType: attachment.contentType,
    securityContext: {
      reference: sourceUrn({ resourceType: 'DocumentReference', sourceId: noteId }),
      type: 'DocumentReference',
    },
  };
  const written = entries.some((entry) => keyText(entry.key) === keyText(key));
  return {
    entries: written ? [...entries] : [...entries, { key, resource, index: -1 }],
    ids: new Map([[keyText(key), uploadId]]),
    bytes: undefined,
  };
}

/** What is wrong with the upload a note names, if anything: unknown, taken by another note, or of another type. */
export async function uploadFindings(
  store: ResourceStore,
  grant: Grant,
  record: JsonObject,
  link: SourceLink | undefined,
  current: StoredVersion | undefined,
): Promise<Finding[]> {
  const { uploadId, contentType } = record.attachment as unknown as Required<AttachmentField>;
  const found: Pick<BinaryContent, 'contentType'> | undefined =
    current && !current.deleted
      ? (JSON.parse(current.content) as { contentType: string })
      : await unclaimed(store, grant, uploadId, link);
  const field = 'attachment.uploadId';
  if (!found) {
    return [
      {
        severity: 'error',
        code: 'not-found',
        message: `${field}: there is no upload ${quoted(uploadId)}. Upload the file to /mentoring/attachments first; an upload that no note uses is removed after a day.`,
        field,
      },
    ];
  }
  if (found.contentType === contentType) return [];
  return [
    {
      severity: 'error',
      code: 'value',
      message: `attachment.contentType is ${quoted(contentType)}, but ${quoted(found.contentType)} was uploaded.`,
      field: 'attachment.contentType',
    },
  ];
}

/** An upload not yet used by a note. A FHIR id only: anything else can not name one. */
async function unclaimed(
  store: ResourceStore,
  grant: Grant,
  uploadId: string,
  link: SourceLink | undefined,
): Promise<BinaryContent | undefined> {
  if (!isFhirId(uploadId)) return undefined;
  // An import's file is staged too; only what was uploaded as an attachment carries one of its types.
  const content = await store.binary(grant, uploadId);
  if (!content) return undefined;
  if (!link && (await store.read(grant, 'Binary', uploadId))) return undefined;
  return content;
}
