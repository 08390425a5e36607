/**
 * Resources that a record no longer stands for: a goal taken out of a plan, or all of a deleted record.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { RecordState, ResourceChange, SourceLink, StoredVersion } from '../../store/resource-store.ts';
import { isOverlayLink } from '../overlay/overlay.ts';
import { isDeletedOutright, isRetired, retired } from '../resources/retire.ts';

/** The changes that put every owned resource except `kept` (`Type/id`) into its deleted form, where it is not yet. */
export function retireChanges(state: RecordState, kept: ReadonlySet<string>): ResourceChange[] {
  return state.owned.flatMap(({ link, current }) => {
    if (!current || current.deleted || isOverlayLink(link) || kept.has(`${link.resourceType}/${link.id}`)) return [];
    return retireChange(link, current);
  });
}

function retireChange(link: SourceLink, current: StoredVersion): ResourceChange[] {
  const change = { resourceType: link.resourceType, id: link.id, expectedVersion: current.versionId };
  if (isDeletedOutright(link.resourceType)) return [{ ...change, method: 'DELETE' }];
  const resource = JSON.parse(current.content) as Resource;
  return isRetired(resource) ? [] : [{ ...change, method: 'PUT', resource: retired(resource) }];
}
