/** Reads the committed package, catalogue and examples for the tests of the guide. */
import { readdirSync, readFileSync } from 'node:fs';
import type { CodeSystem, ElementDefinition, Resource, StructureDefinition, ValueSet } from '@medplum/fhirtypes';

const profiles = new URL('../../profiles/', import.meta.url);

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, profiles), 'utf8')) as T;
}

const readFolder = (folder: string): Resource[] =>
  readdirSync(new URL(folder, profiles))
    .filter((name) => name.endsWith('.json') && name !== 'package.json')
    .map((name) => readJson<Resource>(`${folder}${name}`));

export const definitions: readonly Resource[] = readFolder('package/');
export const examples: readonly Resource[] = readFolder('package/example/');

export const structures = definitions.filter((r): r is StructureDefinition => r.resourceType === 'StructureDefinition');
export const codeSystems = definitions.filter((r): r is CodeSystem => r.resourceType === 'CodeSystem');
export const valueSets = definitions.filter((r): r is ValueSet => r.resourceType === 'ValueSet');

/** Our constraint profiles on resources; extensions and logical models left out. */
export const resourceProfiles = structures.filter((s) => s.kind === 'resource' && s.derivation === 'constraint');

export function structure(id: string): StructureDefinition {
  const found = structures.find((s) => s.id === id);
  if (!found) throw new Error(`The package has no StructureDefinition ${id}.`);
  return found;
}

export function snapshot(id: string): ElementDefinition[] {
  const elements = structure(id).snapshot?.element;
  if (!elements) throw new Error(`${id} has no snapshot.`);
  return elements;
}

export interface PatchOperation {
  op: 'add' | 'remove' | 'replace';
  path: string;
  value?: unknown;
}

export interface Rule {
  id: string;
  program: string;
  statement: string;
  advisory?: boolean;
  severity: 'error' | 'warning' | 'information';
  appliesTo: Record<string, string>;
  check: {
    class: string;
    key?: string;
    profile?: string;
    path?: string;
    valueSet?: string;
    bindingStrength?: string;
    sameAs?: string[];
    measure?: string;
    test?: { base: string; failPatch: PatchOperation[] };
  };
}

export interface Catalogue {
  rules: Rule[];
  structural: Omit<Rule, 'program' | 'appliesTo'>[];
  external: { id: string; basis: string[] }[];
  measures: { id: string }[];
  facts: { id: string }[];
}

export const catalogue = readJson<Catalogue>('programs/catalogue.json');
export const catalogueExamples = readJson<Record<string, Resource>>('programs/catalogue-examples.json');
