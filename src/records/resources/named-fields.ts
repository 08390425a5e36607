/**
 * The ids a record names, with the fields they stand in.
 */
import type { JsonObject } from '../../mapping/map-library.ts';
import { recordKind } from '../record-kinds.ts';
import { fieldPath } from '../schema/parse-record.ts';
import type { RecordField, RecordModel } from '../schema/record-model.ts';
import type { ReferenceTarget } from '../schema/reference-fields.ts';
import { keyText, type SourceKey } from './source-urn.ts';

export interface NamedField {
  /** Path with indexes, such as `approvals[0].goalReviewedIds[1]`. */
  field: string;
  sourceId: string;
  target: ReferenceTarget;
}

/** Every id in the record that names another record or a part of one. */
export function namedFields(model: RecordModel, record: JsonObject): NamedField[] {
  const found: NamedField[] = [];
  collect(model.fields, record, [], found);
  return found;
}

function collect(fields: readonly RecordField[], value: JsonObject, path: PropertyKey[], found: NamedField[]): void {
  for (const field of fields) {
    if (!field.target && field.fields.length === 0) continue;
    const member = value[field.name];
    if (member === undefined) continue;
    const items = Array.isArray(member) ? member : [member];
    items.forEach((item, index) => {
      const at = [...path, field.name, ...(Array.isArray(member) ? [index] : [])];
      if (field.target && typeof item === 'string') {
        found.push({ field: fieldPath(at), sourceId: item, target: field.target });
      } else if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
        collect(field.fields, item, at, found);
      }
    });
  }
}

/** The keys a record makes: its own under its id, and those of its parts. */
export function ownKeys(kind: string, record: JsonObject): SourceKey[] {
  const { main, withRecordId, parts, overlays } = recordKind(kind);
  const own = overlays
    ? []
    : [main, ...withRecordId].map((resourceType) => ({ resourceType, sourceId: String(record.id) }));
  const ofParts = parts.flatMap(({ field, resourceType }) => {
    const items = record[field];
    return (Array.isArray(items) ? items : []).flatMap((item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item) && typeof item.id === 'string'
        ? [{ resourceType, sourceId: item.id }]
        : [],
    );
  });
  return [...own, ...ofParts];
}

/** The field whose value is the id of this key; undefined when none is, as for the agency's own organization. */
export const fieldNaming = (fields: readonly NamedField[], key: SourceKey): NamedField | undefined =>
  fields.find(
    (field) => keyText({ resourceType: field.target.resourceType, sourceId: field.sourceId }) === keyText(key),
  );
