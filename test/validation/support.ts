/** What the validation tests share: definitions with profiles of the test's own, and findings as short lines. */
import { join } from 'node:path';
import type { StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../../src/conformance/definitions.ts';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';
import type { Finding } from '../../src/outcome/finding.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import type { ValidateOptions } from '../../src/validation/validator.ts';

/** R4 alone. The index is the checkout's own; it is built when it is not there. */
export const r4 = loadDefinitions({ cacheDir: join(import.meta.dirname, '../../.cache'), packageDirs: [] });

type Resources = { [K in 'StructureDefinition' | 'ValueSet' | 'CodeSystem']?: unknown[] };

/** R4 and the given resources. */
export function definitionsWith(resources: Resources): Definitions {
  const find = (type: keyof Resources, canonical: string): unknown => {
    const url = canonical.split('|')[0];
    return (resources[type] as { url: string }[] | undefined)?.find((resource) => resource.url === url);
  };
  return {
    ...r4,
    structure: (url) => (find('StructureDefinition', url) as StructureDefinition | undefined) ?? r4.structure(url),
    valueSet: (url) => (find('ValueSet', url) as ReturnType<Definitions['valueSet']>) ?? r4.valueSet(url),
    codeSystem: (url) => (find('CodeSystem', url) as ReturnType<Definitions['codeSystem']>) ?? r4.codeSystem(url),
  };
}

const validator = createValidator({ definitions: r4 });

/** `error required Encounter.status`, with the invariant's key at the end when there is one. */
export const line = ({ severity, code, expression, constraint }: Finding): string =>
  [severity, code, expression, constraint].filter((part) => part !== undefined).join(' ');

/** Findings against R4 alone, as lines. */
export const lines = (resource: unknown, options?: ValidateOptions): string[] =>
  validator.validate(resource, options).map(line);

/** Findings against R4 alone. */
export const findings = (resource: unknown, options?: ValidateOptions): Finding[] =>
  validator.validate(resource, options);

/** A validator over R4 and the given resources, as a function that returns lines. */
export function linesWith(resources: Resources): (resource: unknown, options?: ValidateOptions) => string[] {
  const own = createValidator({ definitions: definitionsWith(resources) });
  return (resource, options) => own.validate(resource, options).map(line);
}

export const EXAMPLE = 'https://example.org/fhir/StructureDefinition';

type Element = { id: string } & Record<string, unknown>;

/**
 * A profile with the base's snapshot and changed or added elements, as a snapshot generator would write it. An element
 * is found by its id; a new one is put after its siblings. `path` and `sliceName` come from the id.
 */
export function profile(
  id: string,
  type: string,
  changes: Element[],
  extra: Record<string, unknown> = {},
): StructureDefinition {
  const base = r4.structure(type);
  const elements = structuredClone(base?.snapshot?.element ?? []) as unknown as Element[];
  for (const change of changes) {
    const known = elements.find((element) => element.id === change.id);
    if (known) {
      Object.assign(known, change);
      continue;
    }
    const step = change.id.slice(change.id.lastIndexOf('.') + 1);
    const path = change.id.replace(/:[^.]+/g, '');
    const sliced = elements.find((element) => element.id === path);
    elements.push({
      path,
      ...(step.includes(':') && {
        ...withoutSlicing(sliced),
        sliceName: step.slice(step.lastIndexOf(':') + 1).replace(/^.*\//, ''),
      }),
      ...(!step.includes(':') && (sliced ?? fromType(change.id, path, elements))),
      ...change,
    });
  }
  return {
    resourceType: 'StructureDefinition',
    url: `${EXAMPLE}/${id}`,
    name: id,
    status: 'active',
    kind: base?.kind ?? 'resource',
    abstract: false,
    type,
    baseDefinition: base?.url,
    derivation: 'constraint',
    snapshot: { element: elements },
    ...extra,
  } as unknown as StructureDefinition;
}

function withoutSlicing(element: Element | undefined): Record<string, unknown> {
  const { slicing: _slicing, ...rest } = (element ?? {}) as Record<string, unknown>;
  return rest;
}

/** A child of a datatype, such as `Encounter.type.coding`: its definition stands at the datatype. */
function fromType(id: string, path: string, elements: Element[]): Record<string, unknown> {
  const dot = id.lastIndexOf('.');
  const parent = elements.find((candidate) => candidate.id === id.slice(0, dot));
  const type = (parent?.type as { code: string }[] | undefined)?.[0]?.code;
  const found = type && r4.structure(type)?.snapshot?.element?.find((one) => one.id === type + id.slice(dot));
  return found ? { ...structuredClone(found), path } : {};
}
