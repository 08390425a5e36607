/** The settings page and the refusals an operator meets at start-up. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { ConfigError, describeConfig, loadConfig } from '../../src/config/config.ts';

describe('settings', () => {
  test('defaults: loopback, port 8080, embedded store', () => {
    const config = loadConfig({});
    assert.equal(config.PORT, 8080);
    assert.equal(config.HOST, '127.0.0.1');
    assert.equal(config.DATABASE_URL, undefined);
  });

  test('an empty variable is one that is not set', () => {
    assert.equal(loadConfig({ DATABASE_URL: '', PORT: '' }).PORT, 8080);
  });

  const refused: [setting: string, value: string, told: RegExp][] = [
    ['PORT', 'eighty', /PORT/],
    ['PORT', '80.5', /whole number/],
    ['DATABASE_POOL_SIZE', '0', /1 or more/],
    ['MAX_BODY_BYTES', '0', /1 or more/],
    ['BASE_URL', 'http://example.org/', /slash/],
    ['BASE_URL', 'ftp://example.org', /BASE_URL/],
    ['BASE_URL', 'http://example.org/fhir/R4', /the service adds it/],
    ['DATABASE_URL', 'mysql://db/x', /DATABASE_URL/],
    ['TIME_ZONE', 'Mars/Olympus', /IANA/],
    ['PAGE_TOKEN_SECRET', 'short', /PAGE_TOKEN_SECRET/],
    ['AGENCY_ORGANIZATION_ID', 'has space', /letters/],
    ['AGENCY_ORGANIZATION_ID', 'a/../b', /between slashes/],
    ['HOST', '0.0.0.0', /SANDBOX_UNAUTHENTICATED/],
    ['HOST', '192.168.1.4', /SANDBOX_UNAUTHENTICATED/],
  ];
  for (const [setting, value, told] of refused) {
    test(`${setting}=${value} is refused with a reason`, () => {
      assert.throws(
        () => loadConfig({ [setting]: value }),
        (error: Error) => error instanceof ConfigError && told.test(error.message),
      );
    });
  }

  test('every problem is told at once', () => {
    assert.throws(() => loadConfig({ PORT: 'x', TIME_ZONE: 'y' }), /PORT[\s\S]*TIME_ZONE|TIME_ZONE[\s\S]*PORT/);
  });

  test('a container may listen wider when it says so', () => {
    assert.equal(loadConfig({ HOST: '0.0.0.0', SANDBOX_UNAUTHENTICATED: 'true' }).HOST, '0.0.0.0');
  });

  test('docs/configuration.md is what the schema says', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    assert.equal(page, describeConfig(), 'run `npm run docs`');
  });
});
