/**
 * The conformance resources in force: FHIR R4 core, our implementation guide, and packages an operator adds.
 *
 * Spec: https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/terminologies-valuesets.html
 *
 * Lookups accept a canonical with or without `|version`; a StructureDefinition is also found by its bare type name
 * (`Encounter`, `Period`). Objects returned are shared and must not be changed.
 */
import type { CodeSystem, ConceptMap, SearchParameter, StructureDefinition, ValueSet } from '@medplum/fhirtypes';

export interface Definitions {
  structure(urlOrType: string): StructureDefinition | undefined;
  valueSet(url: string): ValueSet | undefined;
  codeSystem(url: string): CodeSystem | undefined;
  conceptMap(url: string): ConceptMap | undefined;
  /** R4's parameters and ours whose `base` lists the type (or Resource / DomainResource). */
  searchParameters(resourceType: string): readonly SearchParameter[];
  /** Every resource of one conformance type of OUR package (profiles, logical models …), for reading over REST. */
  published(
    resourceType: string,
  ): readonly { resourceType: string; id?: string | undefined; url?: string | undefined }[];
}
