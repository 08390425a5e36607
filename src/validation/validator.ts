/**
 * What the rest of the service asks of validation.
 *
 * Spec: https://hl7.org/fhir/R4/validation.html
 */
import type { Finding } from '../outcome/finding.ts';

export interface ValidateOptions {
  /** Canonical URLs of profiles to check beside the base definition of the type. Unknown ones are an error finding. */
  profiles?: readonly string[];
  /** Also check the profiles that the resource claims in `meta.profile`. Default true. */
  claimed?: boolean;
}

export interface Validator {
  /**
   * Findings on a resource as parsed from JSON: structure, cardinality, types, bindings, slices, invariants.
   * Empty means valid. Never throws on bad input, whatever the input is.
   */
  validate(resource: unknown, options?: ValidateOptions): Finding[];
}
