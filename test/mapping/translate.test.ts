/**
 * ConceptMaps in both directions, in files of their own and inside a map.
 *
 * Spec: https://hl7.org/fhir/R4/conceptmap.html, https://hl7.org/fhir/R4/valueset-map-transform.html
 */
import assert from 'node:assert/strict';
import type { ConceptMap } from '@medplum/fhirtypes';
import { describe, test } from 'vitest';
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';
import { conceptMap, HEADER, load, targetOf, visitToCard } from './support.ts';

const KINDS = 'https://example.org/ConceptMap/kinds';
const from = 'https://example.org/kinds';
const to = 'https://example.org/acts';
const kinds = conceptMap('kinds', ['outing > OUT', 'home > HH']);

function translated(rules: string, source: JsonObject, maps: ConceptMap[] = [kinds]): Json | undefined {
  return targetOf(load(visitToCard(rules), maps), source);
}

describe('output', () => {
  const rows: [output: string, target: string, expected: Json][] = [
    ["'code'", 'code', 'OUT'],
    ["'system'", 'text', to],
    ["'display'", 'text', 'OUT'],
    ["'Coding'", 'coding', { system: to, code: 'OUT', display: 'OUT' }],
    ["'CodeableConcept'", 'concept', { coding: [{ system: to, code: 'OUT', display: 'OUT' }] }],
    ["'CodeableConcept'", 'concepts', [{ coding: [{ system: to, code: 'OUT', display: 'OUT' }] }]],
    ["'Coding'", 'reply', { system: to, code: 'OUT', display: 'OUT' }],
  ];
  for (const [output, target, expected] of rows) {
    test(`${output} into ${target}`, () => {
      const card = translated(`src.kind as k -> tgt.${target} = translate(k, '${KINDS}', ${output});`, {
        kind: 'outing',
      });
      assert.deepEqual(card, { [target === 'reply' ? 'replyCoding' : target]: expected });
    });
  }

  test('left out, it follows the type of the element', () => {
    const rule = (element: string) => `src.kind as k -> tgt.${element} = translate(k, '${KINDS}');`;
    const coding = { system: to, code: 'HH', display: 'HH' };
    assert.deepEqual(translated(rule('code'), { kind: 'home' }), { code: 'HH' });
    assert.deepEqual(translated(rule('coding'), { kind: 'home' }), { coding });
    assert.deepEqual(translated(rule('concept'), { kind: 'home' }), { concept: { coding: [coding] } });
    assert.throws(() => translated(rule('text'), {}), /the output of translate is one of/);
  });

  test('a display the ConceptMap does not have is an error', () => {
    const bare = conceptMap('kinds', []);
    bare.group = [
      { source: from, target: to, element: [{ code: 'a', target: [{ code: 'b', equivalence: 'equal' }] }] },
    ];
    assert.throws(
      () => translated(`src.kind as k -> tgt.text = translate(k, '${KINDS}', 'display');`, { kind: 'a' }, [bare]),
      /gives no display/,
    );
  });
});

describe('input', () => {
  const rule = (variable: string) => `src.${variable} as k -> tgt.code = translate(k, '${KINDS}', 'code');`;

  test('a Coding', () => {
    assert.deepEqual(translated(rule('coding'), { coding: { system: from, code: 'home' } }), { code: 'HH' });
  });

  test('a CodeableConcept: the coding that the ConceptMap knows', () => {
    const concept = {
      coding: [
        { system: 'urn:x', code: 'outing' },
        { system: from, code: 'home' },
      ],
    };
    assert.deepEqual(translated(rule('concept'), { concept }), { code: 'HH' });
  });

  test('a path, and an absent value', () => {
    const path = `src -> tgt.code = translate(src.kind, '${KINDS}', 'code');`;
    assert.deepEqual(translated(path, { kind: 'home' }), { code: 'HH' });
    assert.deepEqual(translated(path, {}), {});
  });

  test('every item of a list', () => {
    assert.deepEqual(
      translated(`src -> tgt.list = translate(src.tags, '${KINDS}', 'code');`, { tags: ['home', 'outing'] }),
      { list: ['HH', 'OUT'] },
    );
  });

  test('a code that two groups translate differently needs a Coding', () => {
    const two = conceptMap('kinds', ['home > HH']);
    two.group?.push({
      source: 'urn:other',
      target: to,
      element: [{ code: 'home', target: [{ code: 'X', equivalence: 'equal' }] }],
    });
    assert.deepEqual(translated(rule('coding'), { coding: { system: 'urn:other', code: 'home' } }, [two]), {
      code: 'X',
    });
    assert.deepEqual(translated(rule('coding'), { coding: { system: from, code: 'home' } }, [two]), { code: 'HH' });
    assert.throws(() => translated(rule('kind'), {}, [two]), /'home' stands in several groups .* translate a Coding/);
  });
});

describe('#inverse', () => {
  const rule = `src.kind as k -> tgt.coding = translate(k, '${KINDS}#inverse', 'Coding');`;

  test('translates backwards, with the source system and display', () => {
    assert.deepEqual(translated(rule, { kind: 'HH' }), { coding: { system: from, code: 'home', display: 'HOME' } });
  });

  test('there and back again', () => {
    const both = `src.kind as k -> tgt.code = translate(k, '${KINDS}', 'code'); src -> tgt.text = translate(tgt.code, '${KINDS}#inverse', 'code');`;
    assert.deepEqual(translated(both, { kind: 'outing' }), { code: 'OUT', text: 'outing' });
  });

  test('an unmapped code lists the codes of that direction', () => {
    assert.throws(
      () => translated(rule, { kind: 'home' }),
      /code 'home' has no mapping in .*#inverse; it maps 'OUT', 'HH'/,
    );
  });

  test('two sources of one target: refused at load', () => {
    const ambiguous = conceptMap('kinds', ['home > HH', 'house > HH']);
    assert.throws(
      () => translated(rule, {}, [ambiguous]),
      /test\.map:5:44 ConceptMap .*#inverse: code 'HH' leads to 'home', 'house': mark exactly one/,
    );
  });

  test('two sources of one target, one preferred', () => {
    assert.deepEqual(translated(rule, { kind: 'HH' }, [conceptMap('kinds', ['home > HH', 'house > HH *'])]), {
      coding: { system: from, code: 'house', display: 'HOUSE' },
    });
  });

  test('two preferred are as bad as none', () => {
    const both = conceptMap('kinds', ['home > HH *', 'house > HH *']);
    assert.throws(() => translated(rule, {}, [both]), /mark exactly one/);
  });

  test('the ambiguity does not matter in the other direction', () => {
    const ambiguous = conceptMap('kinds', ['home > HH', 'house > HH']);
    assert.deepEqual(
      translated(`src.kind as k -> tgt.code = translate(k, '${KINDS}', 'code');`, { kind: 'house' }, [ambiguous]),
      { code: 'HH' },
    );
  });
});

describe('several targets and equivalence', () => {
  const rule = `src.kind as k -> tgt.code = translate(k, '${KINDS}', 'code');`;
  const withTargets = (...target: object[]): ConceptMap[] => [
    { ...kinds, group: [{ source: from, target: to, element: [{ code: 'a', target: target as [] }] }] },
  ];

  test('two targets for one code are refused', () => {
    assert.throws(
      () => translated(rule, {}, withTargets({ code: 'x', equivalence: 'equal' }, { code: 'y', equivalence: 'wider' })),
      /code 'a' leads to 'x', 'y'/,
    );
  });

  test('unless one is preferred', () => {
    const maps = withTargets(
      { code: 'x', equivalence: 'equal' },
      { code: 'y', equivalence: 'wider', comment: 'preferred' },
    );
    assert.deepEqual(translated(rule, { kind: 'a' }, maps), { code: 'y' });
  });

  for (const equivalence of ['unmatched', 'disjoint']) {
    test(`${equivalence} is no translation`, () => {
      assert.throws(
        () => translated(rule, { kind: 'a' }, withTargets({ code: 'x', equivalence })),
        /code 'a' has no mapping/,
      );
    });
  }

  test('dependsOn and product are refused', () => {
    assert.throws(
      () =>
        translated(
          rule,
          {},
          withTargets({ code: 'x', equivalence: 'equal', dependsOn: [{ property: 'p', value: 'v' }] }),
        ),
      /dependsOn or product/,
    );
  });

  test('a target without a code is refused', () => {
    assert.throws(() => translated(rule, {}, withTargets({ equivalence: 'equal' })), /no target code/);
  });
});

describe('unmapped', () => {
  const rule = (suffix = '') => `src.kind as k -> tgt.coding = translate(k, '${KINDS}${suffix}', 'Coding');`;
  const withMode = (unmapped: object) => [conceptMap('kinds', ['home > HH'], { unmapped })];

  test('fixed', () => {
    const maps = withMode({ mode: 'fixed', code: 'OTH', display: 'Other' });
    assert.deepEqual(translated(rule(), { kind: 'zoo' }, maps), {
      coding: { system: to, code: 'OTH', display: 'Other' },
    });
    assert.deepEqual(translated(rule(), { kind: 'home' }, maps), { coding: { system: to, code: 'HH', display: 'HH' } });
  });

  test('fixed says nothing backwards', () => {
    assert.throws(
      () => translated(rule('#inverse'), { kind: 'OTH' }, withMode({ mode: 'fixed', code: 'OTH' })),
      /code 'OTH' has no mapping/,
    );
  });

  test('fixed without a code is refused', () => {
    assert.throws(() => translated(rule(), {}, withMode({ mode: 'fixed' })), /unmapped.code is missing/);
  });

  test('provided keeps the code, in both directions', () => {
    const maps = withMode({ mode: 'provided' });
    assert.deepEqual(translated(rule(), { kind: 'zoo' }, maps), { coding: { system: to, code: 'zoo' } });
    assert.deepEqual(translated(rule('#inverse'), { kind: 'zoo' }, maps), { coding: { system: from, code: 'zoo' } });
  });

  test('other-map', () => {
    const other = conceptMap('more', ['zoo > ZOO']);
    const maps = [...withMode({ mode: 'other-map', url: 'https://example.org/ConceptMap/more' }), other];
    assert.deepEqual(translated(rule(), { kind: 'zoo' }, maps), {
      coding: { system: to, code: 'ZOO', display: 'ZOO' },
    });
    assert.throws(() => translated(rule(), { kind: 'x' }, maps), /code 'x' has no mapping/);
  });

  test('other-map that is not there, or leads in a circle', () => {
    assert.throws(
      () => translated(rule(), {}, withMode({ mode: 'other-map', url: 'urn:none' })),
      /urn:none, which is not known/,
    );
    assert.throws(() => translated(rule(), {}, withMode({ mode: 'other-map', url: KINDS })), /leads in a circle/);
  });
});

describe('a ConceptMap inside the map', () => {
  const text = (body: string, rule = "src.kind as k -> tgt.coding = translate(k, '#places', 'Coding');") =>
    `${HEADER.split('\n')[0]}\nconceptmap "#places" {\n${body}\n}\n${HEADER.split('\n').slice(1).join('\n')}\ngroup Main(source src : Visit, target tgt : Card) {\n${rule}\n}`;
  const body = 'prefix s = "urn:s"\nprefix t = "urn:t"\ns:office == t:AMB\ns:"at home" - t:HH';

  test('translates', () => {
    assert.deepEqual(targetOf(load(text(body)), { kind: 'at home' }), { coding: { system: 'urn:t', code: 'HH' } });
    assert.throws(() => targetOf(load(text(body)), { kind: 'zoo' }), /code 'zoo' has no mapping in #places/);
  });

  test('backwards', () => {
    const rule = "src.kind as k -> tgt.coding = translate(k, '#places#inverse', 'Coding');";
    assert.deepEqual(targetOf(load(text(body, rule)), { kind: 'AMB' }), {
      coding: { system: 'urn:s', code: 'office' },
    });
  });

  test('unmapped', () => {
    assert.deepEqual(targetOf(load(text(`${body}\nunmapped for s = provided`)), { kind: 'zoo' }), {
      coding: { system: 'urn:t', code: 'zoo' },
    });
    assert.deepEqual(targetOf(load(text(`${body}\nunmapped for s = "OTH"`)), { kind: 'zoo' }), {
      coding: { system: 'urn:t', code: 'OTH' },
    });
  });

  const refused: [title: string, body: string, message: RegExp][] = [
    ['an undeclared prefix', 's:a == t:b', /prefix 's' is not declared/],
    ['an unknown sign', `${body}\ns:x < t:y`, /expected one of - = ==/],
    ['an id nobody declared', body.replace('s:', 's:'), /the ConceptMap #other is not known/],
  ];
  for (const [title, written, message] of refused) {
    test(title, () => {
      const rule = title.startsWith('an id')
        ? "src.kind as k -> tgt.code = translate(k, '#other', 'code');"
        : undefined;
      assert.throws(() => load(text(written, rule)), message);
    });
  }
});
