/**
 * The versions of a record's resources as a commit left them, without asking the store again: what a partner writes a
 * moment later must not come under the ETag that the writer of the record is told.
 */
import type { RecordState, SourceLink, StoredVersion } from '../../store/resource-store.ts';
import type { WriteRequest } from '../records-parts.ts';
import { keyText } from '../resources/source-urn.ts';
import type { Plan } from './plan-targets.ts';

export interface CommittedWrite {
  request: Pick<WriteRequest, 'kind' | 'sourceId'>;
  /** As it was before. */
  state: RecordState;
  plan: Pick<Plan, 'targets'>;
  /** Every link of the write; some may belong to the record that a discharge lies on. */
  links: readonly SourceLink[];
  /** What the commit answered. */
  stored: readonly StoredVersion[];
}

/** One for each resource that the record owns after the commit, also for those that it did not change. */
export function ownedVersionIds({ request, state, plan, links, stored }: CommittedWrite): number[] {
  const own = links.filter(({ kind, recordId }) => kind === request.kind && recordId === request.sourceId);
  const owned = new Map([...state.owned.map(({ link }) => link), ...own].map((link) => [keyText(link), link]));
  const before = [...state.owned, ...plan.targets].flatMap(({ current }) => current ?? []);
  const versionIds = new Map(
    [...before, ...stored].map(({ resourceType, id, versionId }) => [`${resourceType}/${id}`, versionId]),
  );
  return [...owned.values()].map(({ resourceType, id }) => versionIds.get(`${resourceType}/${id}`) ?? 0);
}
