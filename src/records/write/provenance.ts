/**
 * Provenance of what a record became: which agency's record, which version of which map, when.
 *
 * Spec: https://hl7.org/fhir/R4/provenance.html
 *
 * `target` names the exact versions that this write made. `entity` is the record: its source id as identifier, its
 * version and SHA-256 in words; `policy` is the map with its version. With the stored record these are enough to run
 * the same map again and see where each element came from.
 */
import type { Provenance, ProvenanceAgent } from '@medplum/fhirtypes';

export interface ProvenanceFacts {
  /** `Encounter/1/_history/2` */
  targets: readonly string[];
  recordedAt: Date;
  activity: 'CREATE' | 'UPDATE' | 'NULLIFY';
  agency: {
    /** `Organization/1`, once the agency's own organization record is here. */
    reference: string | undefined;
    organizationId: string;
  };
  record: { system: string; sourceId: string; version: number; hash: string };
  /** `url|version` of the map. */
  map: string;
}

const DATA_OPERATION = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';
const ACTIVITY_DISPLAY = { CREATE: 'create', UPDATE: 'revise', NULLIFY: 'nullify' } as const;

export function buildProvenance(facts: ProvenanceFacts): Provenance {
  const { agency, record } = facts;
  const removal = facts.activity === 'NULLIFY';
  const agent: ProvenanceAgent = {
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' }],
    },
    who: agency.reference
      ? { reference: agency.reference, type: 'Organization' }
      : { type: 'Organization', display: `Agency ${agency.organizationId}` },
  };
  return {
    resourceType: 'Provenance',
    target: facts.targets.map((reference) => ({ reference })),
    recorded: facts.recordedAt.toISOString(),
    policy: [facts.map],
    activity: {
      coding: [{ system: DATA_OPERATION, code: facts.activity, display: ACTIVITY_DISPLAY[facts.activity] }],
    },
    agent: [agent],
    entity: [
      {
        role: removal ? 'removal' : 'source',
        what: {
          identifier: { system: record.system, value: record.sourceId },
          display: removal
            ? `Record deleted as version ${record.version}`
            : `Record version ${record.version}, sha256:${record.hash}`,
        },
      },
    ],
  };
}
