/**
 * The one way FHIR writes reach the store: one write or a whole transaction, all of it or nothing.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#create, #update, #delete, #concurrency, #transaction-integrity
 *
 * In order: read what is there (one statement for all targets and all references), check If-Match, check that
 * references lead somewhere and stay with one patient, ask the admission, commit. An update without If-Match that meets another writer is
 * answered with 409; the client decides whether to try again.
 */
import type { Resource } from '@medplum/fhirtypes';
import { FhirError, issue, versionConflict } from '../outcome/fhir-error.ts';
import { type Finding, toIssue } from '../outcome/finding.ts';
import type { Grant } from '../privacy/grant.ts';
import { CommitConflict, type ResourceChange, type StoredVersion } from '../store/resource-store.ts';
import { stageData } from './binary-content.ts';
import { type ETagCondition, satisfiesIfMatch } from './etag.ts';
import type { FhirParts } from './fhir-parts.ts';
import { type CurrentVersions, referencedKeys, requireReferenceIntegrity } from './reference-integrity.ts';
import { relativeToBase, rewriteLinks } from './references.ts';
import { requireSamePatient } from './same-patient.ts';

export interface Write {
  method: 'POST' | 'PUT' | 'DELETE';
  resourceType: string;
  id: string;
  /** Absent for DELETE. Is changed: server-assigned elements are taken off, links to our base made relative. */
  resource?: Resource;
  ifMatch?: ETagCondition | undefined;
  /** True when the resource must not exist yet (If-None-Match: *). */
  mustBeNew?: boolean;
  /** FHIRPath of the resource in a Bundle, such as `Bundle.entry[3].resource`. */
  at?: string;
}

export interface Written {
  /** Undefined when there was nothing to delete. */
  version: StoredVersion | undefined;
  created: boolean;
  /** Warnings and notes; errors refuse the write. */
  findings: Finding[];
}

/** Carries out the writes as one commit and returns the outcome of each, in their order. Throws a FhirError. */
export async function writeResources(writes: readonly Write[], grant: Grant, parts: FhirParts): Promise<Written[]> {
  for (const write of writes) prepare(write, parts.baseUrl);
  const current = await readCurrent(writes, grant, parts);
  for (const write of writes) requireConditions(write, current.get(keyOf(write)));
  const published = (resourceType: string, id: string) =>
    parts.definitions.published(resourceType).some((resource) => resource.id === id);
  requireReferenceIntegrity(writes, current, published);
  const find = afterWrite(writes, current);
  requireSamePatient(writes, find);
  const findings = await admitAll(writes, find, grant, parts);
  for (const { method, resourceType, id, resource } of writes) {
    if (method !== 'DELETE' && resourceType === 'Binary' && resource) await stageData(resource, id, grant, parts);
  }

  const changes = writes.flatMap((write) => changeOf(write, current.get(keyOf(write))) ?? []);
  const versions = await commit(changes, writes, grant, parts);
  const written = new Map(versions.map((version) => [keyOf(version), version]));
  return writes.map((write, at) => ({
    version: written.get(keyOf(write)),
    created: write.method !== 'DELETE' && !isPresent(current.get(keyOf(write))),
    findings: findings[at] ?? [],
  }));
}

const keyOf = (of: { resourceType: string; id: string }): string => `${of.resourceType}/${of.id}`;

const isPresent = (version: StoredVersion | undefined): boolean => version !== undefined && !version.deleted;

function prepare(write: Write, baseUrl: string): void {
  const { resource } = write;
  if (!resource) return;
  resource.id = write.id;
  if (typeof resource.meta === 'object' && resource.meta !== null) {
    // The server's to assign; a client's copy of them is ignored (http.html#create, #update).
    delete resource.meta.versionId;
    delete resource.meta.lastUpdated;
    if (Object.keys(resource.meta).length === 0) delete resource.meta;
  }
  rewriteLinks(resource, (link, isReference) => (isReference ? relativeToBase(link, baseUrl) : undefined));
}

async function readCurrent(writes: readonly Write[], grant: Grant, parts: FhirParts): Promise<CurrentVersions> {
  const wanted = new Map<string, { resourceType: string; id: string }>();
  for (const write of writes) {
    if (write.method !== 'POST') wanted.set(keyOf(write), { resourceType: write.resourceType, id: write.id });
    if (write.resource) for (const key of referencedKeys(write.resource)) wanted.set(keyOf(key), key);
  }
  if (wanted.size === 0) return new Map();
  const versions = await parts.store.readMany(grant, [...wanted.values()]);
  return new Map(versions.map((version) => [keyOf(version), version]));
}

function requireConditions(write: Write, current: StoredVersion | undefined): void {
  const { resourceType, id } = write;
  if (write.ifMatch && !satisfiesIfMatch(write.ifMatch, current)) {
    throw versionConflict(resourceType, id, current ? String(current.versionId) : 'none');
  }
  if (write.method === 'PUT' && resourceType === 'Binary' && current) {
    const sentence = `Binary/${id} exists. The bytes of a Binary never change: create a new one.`;
    throw new FhirError(409, [issue('business-rule', sentence)]);
  }
  if (write.mustBeNew && isPresent(current)) throw versionConflict(resourceType, id, String(current?.versionId));
}

async function admitAll(writes: readonly Write[], find: Find, grant: Grant, parts: FhirParts): Promise<Finding[][]> {
  const lookup = lookupIn(find, grant, parts);
  const refused: Finding[] = [];
  const findings: Finding[][] = [];
  for (const write of writes) {
    if (!write.resource) {
      findings.push([]);
      continue;
    }
    const admitted = await parts.admission.admit(write.resource, { nature: 'auto', lookup });
    const located = admitted.findings.map((finding) => locate(finding, write));
    if (admitted.refused) refused.push(...located);
    write.resource = admitted.resource;
    findings.push(located);
  }
  if (refused.length > 0) throw new FhirError(422, refused.map(toIssue));
  return findings;
}

/** Within a Bundle the path starts at the Bundle: `Encounter.period` of entry 3 is `Bundle.entry[3].resource.period`. */
function locate(finding: Finding, write: Write): Finding {
  if (write.at === undefined) return finding;
  const own = finding.expression ?? '';
  const rest = own.startsWith(`${write.resourceType}.`) ? own.slice(write.resourceType.length) : '';
  return { ...finding, expression: write.at + rest };
}

/** The resource under a `Type/id`; null when that is known to hold none, undefined when it was not read. */
type Find = (key: string) => Resource | null | undefined;

/** What the writes leave behind, among what they write and what was read. Each stored text is parsed once. */
function afterWrite(writes: readonly Write[], current: CurrentVersions): Find {
  const writing = new Map(writes.map((write) => [keyOf(write), write]));
  const stored = new Map<string, Resource | null>();
  return (key) => {
    const own = writing.get(key);
    if (own) return own.resource ?? null;
    const version = current.get(key);
    if (version && !stored.has(key)) stored.set(key, parsed(version));
    return stored.get(key);
  };
}

const parsed = (version: StoredVersion): Resource | null =>
  version.deleted ? null : (JSON.parse(version.content) as Resource);

/** For the admission, which may follow a reference into what was not read yet. */
function lookupIn(find: Find, grant: Grant, parts: FhirParts) {
  const followed = new Map<string, Resource | null>();
  return async (reference: string): Promise<Resource | undefined> => {
    const [resourceType = '', id = ''] = reference.split('/', 2);
    const key = `${resourceType}/${id}`;
    const known = find(key);
    if (known !== undefined) return known ?? undefined;
    if (!followed.has(key)) {
      const version = await parts.store.read(grant, resourceType, id);
      followed.set(key, version ? parsed(version) : null);
    }
    return followed.get(key) ?? undefined;
  };
}

function changeOf(write: Write, current: StoredVersion | undefined): ResourceChange | undefined {
  const { method, resourceType, id, resource } = write;
  if (method === 'DELETE' && !isPresent(current)) return undefined;
  return { method, resourceType, id, expectedVersion: current?.versionId ?? 0, ...(resource && { resource }) };
}

async function commit(
  changes: readonly ResourceChange[],
  writes: readonly Write[],
  grant: Grant,
  parts: FhirParts,
): Promise<StoredVersion[]> {
  if (changes.length === 0) return [];
  try {
    return await parts.store.commit(grant, { resources: changes });
  } catch (error) {
    if (!(error instanceof CommitConflict)) throw error;
    const write = writes.find((candidate) => keyOf(candidate) === keyOf(error));
    const status = write?.ifMatch || write?.mustBeNew ? 412 : 409;
    const sentence = `${keyOf(error)} was changed by someone else at the same time. Read it again and repeat the change.`;
    throw new FhirError(status, [issue('conflict', sentence)], { cause: error });
  }
}
