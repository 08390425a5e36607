/**
 * The state of one `validate` call: where the walk is, which resource it is in, and what it found.
 *
 * Spec: https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression
 *
 * The path is a stack that becomes a string only when something is wrong. A choice element appears under its element
 * name (`Observation.value`), because the spec allows only the simple subset of FHIRPath there.
 */
import type { IssueCode } from '../outcome/fhir-error.ts';
import type { Finding, Severity } from '../outcome/finding.ts';
import type { JsonObject } from './json-value.ts';

/** After so many errors the walk stops: a list of a million wrong items is one mistake. */
const MAX_ERRORS = 500;

/** After so many warnings and notes the rest of them is left out; the walk goes on, because an error may follow. */
const MAX_WARNINGS = 500;

/** Objects inside each other. FHIR content stays under 30; the stack holds far more. */
export const MAX_DEPTH = 120;

/** The resources of a Bundle by fullUrl, and the other way round. */
export interface BundleEntries {
  byUrl: ReadonlyMap<string, JsonObject>;
  fullUrls: ReadonlyMap<JsonObject, string>;
}

/** Where the walk is inside nested resources. */
export interface ResourceScope {
  /** `%resource`: the resource that the element is in. */
  resource: JsonObject;
  /** `%rootResource`: the same, or the container of a contained resource. */
  rootResource: JsonObject;
  /** The nearest Bundle around, with the fullUrl of the entry the walk is in. */
  bundle: BundleEntries | undefined;
  bundleType: string | undefined;
  fullUrl: string | undefined;
}

export interface FindingDetails {
  /** Name of a child that the finding is about, when the walk is still at its parent. */
  child?: string;
  constraint?: string;
  ruleId?: string | undefined;
}

/** Whether a value meets a profile; while the question is open, what is assumed. */
interface Answer {
  yes: boolean;
  open: boolean;
  /** Somebody was answered while the question was open. */
  assumed: boolean;
}

export class Run {
  findings: Finding[] = [];
  readonly path: (string | number)[] = [];
  scope: ResourceScope;
  /** Canonical of the profile being checked; undefined for a base definition. */
  profile: string | undefined = undefined;
  /** Objects the walk is inside of. */
  depth = 0;
  /** Set when something was nested too deep: FHIRPath would walk it again, without a guard. */
  tooDeep = false;
  /** Set when the walk should stop. */
  full = false;
  private errors = 0;
  private warnings = 0;
  /** Also check what resources inside claim in `meta.profile`. */
  readonly claimed: boolean;

  constructor(resource: JsonObject, claimed: boolean) {
    this.claimed = claimed;
    this.scope = {
      resource,
      rootResource: resource,
      bundle: undefined,
      bundleType: undefined,
      fullUrl: undefined,
    };
  }

  add(severity: Severity, code: IssueCode, message: string, details: FindingDetails = {}): void {
    if (this.full) return;
    const isError = severity === 'error' || severity === 'fatal';
    const count = isError ? ++this.errors : ++this.warnings;
    if (isError && count > MAX_ERRORS) {
      this.full = true;
      const text = `More than ${MAX_ERRORS} errors. The rest of the resource was not checked.`;
      this.findings.push({ severity: 'error', code: 'too-costly', message: text });
      return;
    }
    if (!isError && count > MAX_WARNINGS) {
      if (count > MAX_WARNINGS + 1) return;
      const text = `More than ${MAX_WARNINGS} warnings. The rest of them is left out.`;
      this.findings.push({ severity: 'information', code: 'informational', message: text });
      return;
    }
    const finding: Finding = { severity, code, message };
    const expression = this.expression(details.child);
    if (expression) finding.expression = expression;
    if (details.constraint) finding.constraint = details.constraint;
    if (details.ruleId) finding.ruleId = details.ruleId;
    if (this.profile) finding.profile = this.profile;
    this.findings.push(finding);
  }

  error(code: IssueCode, message: string, details?: FindingDetails): void {
    this.add('error', code, message, details);
  }

  warning(code: IssueCode, message: string, details?: FindingDetails): void {
    this.add('warning', code, message, details);
  }

  /** The path as FHIRPath, such as `Encounter.participant[0].individual`. */
  expression(child?: string): string {
    let text = '';
    for (const step of this.path) {
      if (typeof step === 'number') text += `[${step}]`;
      else text += text === '' ? step : `.${step}`;
    }
    return child && text ? `${text}.${child}` : text;
  }

  private readonly answers = new WeakMap<JsonObject, Map<string, Answer>>();
  /** Every yes, in the order given: it may rest on what was open then. */
  private readonly agreed: { answers: Map<string, Answer>; profile: string }[] = [];

  /**
   * Does the value meet the profile, as `check` finds out? Remembers the answer. Two resources that each must meet a
   * profile because of the other are taken to meet it while the question is open. Where the answer is then no, whatever
   * was found to hold meanwhile is forgotten; a no stands, because it was found although more was assumed.
   */
  conforming(value: JsonObject, profile: string, check: () => void): boolean {
    const answers = this.answers.get(value) ?? new Map<string, Answer>();
    this.answers.set(value, answers);
    const known = answers.get(profile);
    if (known) {
      known.assumed ||= known.open;
      return known.yes;
    }
    const answer: Answer = { yes: true, open: true, assumed: false };
    answers.set(profile, answer);
    const before = this.agreed.length;
    const { scope } = this;
    if (typeof value.resourceType === 'string') {
      const contained = Array.isArray(scope.rootResource.contained) && scope.rootResource.contained.includes(value);
      this.scope = { ...scope, resource: value, rootResource: contained ? scope.rootResource : value };
    }
    answer.yes = this.passes(check);
    this.scope = scope;
    answer.open = false;
    if (answer.yes) this.agreed.push({ answers, profile });
    else if (answer.assumed) {
      for (const one of this.agreed.splice(before)) one.answers.delete(one.profile);
    }
    return answer.yes;
  }

  /** Runs a check without keeping its findings; true when it found no error. */
  private passes(check: () => void): boolean {
    const { findings, full, errors, warnings } = this;
    this.findings = [];
    this.errors = 0;
    this.warnings = 0;
    check();
    const passed = !this.findings.some((finding) => finding.severity === 'error' || finding.severity === 'fatal');
    this.findings = findings;
    this.errors = errors;
    this.warnings = warnings;
    this.full = full;
    return passed;
  }
}
