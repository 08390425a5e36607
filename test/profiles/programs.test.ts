/** The rule packs select from the catalogue what each program asks, with the severity it has there. */
import { describe, expect, test } from 'vitest';
import { catalogue, readJson, resourceProfiles } from './compiled-package.ts';

interface Pack {
  program: string;
  title: string;
  timeZone: string;
  source: string;
  version: string;
  rules: { id: string; severity: string; key?: string; parameters?: Record<string, unknown> }[];
}

const pack = (program: string) => readJson<Pack>(`programs/${program}.json`);
const programs = ['state-cys', 'masshealth-cbhi', 'va-hr-csa', 'ct-dcf-tss'];

describe.each(programs)('%s', (program) => {
  test('holds the rules that apply to it, with their severity and invariant', () => {
    const expected = catalogue.rules
      .filter((rule) => rule.appliesTo[program])
      .map((rule) => [rule.id, rule.appliesTo[program], rule.check.key]);
    expect(pack(program).rules.map((rule) => [rule.id, rule.severity, rule.key])).toEqual(expected);
    expect(pack(program).program).toBe(program);
  });

  test('never lets an advisory rule reject', () => {
    const advisory = new Set(catalogue.rules.filter((rule) => rule.advisory).map((rule) => rule.id));
    const errors = pack(program).rules.filter((rule) => advisory.has(rule.id) && rule.severity === 'error');
    expect(errors).toEqual([]);
  });

  test('names a time zone that exists', () => {
    expect(new Intl.DateTimeFormat('en', { timeZone: pack(program).timeZone }).resolvedOptions().timeZone).toBe(
      'America/New_York',
    );
  });
});

test('the common pack is advisory', () => {
  const { rules } = pack('common');
  expect(rules).toHaveLength(30);
  expect(rules.every((rule) => rule.id.startsWith('ESS-') && rule.severity !== 'error')).toBe(true);
});

test('the readings a program may change are parameters', () => {
  const hours = pack('va-hr-csa').rules.find((rule) => rule.id === 'HRC-022');
  expect(hours?.parameters).toMatchObject({ maxMinutesPerMonth: 900, monthBasis: 'calendar' });
});

test('every id in the catalogue is there once, and every rule repeated elsewhere exists', () => {
  const ids = [...catalogue.rules, ...catalogue.structural, ...catalogue.external].map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  const unknown = catalogue.rules.flatMap((rule) => rule.check.sameAs ?? []).filter((id) => !ids.includes(id));
  expect(unknown).toEqual([]);
});

test('every measure and every fact a rule names is in the catalogue', () => {
  const measures = new Set(catalogue.measures.map((measure) => measure.id));
  const facts = new Set(catalogue.facts.map((fact) => fact.id));
  expect(catalogue.rules.flatMap((rule) => rule.check.measure ?? []).filter((id) => !measures.has(id))).toEqual([]);
  expect(catalogue.external.flatMap((rule) => rule.basis).filter((id) => !facts.has(id))).toEqual([]);
});

test('every profile a rule names exists', () => {
  const known = new Set(resourceProfiles.map((profile) => profile.id));
  const named = [...catalogue.rules, ...catalogue.structural].flatMap((rule) => rule.check.profile ?? []);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test('the catalogue does not repeat an expression: FSH is the only source', () => {
  expect(JSON.stringify(catalogue)).not.toContain('"expression"');
});
