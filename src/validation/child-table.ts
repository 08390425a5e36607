/**
 * Builds the table of properties that a JSON object may have.
 *
 * Spec: https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/formats.html#choice
 */
import type { ChildTable, ElementRule, Property, TypeRule } from './rules.ts';

/** `own` children win over `inherited` ones of the same element name. */
export function childTable(own: readonly ElementRule[], inherited?: ChildTable): ChildTable {
  const elements = new Map<string, ElementRule>(inherited?.elements);
  for (const element of own) elements.set(element.name, element);
  const properties = new Map<string, Property>();
  const required: { element: ElementRule; names: string[] }[] = [];
  for (const element of elements.values()) {
    const names: string[] = [];
    for (const type of element.types) {
      const name = propertyName(element, type);
      if (names.includes(name)) continue;
      names.push(name);
      properties.set(name, { name, element, type, companion: false });
      if (type.kind === 'primitive') {
        names.push(`_${name}`);
        properties.set(`_${name}`, { name, element, type, companion: true });
      }
    }
    const wanted = element.min > 0 || (element.slicing?.slices.some((slice) => slice.element.min > 0) ?? false);
    if (wanted) required.push({ element, names });
  }
  return { properties, elements, required };
}

/** `value[x]` of type Quantity is `valueQuantity` in JSON. */
export function propertyName(element: ElementRule, type: TypeRule): string {
  return element.choice ? element.name + type.code.charAt(0).toUpperCase() + type.code.slice(1) : element.name;
}
