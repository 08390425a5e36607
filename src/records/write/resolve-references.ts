/**
 * From source ids to FHIR ids: what a record names must be here before the record is.
 *
 * Besides ids of records, a record may name a resource that came in over FHIR by `Type/id`, such as a Patient that an
 * EHR created: that is what reading such a record back shows.
 *
 * A record about one youth may only name what belongs to that youth; otherwise one child's goals would show in
 * another's file. What was deleted may still be named, with a warning; only a new record about a deleted youth is
 * refused.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { JsonObject } from '../../mapping/map-library.ts';
import type { Finding } from '../../outcome/finding.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { ResourceStore, SourceLink } from '../../store/resource-store.ts';
import { anyOf } from '../record-kinds.ts';
import type { Agency } from '../records-parts.ts';
import { fieldNaming, type NamedField } from '../resources/named-fields.ts';
import { parsedVersion } from '../resources/parsed-version.ts';
import { isRetired } from '../resources/retire.ts';
import { fhirIdOf, keyText, type SourceKey } from '../resources/source-urn.ts';
import { quoted } from '../schema/field-values.ts';
import { patientOf, SAME_PATIENT } from './keep-youth.ts';

export interface ResolveRequest {
  grant: Grant;
  store: ResourceStore;
  agency: Agency;
  record: JsonObject;
  /** True when the record is not here yet, or was deleted. */
  isNew: boolean;
  /** Keys that resources of this write name. */
  keys: readonly SourceKey[];
  /** Ids of the resources this write makes itself. */
  own: ReadonlyMap<string, string>;
  links: readonly SourceLink[];
  fields: readonly NamedField[];
}

export interface Resolved {
  /** `Type:sourceId` → `Type/id` */
  references: Map<string, string>;
  /** Resources named and not made by this write, by `Type/id`. */
  resources: Map<string, Resource>;
  findings: Finding[];
}

/** One statement at most. Unknown ids are findings, each with what to send first. */
export async function resolveReferences(request: ResolveRequest): Promise<Resolved> {
  const { grant, store, keys, own, links } = request;
  const linked = new Map(links.map((link) => [keyText(link), link.id]));
  const ids = new Map<string, string>();
  const named: { key: SourceKey; id: string }[] = [];
  for (const key of keys) {
    const ownId = own.get(keyText(key));
    if (ownId !== undefined) {
      ids.set(keyText(key), ownId);
      continue;
    }
    const id = linked.get(keyText(key)) ?? fhirIdOf(key);
    if (id !== undefined) named.push({ key, id });
  }
  const stored = await store.readMany(
    grant,
    named.map(({ key, id }) => ({ resourceType: key.resourceType, id })),
  );
  const resources = new Map<string, Resource>();
  for (const version of stored) {
    if (!version.deleted) resources.set(`${version.resourceType}/${version.id}`, parsedVersion(version));
  }
  for (const { key, id } of named) {
    if (resources.has(`${key.resourceType}/${id}`)) ids.set(keyText(key), id);
  }
  const references = new Map(
    keys.flatMap((key): [string, string][] => {
      const id = ids.get(keyText(key));
      return id === undefined ? [] : [[keyText(key), `${key.resourceType}/${id}`]];
    }),
  );
  const findings = findingsOn(request, references, resources);
  return { references, resources, findings: await refuseDeletedYouth(request, findings) };
}

/**
 * The warning that the youth was deleted or is inactive, made an error for a new record whose youth was deleted. A
 * Patient that a partner made inactive stays a warning: no record of the agency could bring it back.
 */
async function refuseDeletedYouth(
  { grant, store, links, record, isNew }: ResolveRequest,
  findings: Finding[],
): Promise<Finding[]> {
  const about = findings.find(({ field, code }) => field === 'youthId' && code === 'deleted');
  if (!isNew || !about) return findings;
  const youth = keyText({ resourceType: 'Patient', sourceId: String(record.youthId) });
  const link = links.find((one) => keyText(one) === youth);
  const sent = link && (await store.sourceRecord(grant, link.kind, link.recordId));
  if (!sent?.deleted) return findings;
  const message = `youthId: the youth ${quoted(sent.sourceId)} was deleted. Send /mentoring/${sent.kind}/${sent.sourceId} first.`;
  return findings.map((finding) => (finding === about ? { ...about, severity: 'error', message } : finding));
}

function findingsOn(
  { keys, own, fields, agency, record }: ResolveRequest,
  references: ReadonlyMap<string, string>,
  resources: ReadonlyMap<string, Resource>,
): Finding[] {
  const youth = references.get(keyText({ resourceType: 'Patient', sourceId: String(record.youthId) }));
  return keys.flatMap((key): Finding[] => {
    const field = fieldNaming(fields, key);
    const reference = references.get(keyText(key));
    if (reference === undefined) return [unknown(key, field, agency)];
    const resource = own.has(keyText(key)) ? undefined : resources.get(reference);
    if (!resource) return [];
    const patient = patientOf(resource);
    if (youth !== undefined && patient !== undefined && patient !== youth) return [ofAnotherYouth(key, field)];
    return isRetired(resource) ? [deletedRecord(key, field)] : [];
  });
}

function unknown(key: SourceKey, field: NamedField | undefined, agency: Agency): Finding {
  if (!field) {
    const isAgency = key.resourceType === 'Organization' && key.sourceId === agency.organizationId;
    return {
      severity: 'error',
      code: 'not-found',
      message: isAgency
        ? `Your agency's own organization record is not here. Send /mentoring/organizations/${key.sourceId} first.`
        : `The ${key.resourceType} ${quoted(key.sourceId)} that this record refers to is not here.`,
    };
  }
  const { kind, singular, part } = field.target;
  const what =
    kind === 'attachments'
      ? 'Upload it to /mentoring/attachments first; an upload that no note uses is removed after a day.'
      : part
        ? `Send the record in ${kind} that has it in ${part} first.`
        : `Send /mentoring/${kind}/${key.sourceId} first.`;
  return {
    severity: 'error',
    code: 'not-found',
    message: `${field.field}: there is no ${singular} ${quoted(key.sourceId)}. ${what}`,
    field: field.field,
  };
}

const ofAnotherYouth = (key: SourceKey, field: NamedField | undefined): Finding => ({
  severity: 'error',
  code: 'business-rule',
  message: `${field?.field ?? key.resourceType}: ${quoted(key.sourceId)} belongs to another youth.`,
  ruleId: SAME_PATIENT,
  ...(field && { field: field.field }),
});

const deletedRecord = (key: SourceKey, field: NamedField | undefined): Finding => ({
  severity: 'warning',
  code: 'deleted',
  message: `${field?.field ?? key.resourceType}: ${field ? anyOf(field.target.singular) : 'a record'} that was deleted or is inactive is named (${quoted(key.sourceId)}).`,
  ...(field && { field: field.field }),
});
