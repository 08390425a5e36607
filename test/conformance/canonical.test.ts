/** One canonical base, in the code and in the guide. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { CANONICAL_BASE } from '../../src/conformance/canonical.ts';

test('the code and the guide have the same canonical base', () => {
  const config = readFileSync(new URL('../../profiles/sushi-config.yaml', import.meta.url), 'utf8');
  assert.equal(/^canonical:\s*(\S+)/m.exec(config)?.[1], CANONICAL_BASE);
});
