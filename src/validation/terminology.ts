/**
 * Is this code in that ValueSet? Answered from the definitions at hand, and honest where they do not suffice.
 *
 * Spec: https://hl7.org/fhir/R4/valueset.html#compositions, https://hl7.org/fhir/R4/valueset-filter-operator.html
 *
 * SNOMED CT, LOINC, RxNorm, ICD and every other CodeSystem whose content is not here are `not-checkable`, never wrong.
 * Supported filters: concept is-a, descendent-of, is-not-a, in, =; code regex; parent =. Another filter makes its system
 * not checkable. A code without a system (the `code` type) is looked for in every system of the ValueSet.
 */
import type { CodeSystem, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import { CODE_SYNTAX } from './code-syntax.ts';
import { conceptsOf, matchesFilter, type SystemConcepts } from './code-system-concepts.ts';

export type Membership = 'in' | 'not-in' | 'not-checkable';

export interface Terminology {
  /** `valueSet` with or without `|version`; `system` undefined for the `code` type. */
  membership(valueSet: string, system: string | undefined, code: string): Membership;
  /** Is this code one of the system's own? `not-checkable` when the system is unknown or incomplete here. */
  inSystem(system: string, code: string): Membership;
  /** The codes of a ValueSet that are known here, for suggestions. At most 2,000. */
  knownCodes(valueSet: string): readonly string[];
}

type Test = (system: string | undefined, code: string) => Membership;

interface Expansion {
  test: Test;
  known(): string[];
}

const NOTHING_KNOWN: Expansion = { test: () => 'not-checkable', known: () => [] };
const KNOWN_CODES_LIMIT = 2000;

/** ValueSets are compiled when first asked for and kept. */
export function createTerminology(definitions: Definitions): Terminology {
  const expansions = new Map<string, Expansion>();
  const knownCodes = new Map<string, readonly string[]>();
  const systems = new Map<string, SystemConcepts>();

  const system = (url: string): SystemConcepts | undefined => {
    const known = systems.get(url);
    if (known) return known;
    const codeSystem = definitions.codeSystem(url) as CodeSystem | undefined;
    const concepts = codeSystem && conceptsOf(codeSystem);
    // Unknown ones are not kept: their names come from strangers.
    if (concepts) systems.set(url, concepts);
    return concepts;
  };

  const expansion = (url: string): Expansion => {
    const known = expansions.get(url);
    if (known) return known;
    const valueSet = definitions.valueSet(url) as ValueSet | undefined;
    const found = valueSet ? expand(valueSet) : NOTHING_KNOWN;
    expansions.set(url, found);
    return found;
  };

  const expand = (valueSet: ValueSet): Expansion => {
    if (!valueSet.compose) return NOTHING_KNOWN;
    const included = valueSet.compose.include.map(include);
    const excluded = (valueSet.compose.exclude ?? []).map(include);
    return {
      test: (of, code) => {
        const inside = anyOf(included, of, code);
        if (inside === 'not-in' || excluded.length === 0) return inside;
        const outside = anyOf(excluded, of, code);
        if (outside === 'in') return 'not-in';
        return outside === 'not-checkable' ? 'not-checkable' : inside;
      },
      known: () =>
        included
          .flatMap((part) => part.known())
          .filter((code) => anyOf(excluded, undefined, code) !== 'in')
          .slice(0, KNOWN_CODES_LIMIT),
    };
  };

  /** All conditions of one `include` hold together: its system part and each of its ValueSets. */
  const include = (part: ValueSetComposeInclude): Expansion => {
    const parts = (part.valueSet ?? []).map((url): Expansion => {
      // Late, so that two ValueSets may include each other; a question that comes back to itself has no answer.
      let asking = false;
      const ask = <T>(question: () => T, circular: T): T => {
        if (asking) return circular;
        asking = true;
        try {
          return question();
        } finally {
          asking = false;
        }
      };
      return {
        test: (of, code) => ask(() => expansion(url).test(of, code), 'not-checkable'),
        known: () => ask(() => expansion(url).known(), []),
      };
    });
    if (part.system) parts.unshift(systemPart(part, part.system));
    if (parts.length === 1 && parts[0]) return parts[0];
    return { test: (of, code) => allOf(parts, of, code), known: () => parts[0]?.known() ?? [] };
  };

  const systemPart = (part: ValueSetComposeInclude, url: string): Expansion => {
    const test = systemTest(part, url);
    return {
      test: (of, code) => (of === undefined || of === url ? test.test(code) : 'not-in'),
      known: test.known,
    };
  };

  const systemTest = (
    part: ValueSetComposeInclude,
    url: string,
  ): { test(code: string): Membership; known(): string[] } => {
    if (part.concept) {
      const listed = new Set(part.concept.map((concept) => concept.code));
      return { test: (code) => (listed.has(code) ? 'in' : 'not-in'), known: () => [...listed] as string[] };
    }
    const concepts = system(url);
    const filters = part.filter ?? [];
    if (!concepts) {
      const syntax = filters.length === 0 ? CODE_SYNTAX.get(url) : undefined;
      if (syntax) return { test: (code) => (syntax(code) ? 'in' : 'not-in'), known: () => [] };
      return { test: () => 'not-checkable', known: () => [] };
    }
    if (filters.some((filter) => matchesFilter(concepts, filter, '') === undefined)) {
      return { test: () => 'not-checkable', known: () => [] };
    }
    const passes = (code: string): boolean => filters.every((filter) => matchesFilter(concepts, filter, code) === true);
    return {
      test: (code) => {
        if (concepts.codes.has(code)) return passes(code) ? 'in' : 'not-in';
        return concepts.complete ? 'not-in' : 'not-checkable';
      },
      known: () => [...concepts.codes].filter(passes),
    };
  };

  return {
    membership: (valueSet, of, code) => expansion(valueSet).test(of, code),
    inSystem: (url, code) => {
      const concepts = system(url);
      if (concepts?.codes.has(code)) return 'in';
      if (concepts) return concepts.complete ? 'not-in' : 'not-checkable';
      const syntax = CODE_SYNTAX.get(url);
      return syntax ? (syntax(code) ? 'in' : 'not-in') : 'not-checkable';
    },
    knownCodes: (valueSet) => {
      const known = knownCodes.get(valueSet) ?? [...new Set(expansion(valueSet).known())].slice(0, KNOWN_CODES_LIMIT);
      knownCodes.set(valueSet, known);
      return known;
    },
  };
}

function anyOf(parts: readonly Expansion[], system: string | undefined, code: string): Membership {
  let answer: Membership = 'not-in';
  for (const part of parts) {
    const one = part.test(system, code);
    if (one === 'in') return 'in';
    if (one === 'not-checkable') answer = one;
  }
  return answer;
}

function allOf(parts: readonly Expansion[], system: string | undefined, code: string): Membership {
  let answer: Membership = 'in';
  for (const part of parts) {
    const one = part.test(system, code);
    if (one === 'not-in') return 'not-in';
    if (one === 'not-checkable') answer = one;
  }
  return answer;
}
