/**
 * A literal reference to a type we serve leads to a resource that exists: in the same write or in the store.
 *
 * Spec: https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.referencePolicy
 *       (literal, enforced, local)
 *
 * References to other servers are kept unchecked; to types that nobody can store here too. A `urn:uuid:` that no entry
 * carries and a conditional reference can never be followed: refused.
 */
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { issue, resourceInvalid } from '../outcome/fhir-error.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import { findReferences, parseReference, type Reference } from './references.ts';
import { SERVED_TYPES } from './served-types.ts';

/** Current versions by `Type/id`, deleted ones included. */
export type CurrentVersions = ReadonlyMap<string, StoredVersion>;

interface Write {
  method: string;
  resourceType: string;
  id: string;
  resource?: Resource;
  at?: string;
}

/** What has to be read before the references of a resource can be checked. */
export function referencedKeys(resource: Resource): { resourceType: string; id: string }[] {
  return findReferences(resource).flatMap(({ holder }) => {
    const reference = parseReference(holder.reference);
    if (reference.kind !== 'local') return [];
    const kind = SERVED_TYPES.get(reference.resourceType)?.kind;
    return kind === 'stored' || kind === 'binary' ? [{ resourceType: reference.resourceType, id: reference.id }] : [];
  });
}

/**
 * Throws a FhirError (422) that names every reference which leads nowhere. `published` tells whether a conformance
 * resource of ours has that id.
 */
export function requireReferenceIntegrity(
  writes: readonly Write[],
  current: CurrentVersions,
  published: (resourceType: string, id: string) => boolean,
): void {
  const writing = new Map(writes.map((write) => [`${write.resourceType}/${write.id}`, write]));
  const exists = (reference: Reference & { kind: 'local' }): boolean => {
    const key = `${reference.resourceType}/${reference.id}`;
    const served = SERVED_TYPES.get(reference.resourceType);
    if (!served) return true;
    if (served.kind === 'published') return published(reference.resourceType, reference.id);
    const stored = current.get(key);
    if (reference.versionId !== undefined) {
      return stored !== undefined && isVersionUpTo(stored.versionId, reference.versionId);
    }
    const own = writing.get(key);
    return own ? own.method !== 'DELETE' : stored !== undefined && !stored.deleted;
  };

  const problems: OperationOutcomeIssue[] = [];
  for (const write of writes) {
    if (!write.resource) continue;
    for (const { holder, expression } of findReferences(write.resource)) {
      const problem = problemOf(parseReference(holder.reference), exists);
      if (problem === undefined) continue;
      const path = `${write.at ?? write.resourceType}${expression.slice(write.resourceType.length)}`;
      problems.push(issue(problem.code, problem.sentence, path));
    }
  }
  if (problems.length > 0) throw resourceInvalid(problems);
}

const isVersionUpTo = (latest: number, versionId: string): boolean =>
  /^[1-9]\d{0,9}$/.test(versionId) && Number(versionId) <= latest;

function problemOf(
  reference: Reference,
  exists: (reference: Reference & { kind: 'local' }) => boolean,
): { code: 'not-found' | 'not-supported' | 'value'; sentence: string } | undefined {
  if (reference.kind === 'local') {
    if (exists(reference)) return undefined;
    const named = `${reference.resourceType}/${reference.id}`;
    return { code: 'not-found', sentence: `The reference to ${named} leads nowhere: there is no such resource.` };
  }
  if (reference.kind === 'urn') {
    return { code: 'not-found', sentence: 'The reference names a urn: that no entry of this request has as fullUrl.' };
  }
  if (reference.kind === 'conditional') {
    return { code: 'not-supported', sentence: 'Conditional references are not offered yet; refer to Type/id.' };
  }
  if (reference.kind === 'malformed') {
    return { code: 'value', sentence: 'That is not a reference: expected Type/id, #id or an absolute URL.' };
  }
  return undefined;
}
