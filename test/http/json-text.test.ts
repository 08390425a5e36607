/** https://www.rfc-editor.org/rfc/rfc8259, https://hl7.org/fhir/R4/json.html#resources (unique names) */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { findJsonError, MAX_DEPTH, parseJsonText } from '../../src/http/json-text.ts';
import { FhirError } from '../../src/outcome/fhir-error.ts';

function refusal(text: string): string {
  try {
    parseJsonText(text);
  } catch (error) {
    assert.ok(error instanceof FhirError, String(error));
    assert.equal(error.status, 400);
    return error.message;
  }
  assert.fail('was accepted');
}

describe('what is read', () => {
  const accepted: [text: string, value: unknown][] = [
    ['{"a":1}', { a: 1 }],
    [
      ' \n[1, -0.5, 1e2, 42.35183800000001, 0.1, 123456789012345]\t',
      [1, -0.5, 100, 42.35183800000001, 0.1, 123456789012345],
    ],
    ['"a\\u00e9 \\"quoted: {[\\" \\\\"', 'aé "quoted: {[" \\'],
    ['{"a":{"a":{"a":null}},"b":[{"a":true},{"a":false}]}', { a: { a: { a: null } }, b: [{ a: true }, { a: false }] }],
    ['{"constructor":{"prototype":1}}', { constructor: { prototype: 1 } }],
    ['{"emoji":"\\ud83d\\ude00"}', { emoji: '😀' }],
    ['0.0', 0],
  ];
  for (const [text, value] of accepted) test(text.trim(), () => assert.deepEqual(parseJsonText(text), value));

  test(`${MAX_DEPTH} levels`, () => {
    assert.ok(parseJsonText('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)));
  });
});

describe('what is refused', () => {
  const rows: [name: string, text: string, message: RegExp][] = [
    ['nothing', '', /empty/],
    ['white space', ' \n ', /empty/],
    ['a trailing comma', '{"a":1,}', /line 1, column 8/],
    ['a missing value on the third line', '{\n"a": 1,\n"b": }', /line 3, column 6/],
    ['an end that comes too early', '{"a":[1,2', /ends too early at line 1, column 10/],
    ['an open string', '{"a":"SECRET', /ends too early/],
    ['single quotes', "{'a':1}", /column 2/],
    ['a comment', '{"a":1} // x', /column 9/],
    ['two values', '{} {}', /column 4/],
    ['a leading zero', '[01]', /column 3/],
    ['NaN', '[NaN]', /column 2/],
    ['a raw line break in a string', '["a\nb"]', /column 4/],
    ['a bad escape', '["\\x41"]', /column 3/],
    ['one level too many', '['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1), /deeper than 100/],
    ['two hundred thousand levels', '{"a":'.repeat(200_000), /deeper than 100/],
    ['equal names', '{"status":"planned","status":"finished"}', /same name twice/],
    ['equal names below', '[{"a":{"b":1,"b":1}}]', /same name twice/],
    ['equal names by escape', '{"a":1,"\\u0061":2}', /same name twice/],
    ['__proto__', '{"__proto__":{"admin":true}}', /__proto__/],
    ['a number out of range', '{"value":1e400}', /line 1, column 10/],
    ['a number that would be rounded', '[12345678901234567890]', /more digits/],
    ['a number that would become zero', '[1e-400]', /more digits/],
    ['NUL', '{"id":"a\\u0000b"}', /element id contains a NUL/],
    ['half of a surrogate pair', '{"note":{"text":"\\ud800"}}', /element text contains/],
    ['a name that is not text', '{"\\udc00":1}', /name or element/],
    ['a string of four megabytes before the error', `["${'x'.repeat(4_000_000)}",}`, /column 4000005/],
  ];
  for (const [name, text, message] of rows) test(name, () => assert.match(refusal(text), message));

  test('the message never quotes the text', () => {
    assert.doesNotMatch(refusal('{"name":"Marisol Vega", broken}'), /Marisol|broken/);
  });
});

test('a truncated text is reported at the token that is cut', () => {
  const text = '{"a":[1,-2.5e3,true,{"b":"x\\n\\u00e9"}],"c":null}';
  for (let length = 1; length < text.length; length++) {
    const offset = findJsonError(text.slice(0, length));
    assert.ok(offset <= length && offset >= length - '\\u00e'.length, `cut at ${length}, found ${offset}`);
  }
});
