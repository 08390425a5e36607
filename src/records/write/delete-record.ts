/**
 * DELETE of a mentoring record: it was sent by mistake. Its resources stay, marked; a later PUT brings it back.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#delete (repeating it does no harm)
 */
import { FhirError, issue } from '../../outcome/fhir-error.ts';
import type { Grant } from '../../privacy/grant.ts';
import { CommitConflict } from '../../store/resource-store.ts';
import { isOverlayLink } from '../overlay/overlay.ts';
import { takeOverlayOff, withoutOverlay } from '../overlay/plan-overlay.ts';
import type { ExpectedVersion } from '../record-version.ts';
import { requireExpectedVersion } from '../record-version.ts';
import type { RecordDeps } from '../records-parts.ts';
import { writeOf } from '../resources/write-target.ts';
import { provenanceChange } from './provenance-change.ts';
import { retireChanges } from './retire-changes.ts';

export interface DeleteRequest {
  grant: Grant;
  kind: string;
  sourceId: string;
  expectedVersion?: ExpectedVersion;
}

const MOST_ATTEMPTS = 8;

/** Returns false when there was nothing to delete. Throws FhirError 412 and 409 as a write does. */
export async function deleteRecord(request: DeleteRequest, deps: RecordDeps): Promise<boolean> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt(request, deps);
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error;
      if (attempts >= MOST_ATTEMPTS) {
        throw new FhirError(409, [issue('conflict', 'The record is being written by others. Try again.')]);
      }
    }
  }
}

async function attempt(request: DeleteRequest, deps: RecordDeps): Promise<boolean> {
  const { grant, kind, sourceId } = request;
  const { organizationId } = deps.agencyOf(grant.tenant);
  const agency = { resourceType: 'Organization', sourceId: organizationId };
  const state = await deps.store.recordState(grant, kind, sourceId, [agency]);
  const { record } = state;
  requireExpectedVersion(request, state);
  if (!record || record.deleted) return false;

  const overlayLink = state.owned.find(({ link }) => isOverlayLink(link))?.link;
  const overlaid = overlayLink && (await takeOverlayOff(grant, overlayLink, deps.store));
  const taken = overlaid && writeOf(overlaid, overlaid.merged);
  const changes = [...retireChanges(state, new Set()), ...(taken?.change ? [taken.change] : [])];
  const version = record.version + 1;
  const provenance = await provenanceChange(
    {
      grant,
      changes,
      activity: 'NULLIFY',
      record: { kind, sourceId, version, hash: '' },
      map: record.map,
      links: state.named,
    },
    deps,
  );
  await deps.store.commit(grant, {
    resources: [...changes, ...provenance],
    sourceRecords: [
      { kind, sourceId, expectedVersion: record.version, hash: '', content: '', deleted: true, map: record.map },
    ],
    sourceLinks: [...(taken?.links ?? []), ...(overlayLink ? [withoutOverlay(overlayLink)] : [])],
  });
  return true;
}
