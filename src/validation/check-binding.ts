/**
 * Codes against the ValueSets that elements are bound to.
 *
 * Spec: https://hl7.org/fhir/R4/terminologies.html#strength
 *
 * Required: an error. Extensible: a warning, because a code outside is allowed when none inside fits. A maximum
 * ValueSet is an error whatever the strength. Preferred and example bindings are advice and not checked. Codes that can
 * not be decided here (SNOMED CT, LOINC, RxNorm …) pass.
 */
import { CANONICAL_BASE } from '../conformance/canonical.ts';
import { nearest, orList } from '../outcome/nearest.ts';
import { isObject, quote } from './json-value.ts';
import type { BindingRule } from './rules.ts';
import type { Run } from './run.ts';
import type { Membership, Terminology } from './terminology.ts';

/** Checks a code, Coding, CodeableConcept, Quantity, string or uri. */
export function checkBinding(value: unknown, binding: BindingRule, terminology: Terminology, run: Run): void {
  if (binding.strength === 'required') checkAgainst(binding.valueSet, 'error', value, terminology, run);
  else if (binding.strength === 'extensible') checkAgainst(binding.valueSet, 'warning', value, terminology, run);
  if (binding.maxValueSet) checkAgainst(binding.maxValueSet, 'error', value, terminology, run);
}

interface CodedValue {
  system: string | undefined;
  code: string;
}

function checkAgainst(
  valueSet: string,
  severity: 'error' | 'warning',
  value: unknown,
  terminology: Terminology,
  run: Run,
): void {
  if (typeof value === 'string') {
    if (terminology.membership(valueSet, undefined, value) === 'not-in') {
      report(valueSet, severity, { system: undefined, code: value }, terminology, run);
    }
    return;
  }
  if (!isObject(value)) return;
  const concept = Array.isArray(value.coding);
  const codings = concept ? (value.coding as unknown[]) : [value];
  let best: Membership | undefined;
  let wrong: CodedValue | undefined;
  for (const coding of codings) {
    if (!isObject(coding) || typeof coding.code !== 'string') continue;
    const coded = { system: typeof coding.system === 'string' ? coding.system : undefined, code: coding.code };
    const answer = membershipOfCoding(valueSet, coded, terminology);
    if (answer === 'in') return;
    if (answer === 'not-checkable') best = answer;
    else wrong ??= coded;
  }
  if (best === 'not-checkable') return;
  if (wrong) report(valueSet, severity, wrong, terminology, run);
  else if (severity === 'error' && needsCode(value)) {
    run.error(
      'code-invalid',
      `A code is required here, from ${name(valueSet)}.${suggestion('', valueSet, terminology)}`,
    );
  }
}

/** A Coding without a system says nothing about which code it is. */
function membershipOfCoding(valueSet: string, coded: CodedValue, terminology: Terminology): Membership {
  if (coded.system !== undefined) return terminology.membership(valueSet, coded.system, coded.code);
  return terminology.membership(valueSet, undefined, coded.code) === 'not-checkable' ? 'not-checkable' : 'not-in';
}

/** A Quantity may lack a unit's code, and a value that is only extensions says why it has no code. */
function needsCode(value: Record<string, unknown>): boolean {
  const quantity = value.value !== undefined || value.unit !== undefined || value.comparator !== undefined;
  return !quantity && value.extension === undefined;
}

function report(
  valueSet: string,
  severity: 'error' | 'warning',
  { system, code }: CodedValue,
  terminology: Terminology,
  run: Run,
): void {
  const shown = system === undefined ? quote(code) : `${quote(code)} of ${system.slice(0, 120)}`;
  const rule =
    severity === 'error'
      ? `${shown} is not one of the codes of ${name(valueSet)}.`
      : `${shown} is not in ${name(valueSet)}. Use a code from it unless none fits.`;
  const hint =
    terminology.membership(valueSet, undefined, code) === 'in'
      ? ` The code is in it, but of another system${system === undefined ? ': name the system' : ''}.`
      : suggestion(code, valueSet, terminology);
  run.add(severity, 'code-invalid', rule + hint);
}

const name = (valueSet: string): string => valueSet.split('|')[0] ?? valueSet;

/** The nearest codes; of a short list all of them. */
function suggestion(code: string, valueSet: string, terminology: Terminology): string {
  const known = terminology.knownCodes(valueSet);
  if (known.length === 0) return '';
  const near = nearest(code, known);
  if (near.length > 0) return ` Did you mean ${orList(near.map((one) => quote(one)))}?`;
  return known.length <= 12 ? ` Use ${orList(known.map((one) => quote(one)))}.` : '';
}

/**
 * A Coding of a system whose codes are all known here must use one of them. An error for our own systems, a warning
 * for others: the copy of a foreign system may be older than the sender's.
 */
export function checkCoding(coding: Record<string, unknown>, terminology: Terminology, run: Run): void {
  const { system, code } = coding;
  if (typeof system !== 'string' || typeof code !== 'string') return;
  if (terminology.inSystem(system, code) !== 'not-in') return;
  const message = `${quote(code)} is not a code of ${system.slice(0, 120)}.`;
  run.add(system.startsWith(`${CANONICAL_BASE}/`) ? 'error' : 'warning', 'code-invalid', message, { child: 'code' });
}
