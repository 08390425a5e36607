/**
 * What this service can do, written from the tables that do it.
 *
 * Spec: https://hl7.org/fhir/R4/capabilitystatement.html, https://hl7.org/fhir/R4/http.html#capabilities
 *
 * `date` is that of our implementation guide, which changes with the release: every replica and every start says the
 * same.
 */
import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
  StructureDefinition,
} from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import type { FhirParts } from './fhir-parts.ts';
import { searchParametersOf } from './search/search-parameters.ts';
import { PUBLISHED_PARAMETERS } from './search/search-published.ts';
import { SERVED_TYPES, type ServedType } from './served-types.ts';

const SECURITY =
  'Sandbox: this service holds invented data only and asks for no authorization yet. Do not send real data.';
const DOCUMENTATION =
  'Unknown search parameters are refused unless Prefer: handling=lenient is sent. Conditional interactions, patch, ' +
  'chained search, _include, _summary (other than count) and _elements are not offered yet.';

const texts = new WeakMap<FhirParts, string>();

/** JSON text of the CapabilityStatement; built at the first call and the same afterwards. */
export function capabilityStatementText(parts: FhirParts): string {
  const known = texts.get(parts) ?? JSON.stringify(buildCapabilityStatement(parts));
  texts.set(parts, known);
  return known;
}

function buildCapabilityStatement(parts: FhirParts): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: publishedOn(parts.definitions),
    kind: 'instance',
    software: { name: 'mentoring-fhir', version: parts.softwareVersion },
    implementation: { description: 'FHIR R4 service for therapeutic mentoring', url: parts.baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: DOCUMENTATION,
        security: { cors: false, description: SECURITY },
        resource: [...SERVED_TYPES.values()].map((served) => describeType(served, parts)),
        interaction: [{ code: 'transaction' }, { code: 'batch' }, { code: 'history-system' }],
      },
    ],
  };
}

/** The newest date in the guide, such as `2026-11-22`; throws when none of it has a date. */
function publishedOn(definitions: Definitions): string {
  const profiles = definitions.published('StructureDefinition') as readonly StructureDefinition[];
  const newest = profiles.reduce((latest, { date = '' }) => (date > latest ? date : latest), '');
  if (newest === '') throw new Error('No StructureDefinition of the implementation guide has a date.');
  return newest;
}

function describeType(served: ServedType, parts: FhirParts): CapabilityStatementRestResource {
  const { resourceType, kind, interactions } = served;
  const supportedProfile = parts.supportedProfiles(resourceType);
  const searchParam = searchParamsOf(served, parts);
  const writable = kind !== 'published';
  return {
    type: resourceType as CapabilityStatementRestResource['type'],
    ...(supportedProfile.length > 0 && { supportedProfile: [...supportedProfile] }),
    interaction: interactions.map((code) => ({ code: code as 'read' })),
    versioning: kind === 'stored' ? 'versioned-update' : kind === 'binary' ? 'versioned' : 'no-version',
    readHistory: kind === 'stored',
    updateCreate: writable,
    conditionalCreate: false,
    conditionalRead: writable ? 'full-support' : 'not-supported',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(writable && { referencePolicy: ['literal', 'enforced', 'local'] }),
    ...(searchParam.length > 0 && { searchParam }),
  };
}

function searchParamsOf(
  { resourceType, kind }: ServedType,
  { definitions }: FhirParts,
): CapabilityStatementRestResourceSearchParam[] {
  if (kind === 'published') {
    return PUBLISHED_PARAMETERS.map((name) => ({ name, type: name === 'url' ? 'uri' : 'token' }));
  }
  return [...searchParametersOf(resourceType, definitions).values()]
    .map(({ code, type, url }) => ({ name: code, type, definition: url }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
