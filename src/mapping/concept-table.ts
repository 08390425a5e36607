/**
 * A ConceptMap as a lookup table, in its own direction or backwards.
 *
 * Spec: https://hl7.org/fhir/R4/conceptmap.html, https://hl7.org/fhir/R4/conceptmap-operation-translate.html
 *
 * Choices: a code has one translation. Where the ConceptMap lists several targets for a source (or, backwards, several
 * sources for a target), exactly one must carry `comment: "preferred"` on its target, or the table can not be built.
 * Targets with equivalence `unmatched` or `disjoint` are no translation. `dependsOn` and `product` are refused.
 * `unmapped`: `fixed` and `other-map` serve only the forward direction; `provided` keeps the code in both, and the
 * result belongs to the system the translation leads to.
 */
import type { ConceptMap, ConceptMapGroup } from '@medplum/fhirtypes';

export interface Coded {
  system: string | undefined;
  code: string;
  display?: string | undefined;
}

export interface ConceptTable {
  url: string;
  /** Translates, or undefined when there is no mapping. Without a system the code must be known in one system only. */
  translate(system: string | undefined, code: string): Coded | undefined;
  /** Codes that have a mapping, of the system when one is given. */
  codes(system?: string): string[];
  /** Codes that stand in several source systems with different translations: a bare code can not be translated. */
  ambiguousCodes: readonly string[];
}

/** A suffix on a ConceptMap's URL in a map: the same table, backwards. FML has no word for it. */
export const INVERSE_SUFFIX = '#inverse';

interface Row {
  from: Coded;
  to: Coded;
  preferred: boolean;
}

interface Fallback {
  fromSystem: string | undefined;
  translate(code: string): Coded | undefined;
}

/**
 * Builds the table for a ConceptMap. `find` gives other ConceptMaps for `other-map`. Every reason why the table can
 * not be trusted is passed to `problem`.
 */
export function buildConceptTable(
  conceptMap: ConceptMap,
  inverse: boolean,
  find: (url: string) => ConceptMap | undefined,
  problem: (message: string) => void,
  visited: readonly string[] = [],
): ConceptTable {
  const url = conceptMap.url ?? conceptMap.id ?? '';
  const rows = new Map<string, Row[]>();
  const fallbacks: Fallback[] = [];
  for (const group of conceptMap.group ?? []) {
    for (const forward of rowsOf(group, problem)) {
      const row = inverse ? { ...forward, from: forward.to, to: forward.from } : forward;
      const key = keyOf(row.from.system, row.from.code);
      rows.set(key, [...(rows.get(key) ?? []), row]);
    }
    const fallback = fallbackOf(group, inverse, find, problem, [...visited, url]);
    if (fallback) fallbacks.push(fallback);
  }

  const byKey = new Map<string, Coded>();
  const byCode = new Map<string, Coded[]>();
  for (const [key, candidates] of rows) {
    const chosen = chooseRow(candidates);
    if (!chosen) {
      const codes = candidates.map((c) => `'${c.to.code}'`).join(', ');
      const from = candidates[0]?.from.code;
      problem(`code '${from}' leads to ${codes}: mark exactly one with comment 'preferred'`);
      continue;
    }
    byKey.set(key, chosen.to);
    byCode.set(chosen.from.code, [...(byCode.get(chosen.from.code) ?? []), chosen.to]);
  }
  const ambiguousCodes = [...byCode].filter(([, to]) => new Set(to.map((t) => keyOf(t.system, t.code))).size > 1);

  return {
    url: inverse ? url + INVERSE_SUFFIX : url,
    ambiguousCodes: ambiguousCodes.map(([code]) => code),
    codes: (system) => [...new Set([...rows.values()].flatMap((r) => codeIn(r[0]?.from, system)))],
    translate(system, code) {
      const found =
        system === undefined
          ? byCode.get(code)?.[0]
          : (byKey.get(keyOf(system, code)) ?? byKey.get(keyOf(undefined, code)));
      if (found) return found;
      for (const fallback of fallbacks) {
        if (system !== undefined && fallback.fromSystem !== undefined && fallback.fromSystem !== system) continue;
        const translated = fallback.translate(code);
        if (translated) return translated;
      }
      return undefined;
    },
  };
}

const keyOf = (system: string | undefined, code: string): string => `${system ?? ''}|${code}`;

const codeIn = (from: Coded | undefined, system: string | undefined): string[] =>
  from && (system === undefined || from.system === undefined || from.system === system) ? [from.code] : [];

function rowsOf(group: ConceptMapGroup, problem: (message: string) => void): Row[] {
  return (group.element ?? []).flatMap((element) =>
    (element.target ?? []).flatMap((target): Row[] => {
      if (target.dependsOn?.length || target.product?.length) {
        problem(`code '${element.code}' uses dependsOn or product, which are not supported`);
      }
      if (target.equivalence === 'unmatched' || target.equivalence === 'disjoint') return [];
      if (!element.code || !target.code) {
        problem(`an element of the group ${group.source ?? ''} has no code or no target code`);
        return [];
      }
      return [
        {
          from: { system: group.source, code: element.code, display: element.display },
          to: { system: group.target, code: target.code, display: target.display },
          preferred: target.comment === 'preferred',
        },
      ];
    }),
  );
}

function chooseRow(candidates: readonly Row[]): Row | undefined {
  const distinct = new Set(candidates.map((c) => keyOf(c.to.system, c.to.code)));
  if (distinct.size === 1) return candidates[0];
  const preferred = candidates.filter((c) => c.preferred);
  return preferred.length === 1 ? preferred[0] : undefined;
}

function fallbackOf(
  group: ConceptMapGroup,
  inverse: boolean,
  find: (url: string) => ConceptMap | undefined,
  problem: (message: string) => void,
  visited: readonly string[],
): Fallback | undefined {
  const unmapped = group.unmapped;
  if (!unmapped) return undefined;
  const fromSystem = inverse ? group.target : group.source;
  if (unmapped.mode === 'provided') {
    const system = inverse ? group.source : group.target;
    return { fromSystem, translate: (code) => ({ system, code }) };
  }
  if (inverse) return undefined;
  if (unmapped.mode === 'fixed') {
    const { code, display } = unmapped;
    if (!code) {
      problem('unmapped.mode is fixed, but unmapped.code is missing');
      return undefined;
    }
    return { fromSystem, translate: () => ({ system: group.target, code, display }) };
  }
  const url = unmapped.url ?? '';
  const other = find(url);
  if (!other || visited.includes(url)) {
    problem(
      other
        ? `unmapped.url leads in a circle to ${url}`
        : `unmapped.url names the ConceptMap ${url}, which is not known`,
    );
    return undefined;
  }
  const table = buildConceptTable(other, false, find, problem, visited);
  return { fromSystem, translate: (code) => table.translate(fromSystem, code) };
}
