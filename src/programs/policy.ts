/**
 * Weighs what a validator found by the program's rule packs.
 *
 * A finding without a rule id, and one of the structural rules (STR-…), stays as it is: the resource makes no sense.
 * A finding with a rule id is policy: its weight is the heaviest any of the resource's programs gives it, and a rule
 * that no pack of these programs holds does not apply. Where the program is not known (a youth before any referral)
 * a rule can only warn. The article's advisory rules never weigh as an error.
 */
import type { Finding, Severity } from '../outcome/finding.ts';
import type { RulePacks } from './rule-pack.ts';

const WEIGHT: Record<Severity, number> = { information: 0, warning: 1, error: 2, fatal: 3 };

export interface Weighed {
  structural: Finding[];
  policy: Finding[];
}

export function weigh(findings: readonly Finding[], programs: readonly string[], packs: RulePacks): Weighed {
  const weighed: Weighed = { structural: [], policy: [] };
  for (const finding of findings) {
    if (finding.ruleId === undefined || finding.ruleId.startsWith('STR-')) {
      weighed.structural.push(finding);
      continue;
    }
    const severity = policySeverity(finding.ruleId, programs, packs);
    if (severity) weighed.policy.push({ ...finding, code: 'business-rule', severity });
  }
  return weighed;
}

function policySeverity(ruleId: string, programs: readonly string[], packs: RulePacks): Severity | undefined {
  const known = programs.filter((program) => packs.has(program));
  const asked = known.length > 0 ? known : [...packs.keys()];
  let heaviest: Severity | undefined;
  for (const program of asked) {
    const severity = packs.get(program)?.severities.get(ruleId);
    if (severity && (heaviest === undefined || WEIGHT[severity] > WEIGHT[heaviest])) heaviest = severity;
  }
  const advisory = known.length === 0 || ruleId.startsWith('ESS-');
  return advisory && heaviest === 'error' ? 'warning' : heaviest;
}
