/**
 * What the sandbox stores: invented data, labelled as such.
 *
 * Until the authorization server exists the service is a sandbox. Every resource is labelled HTEST (test health
 * data), and data that can only belong to a real person is refused: Social Security and Medicare numbers.
 * A service can not tell an invented name from a real one; the label and docs/adr say whose duty that is.
 *
 * Spec: https://terminology.hl7.org/7.0.1/CodeSystem-v3-ActReason.html (HTEST)
 */
import type { Coding, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../outcome/finding.ts';

/** What every page, every start and every API description say while there is no authorization. */
export const SANDBOX_BANNER =
  'Sandbox: no authorization, invented data only. Do not send records of real people; anyone on this machine can read what is here.';

export interface DataPolicy {
  /** Security label every stored resource carries. */
  label: Coding | undefined;
  check(resource: Resource): Finding[];
}

const TEST_DATA: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' };

/** Systems whose identifiers name one real person in the whole country, as `plainSystem` writes them. */
const REAL_PERSON_SYSTEMS = new Map([
  ['hl7.org/fhir/sid/us-ssn', 'a Social Security number'],
  ['urn:oid:2.16.840.1.113883.4.1', 'a Social Security number'],
  ['hl7.org/fhir/sid/us-medicare', 'a Medicare number'],
  ['hl7.org/fhir/sid/us-mbi', 'a Medicare number'],
]);

/** Codes of Identifier.type with the same meaning. https://terminology.hl7.org/7.0.1/CodeSystem-v2-0203.html */
const REAL_PERSON_TYPES = new Map([
  ['SS', 'a Social Security number'],
  ['SB', 'a Social Security number'],
  ['MC', 'a Medicare number'],
]);

/** Without scheme, case and slash at the end: the same system however it was typed. */
const plainSystem = (system: string): string =>
  system
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');

/** The sandbox's policy: label everything, refuse what is surely real. */
export const sandboxData: DataPolicy = { label: TEST_DATA, check: refuseRealIdentifiers };

/** Wherever an Identifier may stand: of the resource, of a Reference, of something contained. */
function refuseRealIdentifiers(resource: Resource): Finding[] {
  const found: Finding[] = [];
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const what = realNumber(value);
    if (what) {
      found.push(realData(what, path));
      return;
    }
    for (const [name, member] of Object.entries(value)) walk(member, `${path}.${name}`);
  };
  walk(resource, resource.resourceType);
  return found;
}

/** What an Identifier holds when it can only be a real person's; undefined for any other object. */
function realNumber(object: { system?: unknown; type?: unknown }): string | undefined {
  const bySystem = typeof object.system === 'string' ? REAL_PERSON_SYSTEMS.get(plainSystem(object.system)) : undefined;
  if (bySystem) return bySystem;
  const { coding } = (object.type ?? {}) as { coding?: unknown };
  for (const one of Array.isArray(coding) ? (coding as Coding[]) : []) {
    const byType = one?.system?.endsWith('/v2-0203') ? REAL_PERSON_TYPES.get(one.code ?? '') : undefined;
    if (byType) return byType;
  }
  return undefined;
}

const realData = (what: string, expression: string): Finding => ({
  severity: 'error',
  code: 'security',
  expression,
  message: `This sandbox has no authorization and refuses real data: leave out ${what} and send invented data.`,
});

/** The labels a resource has, and the one it must have. */
export function stampLabels(security: readonly Coding[] | undefined, label: Coding | undefined): Coding[] {
  const labels = [...(security ?? [])];
  if (label && !labels.some((one) => one.system === label.system && one.code === label.code)) labels.push(label);
  return labels;
}
