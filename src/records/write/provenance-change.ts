/**
 * The Provenance that goes with the changes of one record.
 */
import type { Provenance, Resource } from '@medplum/fhirtypes';
import type { Grant } from '../../privacy/grant.ts';
import type { ResourceChange, SourceLink } from '../../store/resource-store.ts';
import type { RecordDeps } from '../records-parts.ts';
import { buildProvenance, type ProvenanceFacts } from './provenance.ts';

export interface ProvenanceRequest {
  grant: Grant;
  changes: readonly ResourceChange[];
  activity: ProvenanceFacts['activity'];
  record: { kind: string; sourceId: string; version: number; hash: string };
  map: string;
  /** Links known to the write; the agency's own organization is looked for among them. */
  links: readonly SourceLink[];
}

/** One Provenance for all changes, through the same gate as everything else; none when nothing changed. */
export async function provenanceChange(request: ProvenanceRequest, deps: RecordDeps): Promise<ResourceChange[]> {
  const { changes, record, links, grant } = request;
  if (changes.length === 0) return [];
  const agency = deps.agencyOf(grant.tenant);
  const organization = links.find(
    (link) => link.resourceType === 'Organization' && link.sourceId === agency.organizationId,
  )?.id;
  const ownOrganization = changes.find((change) => isAgency(change, request, agency.organizationId))?.id;
  const organizationId = organization ?? ownOrganization;
  const provenance = buildProvenance({
    targets: changes.map((change) => `${change.resourceType}/${change.id}/_history/${change.expectedVersion + 1}`),
    recordedAt: deps.now(),
    activity: request.activity,
    agency: {
      reference: organizationId === undefined ? undefined : `Organization/${organizationId}`,
      organizationId: agency.organizationId,
    },
    record: { system: `${agency.identifierBase}/${record.kind}`, ...record },
    map: request.map,
  });
  return [await admitted({ ...provenance, id: deps.newId() }, deps)];
}

const isAgency = (change: ResourceChange, { record }: ProvenanceRequest, organizationId: string): boolean =>
  change.resourceType === 'Organization' && record.kind === 'organizations' && record.sourceId === organizationId;

async function admitted(provenance: Provenance & { id: string }, { admission }: RecordDeps): Promise<ResourceChange> {
  const result = await admission.admit(provenance, { nature: 'fact', lookup: async () => undefined });
  if (result.refused) {
    throw new Error(`A Provenance of ours is refused: ${result.findings.map((finding) => finding.message).join('; ')}`);
  }
  return {
    resourceType: 'Provenance',
    id: provenance.id,
    expectedVersion: 0,
    method: 'POST',
    resource: result.resource as Resource,
  };
}
