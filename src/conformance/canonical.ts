/**
 * The canonical base of everything this project publishes. The FSH sources carry the same string in
 * `profiles/sushi-config.yaml`; `test/conformance/canonical.test.ts` compares them.
 */
export const CANONICAL_BASE = 'https://w3id.org/therapeutic-mentoring/fhir';

export const profileUrl = (id: string): string => `${CANONICAL_BASE}/StructureDefinition/${id}`;
export const codeSystemUrl = (id: string): string => `${CANONICAL_BASE}/CodeSystem/${id}`;
export const valueSetUrl = (id: string): string => `${CANONICAL_BASE}/ValueSet/${id}`;
export const structureMapUrl = (id: string): string => `${CANONICAL_BASE}/StructureMap/${id}`;
