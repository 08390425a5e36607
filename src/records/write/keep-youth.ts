/**
 * A record stays with its youth: others name it, and a plan of one youth must not come to name another's diagnosis.
 *
 * Rule: STR-005 of profiles/programs/catalogue.json (everything of one case has the same patient)
 *
 * Sent for another youth, a record is refused. One that was deleted before may come back for another youth: it gets new
 * resources then, and the old ones stay marked, with their youth.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../../outcome/finding.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { RecordState, ResourceStore, SourceLink } from '../../store/resource-store.ts';
import { parsedVersion } from '../resources/parsed-version.ts';
import type { MappedEntry } from '../resources/record-bundle.ts';
import { isRetired } from '../resources/retire.ts';
import { fhirIdOf, keyText, parseSourceUrn } from '../resources/source-urn.ts';
import { mappedBefore } from '../resources/stored-resource.ts';

/** Id of the rule in the catalogue. */
export const SAME_PATIENT = 'STR-005';

/** What the resource says whose it is, `Patient/1` or a source URN; undefined when it is not about one youth. */
export function patientOf(resource: Resource): string | undefined {
  const named = resource as Partial<Record<'subject' | 'patient' | 'beneficiary' | 'for', { reference?: string }>>;
  const reference = (named.subject ?? named.patient ?? named.beneficiary ?? named.for)?.reference;
  return reference?.startsWith('Patient/') || parseSourceUrn(reference)?.resourceType === 'Patient'
    ? reference
    : undefined;
}

export interface KeepYouthRequest {
  grant: Grant;
  store: ResourceStore;
  /** What the record's map wrote, references still as source URNs. */
  entries: readonly MappedEntry[];
  state: RecordState;
  /** The links known to the write, by key. */
  links: ReadonlyMap<string, SourceLink>;
}

export interface KeptYouth {
  findings: Finding[];
  /** Keys of deleted resources of another youth: the record needs new ones. */
  replaced: ReadonlySet<string>;
}

/** Reads nothing where the youth is the one of the stored resources. */
export async function keepYouth({ grant, store, entries, state, links }: KeepYouthRequest): Promise<KeptYouth> {
  const owned = new Map(state.owned.map((one) => [keyText(one.link), one]));
  const replaced = new Set<string>();
  let changed = false;
  for (const { key, resource } of entries) {
    const now = patientBehind(resource, links);
    const { link, current } = owned.get(keyText(key)) ?? {};
    if (now === undefined || !link || !current) continue;
    const stored = current.deleted ? undefined : parsedVersion(current);
    const before = stored && patientOf(stored);
    if (before === now) continue;
    // A partner may have given it to another patient: sending the record again brings it back.
    const mapped = await mappedBefore(store, grant, link, current);
    const sent = mapped && patientOf(mapped);
    if (sent === now || (before ?? sent) === undefined) continue;
    if (!stored || isRetired(stored)) replaced.add(keyText(key));
    else changed = true;
  }
  return { findings: changed ? [youthChanged] : [], replaced };
}

/** `Patient/1` for the youth that a mapped resource names. */
function patientBehind(resource: Resource, links: ReadonlyMap<string, SourceLink>): string | undefined {
  const key = parseSourceUrn(patientOf(resource));
  const id = key && (links.get(keyText(key))?.id ?? fhirIdOf(key));
  return id === undefined ? undefined : `Patient/${id}`;
}

const youthChanged: Finding = {
  severity: 'error',
  code: 'business-rule',
  message: 'youthId can not change: delete the record and send it under a new id.',
  field: 'youthId',
  ruleId: SAME_PATIENT,
};
