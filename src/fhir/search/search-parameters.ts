/**
 * The search parameters this service offers: one list for the indexer, the parser and the CapabilityStatement.
 *
 * Spec: https://hl7.org/fhir/R4/search.html#ptypes, https://hl7.org/fhir/R4/searchparameter-registry.html
 *
 * R4's parameters of a type, and ours, whose expression compiles exactly and whose datatypes have a rule below. Not
 * offered: number, quantity, composite and special parameters, and the few expressions with other FHIRPath functions.
 */
import type { SearchParameter } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';
import { SERVED_TYPES } from '../served-types.ts';
import { type CompiledPath, compileExpression, resolvedTypes } from './compile-path.ts';

type ParameterKind = 'id' | 'lastUpdated' | 'token' | 'uri' | 'reference' | 'date' | 'string';

export interface OfferedParameter {
  code: string;
  kind: ParameterKind;
  /** R4's name of the kind, for the CapabilityStatement. */
  type: SearchParameter['type'];
  /** Canonical URL of the definition. */
  url: string;
  /** For references: the served types they may lead to. */
  targets: readonly string[];
  paths: readonly CompiledPath[];
}

const DATATYPES: Record<Exclude<ParameterKind, 'id' | 'lastUpdated'>, ReadonlySet<string>> = {
  token: new Set(['code', 'Coding', 'CodeableConcept', 'Identifier', 'ContactPoint', 'boolean', 'string', 'id', 'uri']),
  uri: new Set(['uri', 'url', 'canonical', 'oid', 'uuid']),
  reference: new Set(['Reference', 'canonical', 'uri']),
  date: new Set(['date', 'dateTime', 'instant', 'Period', 'Timing']),
  string: new Set(['string', 'markdown', 'HumanName', 'Address']),
};

const compiled = new WeakMap<Definitions, Map<string, ReadonlyMap<string, OfferedParameter>>>();

/** The parameters of a stored type by code, compiled at the first call. Empty for a type that is not searched. */
export function searchParametersOf(
  resourceType: string,
  definitions: Definitions,
): ReadonlyMap<string, OfferedParameter> {
  const byType = compiled.get(definitions) ?? new Map<string, ReadonlyMap<string, OfferedParameter>>();
  compiled.set(definitions, byType);
  const known = byType.get(resourceType);
  if (known) return known;

  const offered = new Map<string, OfferedParameter>();
  if (SERVED_TYPES.get(resourceType)?.kind === 'stored') {
    for (const definition of definitions.searchParameters(resourceType)) {
      const parameter = offer(definition, resourceType, definitions);
      if (parameter && !offered.has(parameter.code)) offered.set(parameter.code, parameter);
    }
  }
  byType.set(resourceType, offered);
  return offered;
}

function offer(
  definition: SearchParameter,
  resourceType: string,
  definitions: Definitions,
): OfferedParameter | undefined {
  const { code, type, url, expression } = definition;
  if (!code || !url || !expression) return undefined;
  const kind = kindOf(code, type);
  if (!kind) return undefined;
  if (kind === 'id' || kind === 'lastUpdated') return { code, kind, type, url, targets: [], paths: [] };

  // A choice may hold what this kind of parameter can not search (an Attachment, a Quantity): those leave no rows.
  const compiledPaths = compileExpression(expression, resourceType, definitions) ?? [];
  const paths = compiledPaths.filter((path) => DATATYPES[kind].has(path.datatype));
  if (paths.length === 0) return undefined;
  return { code, kind, type, url, targets: targetsOf(definition, resourceType), paths };
}

function kindOf(code: string, type: string | undefined): ParameterKind | undefined {
  if (code === '_id') return 'id';
  if (code === '_lastUpdated') return 'lastUpdated';
  return (['token', 'uri', 'reference', 'date', 'string'] as const).find((kind) => kind === type);
}

function targetsOf(definition: SearchParameter, resourceType: string): string[] {
  const resolved = resolvedTypes(definition.expression ?? '', resourceType);
  const targets = resolved.length > 0 ? resolved : (definition.target ?? []);
  return targets.filter((target) => SERVED_TYPES.has(target));
}
