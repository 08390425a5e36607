/**
 * Every terminology rule of the catalogue is a binding of the compiled package, with its strength.
 *
 * Spec: https://hl7.org/fhir/R4/terminologies.html#strength
 *
 * A rule is met by a binding to its value set, or to one that includes it: an activity is bound to what may be
 * recorded, which is the allowed activities and the excluded ones.
 */
import type { ElementDefinition } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { catalogue, codeSystems, snapshot, structure, structures, valueSets } from './compiled-package.ts';

const rules = catalogue.rules.filter((rule) => rule.check.class === 'terminology-binding');

/** The value set and everything it includes. */
function includedIn(url: string): string[] {
  const include = valueSets.find((v) => v.url === url)?.compose?.include ?? [];
  return [url, ...include.flatMap((part) => part.valueSet ?? []).flatMap(includedIn)];
}

/** The elements a rule speaks of: those at the path, slices too, or all of the named extension. */
function elementsAt(profile: string, path: string): ElementDefinition[] {
  const extension = /^(\w+)\.extension\('([\w-]+)'\)$/.exec(path);
  if (!extension) return snapshot(profile).filter((element) => element.path === path);
  const [, type, id] = extension as unknown as [string, string, string];
  const url = structure(id).url ?? '';
  const carried = snapshot(profile).some(
    (element) => element.path === `${type}.extension` && element.type?.some((t) => t.profile?.includes(url)),
  );
  return carried ? snapshot(id) : [];
}

test('the catalogue has 31 terminology rules', () => {
  expect(rules).toHaveLength(31);
});

describe.each(rules.map((rule) => [rule.id, rule.check.path ?? '', rule] as const))('%s: %s', (_id, path, rule) => {
  const { profile = '', valueSet = '', bindingStrength } = rule.check;
  test(`is bound to ${valueSet.split('/').pop()}, ${bindingStrength}`, () => {
    const strengths = elementsAt(profile, path)
      .filter((element) => includedIn(element.binding?.valueSet ?? '').includes(valueSet))
      .map((element) => element.binding?.strength);
    expect(strengths).toContain(bindingStrength);
  });
});

describe('closed lists of ours are bound as required', () => {
  const rows: [structure: string, element: string, valueSet: string][] = [
    ['tm-referral', 'ServiceRequest.category:program', 'tm-program'],
    ['tm-treatment-plan', 'CarePlan.category:planType', 'tm-plan-type'],
    ['tm-session', 'Encounter.type:contact', 'tm-encounter-type'],
    ['tm-goal', 'Goal.category:need', 'tm-need-domain'],
    ['tm-goal-ct-dcf-tss', 'Goal.category:lifeArea', 'tm-life-area'],
    ['tm-treatment-status', 'Extension.value[x]', 'tm-treatment-status'],
    ['tm-referral-purpose', 'Extension.value[x]', 'tm-referral-purpose'],
    ['tm-modality', 'Extension.value[x]', 'tm-modality'],
    ['tm-credential', 'Extension.extension:kind.value[x]', 'tm-credential-kind'],
    ['tm-credential', 'Extension.extension:field.value[x]', 'tm-field-of-study'],
    ['tm-credential', 'Extension.extension:result.value[x]', 'tm-check-result'],
    ['tm-approval', 'Extension.extension:body.value[x]', 'tm-review-body'],
    ['tm-approval', 'Extension.extension:decision.value[x]', 'tm-decision'],
    ['tm-approval', 'Extension.extension:attendee.value[x]', 'tm-attendee'],
    ['tm-discharge-planning-discussion', 'Extension.extension:participant.value[x]', 'tm-attendee'],
    ['tm-discharge', 'Extension.extension:disposition.value[x]', 'tm-disposition'],
    ['tm-signature', 'Extension.extension:role.value[x]', 'tm-signature-role'],
  ];
  test.each(rows)('%s at %s from %s', (id, elementId, valueSet) => {
    const binding = snapshot(id).find((element) => element.id === elementId)?.binding;
    expect(binding?.strength).toBe('required');
    expect(binding?.valueSet?.split('/').pop()).toBe(valueSet);
  });
});

test('what a rule has to judge can be recorded: the hub service is bound extensibly', () => {
  const type = snapshot('tm-hub-service').find((element) => element.id === 'Extension.extension:type.value[x]');
  expect(type?.binding?.strength).toBe('extensible');
});

test('every value set bound in the package exists in it or in FHIR R4', () => {
  const ours = new Set(valueSets.map((v) => v.url));
  const foreign = /^http:\/\/(hl7\.org\/fhir|terminology\.hl7\.org)\/ValueSet\//;
  const unknown = structures
    .flatMap((s) => s.snapshot?.element ?? [])
    .flatMap((element) => element.binding?.valueSet?.split('|')[0] ?? [])
    .filter((url) => !ours.has(url) && !foreign.test(url));
  expect([...new Set(unknown)]).toEqual([]);
});

test('every value set includes only code systems and value sets that exist', () => {
  const known = new Set([...codeSystems, ...valueSets].map((resource) => resource.url));
  const ours = valueSets.flatMap((v) => v.compose?.include ?? []).flatMap((i) => [i.system, ...(i.valueSet ?? [])]);
  const unknown = ours.filter((url) => url?.startsWith('https://w3id.org/') && !known.has(url));
  expect(unknown).toEqual([]);
});
