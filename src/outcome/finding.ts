/**
 * What a check found: one shape for structure, profile invariants and program rules.
 *
 * A finding becomes an OperationOutcome issue at the edge. `ruleId` is an id of the rule catalogue (CYS-029,
 * HRC-021, STR-001 …); `constraint` is the key of a FHIRPath invariant (tm-enc-1, dom-3 …).
 */
import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { IssueCode } from './fhir-error.ts';

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

export interface Finding {
  severity: Severity;
  /** R4 issue-type: structure, required, value, invariant, code-invalid, business-rule, not-found … */
  code: IssueCode;
  /**
   * A sentence that says what is wrong and what to do, and names the field itself where it needs it: clients show
   * `diagnostics` alone. Holds no patient data beyond the offending value.
   */
  message: string;
  /** FHIRPath with indexes, such as `Encounter.participant[0].individual`; absent when the whole resource is meant. */
  expression?: string;
  /** For a mentoring record: the field, such as `goals[0].due`. */
  field?: string;
  /** Key of the invariant that failed. */
  constraint?: string;
  /** Id in the rule catalogue. */
  ruleId?: string;
  /** Canonical URL of the profile that was checked. */
  profile?: string;
}

/** Renders a finding as an issue. The rule or invariant id leads the sentence, so that it survives every client. */
export function toIssue(finding: Finding): OperationOutcomeIssue {
  const id = finding.ruleId ?? finding.constraint;
  const expression = finding.field ?? finding.expression;
  return {
    severity: finding.severity,
    code: finding.code,
    ...(id && { details: { text: id } }),
    diagnostics: id ? `${id}: ${finding.message}` : finding.message,
    ...(expression && { expression: [expression] }),
  };
}

/** True when a finding of this severity makes the input unacceptable. */
export const isError = (finding: { severity: Severity }): boolean =>
  finding.severity === 'error' || finding.severity === 'fatal';
