/**
 * The files of our FHIR package, from the resources SUSHI compiled.
 *
 * Spec: https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 */
import type { FhirResource } from './compile-fsh.ts';

const DEFINITIONS = new Set([
  'CapabilityStatement',
  'CodeSystem',
  'ConceptMap',
  'Measure',
  'NamingSystem',
  'OperationDefinition',
  'SearchParameter',
  'StructureDefinition',
  'StructureMap',
  'ValueSet',
]);

/**
 * @param resources what the compile produced
 * @param config text of sushi-config.yaml, which names, numbers and dates the package
 * @returns file name (with `example/` for instances) to file text, in a stable order
 */
export function packageFiles(resources: readonly FhirResource[], config: string): Map<string, string> {
  const files = new Map<string, string>([['package.json', pretty(manifest(config))]]);
  for (const resource of resources) {
    const isDefinition = DEFINITIONS.has(resource.resourceType);
    const name = `${isDefinition ? '' : 'example/'}${resource.resourceType}-${resource.id}.json`;
    files.set(name, pretty(isDefinition ? published(resource, config) : resource));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Adds what SUSHI leaves to the IG Publisher, the date and the publisher, after the status; and leaves out the
 * mappings to RIM and v2 that every snapshot inherits, a third of the bytes and of no use here.
 */
function published(resource: FhirResource, config: string): FhirResource {
  const added = { date: setting(config, 'date'), publisher: setting(config, '  name') };
  const entries = Object.entries(withoutMappings(resource) as FhirResource);
  return Object.fromEntries(
    entries.flatMap((entry) => (entry[0] === 'status' ? [entry, ...Object.entries(added)] : [entry])),
  ) as FhirResource;
}

function withoutMappings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMappings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'mapping')
      .map(([name, child]) => [name, withoutMappings(child)]),
  );
}

function manifest(config: string): Record<string, unknown> {
  const fhirVersion = setting(config, 'fhirVersion');
  return {
    name: setting(config, 'id'),
    version: setting(config, 'version'),
    description: setting(config, 'description'),
    type: 'IG',
    license: setting(config, 'license'),
    canonical: setting(config, 'canonical'),
    title: setting(config, 'title'),
    fhirVersions: [fhirVersion],
    dependencies: { 'hl7.fhir.r4.core': fhirVersion },
    author: setting(config, '  name'),
  };
}

/** A scalar of sushi-config.yaml, by its name with its indentation: `  name` is the publisher's. */
function setting(config: string, name: string): string {
  const value = new RegExp(`^${name}: *(.+)$`, 'm').exec(config)?.[1];
  if (!value) throw new Error(`sushi-config.yaml has no "${name}" on one line.`);
  return value.replace(/^['"]|['"]$/g, '');
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
