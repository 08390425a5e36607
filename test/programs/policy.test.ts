/** How findings are weighed: structure stays, policy weighs what the packs say, row by row. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Finding, Severity } from '../../src/outcome/finding.ts';
import { weigh } from '../../src/programs/policy.ts';
import type { RulePack } from '../../src/programs/rule-pack.ts';

const pack = (program: string, severities: Record<string, Severity>): [string, RulePack] => [
  program,
  { program, title: program, version: '1', profiles: [], severities: new Map(Object.entries(severities)) },
];
const PACKS = new Map([
  pack('strict', { 'CYS-008': 'error', 'CYS-009': 'warning', 'ESS-003': 'error', 'MAH-016': 'error' }),
  pack('lenient', { 'CYS-008': 'information', 'CYS-009': 'information' }),
]);

const found = (ruleId: string | undefined): Finding => ({
  severity: 'error',
  code: 'invariant',
  message: 'broken',
  ...(ruleId && { ruleId }),
});

describe('weigh', () => {
  const rows: [ruleId: string | undefined, programs: string[], expected: 'structural' | Severity | 'nothing'][] = [
    [undefined, ['strict'], 'structural'],
    ['STR-001', ['lenient'], 'structural'],
    ['STR-001', [], 'structural'],
    ['CYS-008', ['strict'], 'error'],
    ['CYS-008', ['lenient'], 'information'],
    // Several programs (a mentor's): the heaviest counts, whatever their order.
    ['CYS-008', ['lenient', 'strict'], 'error'],
    ['CYS-008', ['strict', 'lenient'], 'error'],
    ['CYS-009', ['lenient', 'strict'], 'warning'],
    // A rule that the program does not hold does not apply.
    ['MAH-016', ['lenient'], 'nothing'],
    ['HRC-021', ['strict'], 'nothing'],
    // The article's rules never refuse.
    ['ESS-003', ['strict'], 'warning'],
    // Without a known program a rule can only warn.
    ['MAH-016', [], 'warning'],
    ['MAH-016', ['unheard-of'], 'warning'],
    ['CYS-008', [], 'warning'],
    ['HRC-021', [], 'nothing'],
  ];
  for (const [ruleId, programs, expected] of rows) {
    test(`${ruleId ?? 'no rule'} in ${programs.join(' and ') || 'no program'}: ${expected}`, () => {
      const { structural, policy } = weigh([found(ruleId)], programs, PACKS);
      assert.deepEqual(
        [structural.length, policy.map(({ severity }) => severity)],
        expected === 'structural' ? [1, []] : [0, expected === 'nothing' ? [] : [expected]],
      );
      if (policy[0]) assert.equal(policy[0].code, 'business-rule');
    });
  }
});
