/**
 * What the command line says of a finding: where it is, once.
 */
import { expect, test } from 'vitest';
import { printFindings, type Terminal } from '../../src/cli/terminal.ts';
import type { Finding } from '../../src/outcome/finding.ts';

const printed = (finding: Partial<Finding>): string => {
  const lines: string[] = [];
  const terminal: Terminal = { out: (text) => lines.push(text), err: () => {}, interactive: false };
  printFindings(terminal, [{ severity: 'error', code: 'value', message: '', ...finding }], '');
  return lines.join('\n');
};

const rows: [finding: Partial<Finding>, line: string][] = [
  [
    { field: 'kind', message: 'kind "scool" is not one of its codes.' },
    'error       kind "scool" is not one of its codes.',
  ],
  [{ field: 'goalIds[0]', message: 'goalIds[0]: there is no goal.' }, 'error       goalIds[0]: there is no goal.'],
  [{ field: 'goals[0]', message: 'goals[0].due is late.' }, 'error       goals[0]  goals[0].due is late.'],
  [{ field: 'end', message: 'endless' }, 'error       end  endless'],
  [{ field: 'start', ruleId: 'CYS-029', message: 'Too long.' }, 'error       start  CYS-029: Too long.'],
  [
    { field: 'youthId', ruleId: 'STR-005', message: 'youthId can not change.' },
    'error       STR-005: youthId can not change.',
  ],
  [{ expression: 'Encounter.period', message: 'Wrong.' }, 'error       Encounter.period  Wrong.'],
  [{ message: 'The record is refused.' }, 'error       The record is refused.'],
];
test.each(rows)('%j', (finding, line) => expect(printed(finding)).toBe(line));
