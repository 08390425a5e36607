/** Spec: https://hl7.org/fhir/R4/codesystem.html, https://hl7.org/fhir/R4/valueset.html */
import type { CodeSystemConcept } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { CANONICAL_BASE } from '../../src/conformance/canonical.ts';
import { codeSystems, definitions, valueSets } from './compiled-package.ts';

const allCodes = (concepts: readonly CodeSystemConcept[] = []): string[] =>
  concepts.flatMap((concept) => [concept.code ?? '', ...allCodes(concept.concept)]);

const codesOf = (id: string) => allCodes(codeSystems.find((c) => c.id === id)?.concept);

describe.each(codeSystems.map((c) => [c.id ?? '', c] as const))('code system %s', (_id, codeSystem) => {
  const codes = allCodes(codeSystem.concept);

  test('has codes, each once, each with a display', () => {
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codeSystem.count).toBe(codes.length);
    const displays = (concepts: readonly CodeSystemConcept[] = []): boolean =>
      concepts.every((concept) => concept.display && displays(concept.concept));
    expect(displays(codeSystem.concept)).toBe(true);
  });

  test('is complete and case sensitive', () => {
    expect(codeSystem.content).toBe('complete');
    expect(codeSystem.caseSensitive).toBe(true);
  });
});

describe('the code systems hold', () => {
  const rows: [id: string, codes: number, one: string][] = [
    ['tm-program', 4, 'va-hr-csa'],
    ['tm-activity', 26, 'skill-training-anger-management'],
    ['tm-excluded-activity', 4, 'clinical-therapy'],
    ['tm-skill', 28, 'transition-to-adulthood'],
    ['tm-setting', 16, 'psychiatric-facility'],
    ['tm-outcome', 19, 'natural-support-connected'],
    ['tm-competency', 15, 'strength-building'],
    ['tm-hub-service', 3, 'intensive-care-coordination'],
    ['tm-cancellation-reason', 7, 'no-show'],
    ['tm-living-situation', 10, 'residential-without-plan-home'],
    ['tm-disposition', 9, 'detention'],
    ['tm-organization-kind', 7, 'hub-provider'],
  ];
  test.each(rows)('%s: %i codes, such as %s', (id, count, one) => {
    expect(codesOf(id)).toHaveLength(count);
    expect(codesOf(id)).toContain(one);
  });
});

test('allowed and excluded activities have no code in common', () => {
  const excluded = new Set(codesOf('tm-excluded-activity'));
  expect(codesOf('tm-activity').filter((code) => excluded.has(code))).toEqual([]);
});

test('the clinical settings are the five that Connecticut does not allow', () => {
  const settings = codeSystems.find((c) => c.id === 'tm-setting')?.concept ?? [];
  const clinical = settings.filter((s) => s.property?.some((p) => p.code === 'clinical' && p.valueBoolean));
  expect(clinical.map((s) => s.code)).toEqual([
    'outpatient-clinic',
    'medical-office',
    'hospital',
    'psychiatric-facility',
    'residential-treatment-facility',
  ]);
  expect(settings.every((s) => s.property?.some((p) => p.code === 'placeOfService' && p.valueString))).toBe(true);
});

test('degrees never include job titles of table 0360', () => {
  const degrees = valueSets.find((v) => v.id === 'tm-degree-recorded')?.compose?.include ?? [];
  const codes = degrees.flatMap((include) => include.concept ?? []).map((concept) => concept.code);
  expect(codes).toEqual(expect.arrayContaining(['HS', 'AA', 'BS', 'MS', 'PHD']));
  for (const title of ['MDA', 'CMA', 'EMT', 'RMA', 'NP', 'RPH']) expect(codes).not.toContain(title);
});

test('every definition has its canonical, version, date and publisher, and no two share an address', () => {
  const addresses = definitions.map((d) => (d as { url?: string }).url);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const definition of definitions as unknown as Record<string, unknown>[]) {
    expect(definition.url).toBe(`${CANONICAL_BASE}/${definition.resourceType}/${definition.id}`);
    expect(definition).toMatchObject({ version: '0.1.0', date: '2026-11-22', publisher: 'The mentoring-fhir project' });
  }
});
