/**
 * The codes of one CodeSystem and how they descend from each other.
 *
 * Spec: https://hl7.org/fhir/R4/codesystem.html#hierarchy, https://hl7.org/fhir/R4/valueset-filter-operator.html
 *
 * Hierarchy comes from nested concepts and from the properties `parent` and `subsumedBy` (v3 code systems).
 */
import type { CodeSystem, CodeSystemConcept, ValueSetComposeIncludeFilter } from '@medplum/fhirtypes';

export interface SystemConcepts {
  codes: ReadonlySet<string>;
  /** Parents of each code; absent for a top concept. */
  parents: ReadonlyMap<string, readonly string[]>;
  /** False for a fragment or an example: a code that is not here may still exist. */
  complete: boolean;
}

/** Undefined when the CodeSystem holds no concepts here. */
export function conceptsOf(codeSystem: CodeSystem): SystemConcepts | undefined {
  if (codeSystem.content === 'not-present' || codeSystem.content === 'supplement') return undefined;
  if (!codeSystem.concept) return undefined;
  const codes = new Set<string>();
  const parents = new Map<string, string[]>();
  const visit = (concept: CodeSystemConcept, parent: string | undefined): void => {
    if (!concept.code) return;
    codes.add(concept.code);
    const named = (concept.property ?? [])
      .filter((property) => property.code === 'parent' || property.code === 'subsumedBy')
      .map((property) => property.valueCode)
      .filter((code) => code !== undefined);
    const all = [...(parent ? [parent] : []), ...named];
    if (all.length > 0) parents.set(concept.code, [...(parents.get(concept.code) ?? []), ...all]);
    for (const child of concept.concept ?? []) visit(child, concept.code);
  };
  for (const concept of codeSystem.concept) visit(concept, undefined);
  return { codes, parents, complete: codeSystem.content === 'complete' };
}

/** True or false when the filter can be decided for the code; undefined when this kind of filter is not supported. */
export function matchesFilter(
  concepts: SystemConcepts,
  filter: ValueSetComposeIncludeFilter,
  code: string,
): boolean | undefined {
  const { property, op, value } = filter;
  if (value === undefined) return undefined;
  if (property === 'concept' || property === 'code') {
    switch (op) {
      case 'is-a':
        return code === value || descends(concepts, code, value);
      case 'descendent-of':
        return descends(concepts, code, value);
      case 'is-not-a':
        return code !== value && !descends(concepts, code, value);
      case '=':
        return code === value;
      case 'in':
        return value.split(',').some((one) => one.trim() === code);
      case 'not-in':
        return !value.split(',').some((one) => one.trim() === code);
      case 'regex':
        return new RegExp(`^(?:${value})$`).test(code);
      default:
        return undefined;
    }
  }
  if (property === 'parent' && op === '=') return concepts.parents.get(code)?.includes(value) ?? false;
  return undefined;
}

function descends(concepts: SystemConcepts, code: string, ancestor: string): boolean {
  const seen = new Set<string>();
  const waiting = [...(concepts.parents.get(code) ?? [])];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    if (parent === ancestor) return true;
    if (seen.has(parent)) continue;
    seen.add(parent);
    waiting.push(...(concepts.parents.get(parent) ?? []));
  }
  return false;
}
