/** A small Bundle can not ask for an endless answer. https://hl7.org/fhir/R4/http.html#transaction */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { FhirParts, FhirRequest, Handler } from '../../src/fhir/fhir-parts.ts';
import { HANDLERS } from '../../src/fhir/handlers.ts';
import { batch } from '../../src/fhir/interactions/batch.ts';

const twelveMillion = `{"resourceType":"Basic","language":"${'x'.repeat(12_000_000)}"}`;
const nothing = () => {};

test('reads beyond the budget are refused one by one, writes are not', async () => {
  let asked = 0;
  const read: Handler = async () => {
    asked += 1;
    return { status: 200, headers: {}, body: twelveMillion };
  };
  const written: Handler = async () => ({ status: 204, headers: {} });
  const entry = (method: string) => ({ request: { method, url: 'Basic/1' } });
  const parts = { baseUrl: 'https://fhir.example', log: { info: nothing, warn: nothing, error: nothing } };
  const answer = await batch(
    { grant: { tenant: 'agency', kind: 'sandbox-all' }, prefer: {} } as FhirRequest,
    { entry: [entry('GET'), entry('GET'), entry('GET'), entry('GET'), entry('GET'), entry('DELETE')] },
    parts as unknown as FhirParts,
    { ...HANDLERS, read, delete: written },
  );
  const { entry: answers } = JSON.parse(String(answer.body)) as {
    entry: { response: { status: string; outcome?: { issue: { code: string }[] } } }[];
  };
  assert.equal(asked, 3);
  assert.deepEqual(
    answers.map(({ response }) => response.status.slice(0, 3)),
    ['200', '200', '200', '413', '413', '204'],
  );
  assert.equal(answers[3]?.response.outcome?.issue[0]?.code, 'too-costly');
});
