/**
 * The codes a record field may hold: the value set it is bound to, spelled out.
 *
 * Spec: https://hl7.org/fhir/R4/valueset.html#compositions
 *
 * A record carries plain codes; its maps add the systems. So a bound value set must be small, complete in the package
 * and free of filters; anything else is a mistake in the logical model and fails at start.
 */
import type { CodeSystemConcept, ValueSetComposeInclude } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';

export interface CodeEntry {
  code: string;
  display: string;
}

/** The codes of a value set in its own order. Throws when it can not be spelled out from the local definitions. */
export function codesOf(valueSetUrl: string, definitions: Definitions): CodeEntry[] {
  const valueSet = definitions.valueSet(valueSetUrl);
  if (!valueSet?.compose?.include) throw new Error(`The value set ${valueSetUrl} is not in the package`);
  if (valueSet.compose.exclude?.length) throw new Error(`${valueSetUrl}: records are not bound to exclusions`);
  const codes = valueSet.compose.include.flatMap((include) => codesOfInclude(include, valueSetUrl, definitions));
  return [...new Map(codes.map((entry) => [entry.code, entry])).values()];
}

function codesOfInclude(include: ValueSetComposeInclude, valueSetUrl: string, definitions: Definitions): CodeEntry[] {
  if (include.filter?.length) throw new Error(`${valueSetUrl}: records are not bound to filters`);
  if (include.valueSet?.length) return include.valueSet.flatMap((url) => codesOf(url, definitions));
  const concepts = codesOfSystem(definitions.codeSystem(include.system ?? '')?.concept);
  if (include.concept) {
    const displays = new Map(concepts.map((entry) => [entry.code, entry.display]));
    return include.concept.map(({ code = '', display }) => ({ code, display: display ?? displays.get(code) ?? code }));
  }
  if (concepts.length === 0) throw new Error(`${valueSetUrl}: the codes of ${include.system} are not in the package`);
  return concepts;
}

const codesOfSystem = (concepts: readonly CodeSystemConcept[] | undefined): CodeEntry[] =>
  (concepts ?? []).flatMap((concept) => [
    { code: concept.code ?? '', display: concept.display ?? concept.code ?? '' },
    ...codesOfSystem(concept.concept),
  ]);
