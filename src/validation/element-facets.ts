/**
 * Reads the facets of an ElementDefinition whose names depend on a type: `fixedCode`, `patternCodeableConcept` …
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition.html
 */
import type { ElementDefinition } from '@medplum/fhirtypes';
import type { BindingRule } from './rules.ts';

const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';

/** The value of `fixed[x]` or `pattern[x]`, in a box; undefined when the element has none. */
export function boxed(element: ElementDefinition, facet: 'fixed' | 'pattern'): { value: unknown } | undefined {
  for (const [name, value] of Object.entries(element)) {
    if (name.startsWith(facet) && /^[A-Z]/.test(name.slice(facet.length))) return { value };
  }
  return undefined;
}

/** `minValue[x]` or `maxValue[x]` where it is a number, a date or a time. Quantities are not compared. */
export function minMaxOf(element: ElementDefinition, facet: 'minValue' | 'maxValue'): number | string | undefined {
  for (const [name, value] of Object.entries(element)) {
    if (name.startsWith(facet) && (typeof value === 'number' || typeof value === 'string')) return value;
  }
  return undefined;
}

/** The element's binding to a ValueSet; undefined when it has none. */
export function bindingOf(element: ElementDefinition): BindingRule | undefined {
  const { binding } = element;
  const maxValueSet = binding?.extension?.find((extension) => extension.url === MAX_VALUE_SET);
  if (!binding?.valueSet) return undefined;
  return {
    strength: binding.strength,
    valueSet: binding.valueSet,
    maxValueSet: maxValueSet?.valueCanonical ?? maxValueSet?.valueUri,
  };
}
