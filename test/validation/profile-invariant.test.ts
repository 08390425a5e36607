/**
 * https://hl7.org/fhir/R4/conformance-rules.html#constraints: the invariants of profiles, ours and those of others, and
 * the functions that FHIR adds to FHIRPath (https://hl7.org/fhir/R4/fhirpath.html#functions).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { CANONICAL_BASE } from '../../src/conformance/canonical.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import { definitionsWith, linesWith, profile } from './support.ts';

const HOME = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' };
const encounter = (extra: object) => ({ resourceType: 'Encounter', status: 'planned', class: HOME, ...extra });

describe('an invariant of a profile', () => {
  const rule = (expression: string, source?: string) =>
    profile('rule', 'Encounter', [
      {
        id: 'Encounter',
        constraint: [{ key: 'x-rule', severity: 'error', human: 'Rule.', expression, ...(source && { source }) }],
      },
    ]);
  const check = (expression: string, extra: object = {}, source?: string) => {
    const definition = rule(expression, source);
    return linesWith({ StructureDefinition: [definition] })(encounter(extra), { profiles: [definition.url as string] });
  };
  const broken = ['error invariant Encounter x-rule'];

  test('memberOf', () => {
    const inSet = "class.memberOf('http://terminology.hl7.org/ValueSet/v3-ActEncounterCode')";
    assert.deepEqual(check(inSet), []);
    assert.deepEqual(check(`${inSet}.not()`), broken);
  });
  test('conformsTo', () => {
    assert.deepEqual(check("%resource.conformsTo('http://hl7.org/fhir/StructureDefinition/Encounter')"), []);
    assert.deepEqual(check("%resource.conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')"), broken);
  });
  test('resolve() of a contained resource', () => {
    const extra = { contained: [{ resourceType: 'Patient', id: 'p', active: true }], subject: { reference: '#p' } };
    assert.deepEqual(check('subject.resolve().ofType(Patient).active', extra), []);
    assert.deepEqual(check('subject.resolve().active = false', extra), broken);
  });
  test('that can not be compiled is a warning, when it is not ours', () =>
    assert.deepEqual(check('status ==='), ['warning invariant Encounter x-rule']));
  test('that can not be compiled is an error, when it is ours', () =>
    assert.deepEqual(
      check('status ===', {}, 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/x'),
      broken,
    ));
  describe('that gives neither true nor false', () => {
    const ours = `${CANONICAL_BASE}/StructureDefinition/x`;
    const type = [{ text: 'a' }, { text: 'b' }];
    const rows: [what: string, expression: string][] = [
      ['a code', 'status'],
      ['a text, which the engine gives', "status.replace('a', 'b')"],
      ['an object', 'class'],
      ['a number', 'type.count()'],
      ['two texts', 'type.text'],
      ['two booleans', 'type.select(text.exists())'],
      ['two times false', 'type.select(text.empty())'],
    ];
    for (const [what, expression] of rows) {
      test(`${what}: holds, when it is not ours`, () => assert.deepEqual(check(expression, { type }), []));
      test(`${what}: is an error, when it is ours`, () => assert.deepEqual(check(expression, { type }, ours), broken));
    }
    for (const expression of ['status.exists()', "status = 'planned'", 'type.all(text.exists())']) {
      test(`${expression} is true or false, and holds`, () => assert.deepEqual(check(expression, { type }, ours), []));
    }
    test('the message says what is wrong with the rule, not what the resource holds', () => {
      const definition = rule('status', ours);
      const validator = createValidator({ definitions: definitionsWith({ StructureDefinition: [definition] }) });
      const found = validator.validate(encounter({}), { profiles: [definition.url as string] });
      assert.deepEqual(
        found.map(({ message }) => message),
        ['Rule. (could not be evaluated: it gives something else than true or false)'],
      );
    });
    test('the same expression of ours and of another profile are read apart', () => {
      const constraint = (key: string, source: string) => ({
        key,
        severity: 'error',
        human: 'R.',
        expression: 'status',
        source,
      });
      const definition = profile('both', 'Encounter', [
        { id: 'Encounter', constraint: [constraint('x-other', 'https://other.example/x'), constraint('x-ours', ours)] },
      ]);
      const run = linesWith({ StructureDefinition: [definition] });
      const found = run(encounter({}), { profiles: [definition.url as string] });
      assert.deepEqual(found, ['error invariant Encounter x-ours']);
    });
  });
  test('on a primitive with extensions, which the engine judges', () => {
    const _status = { extension: [{ url: 'http://other.example/x', valueCode: 'y' }] };
    assert.deepEqual(check("status = 'planned' and status.extension.exists()", { _status }), []);
    assert.deepEqual(check("status = 'finished'", { _status }), broken);
  });
  test('on an element that is defined by another, with a choice in it', () => {
    const constraint = [{ key: 'x-a', severity: 'error', human: 'A.', expression: "initial.value.lower() = 'a'" }];
    const definition = profile('q', 'Questionnaire', [{ id: 'Questionnaire.item.item', constraint }]);
    const questionnaire = (valueString: string) => ({
      resourceType: 'Questionnaire',
      status: 'active',
      item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'string', initial: [{ valueString }] }] }],
    });
    const run = linesWith({ StructureDefinition: [definition] });
    const options = { profiles: [definition.url as string] };
    assert.deepEqual(run(questionnaire('A'), options), []);
    assert.deepEqual(run(questionnaire('B'), options), ['error invariant Questionnaire.item[0].item[0] x-a']);
  });
  test('trace() prints nothing', () => assert.deepEqual(check("status.trace('status').exists()"), []));
});
