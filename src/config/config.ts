/**
 * Every setting of the service: name, meaning, unit, default. docs/configuration.md is generated from this file
 * (`npm run docs`), so read either one.
 *
 * Names end in their unit. Read once, in start.ts and the command line.
 */
import { z } from 'zod';
import { SOURCE_ID, SOURCE_ID_GRAMMAR } from '../conformance/source-id.ts';

/** A whole number from the environment. (z.coerce.number() would read an empty variable as 0.) */
const wholeNumber = (fallback: string) =>
  z.string().regex(/^\d+$/, 'expected a whole number').default(fallback).transform(Number);

/** A whole number from 1. */
const positiveNumber = (fallback: string) => wholeNumber(fallback).refine((value) => value > 0, 'expected 1 or more');

const yesOrNo = z.enum(['true', 'false']).default('false');

/** An agency's id for itself: the grammar of every source id. */
const sourceId = z.string().regex(SOURCE_ID, `expected ${SOURCE_ID_GRAMMAR}`);

export const Config = z.object({
  PORT: wholeNumber('8080').meta({ description: 'TCP port to listen on; 0 takes a free one.' }),
  HOST: z.string().default('127.0.0.1').meta({
    description:
      'Address to listen on. Anything but loopback is refused while the service is a sandbox, unless `SANDBOX_UNAUTHENTICATED` is `true`.',
  }),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/[^/]$/, 'must not end with a slash')
    .regex(/^(?!.*\/fhir\/R4$)/, 'must not end with /fhir/R4: the service adds it')
    .optional()
    .meta({
      description:
        'Public address of the service, without a trailing slash and without `/fhir/R4`. Default: `http://HOST:PORT`.',
    }),
  DATA_DIR: z.string().min(1).default('data').meta({
    description: 'Folder of the embedded database. Not used when `DATABASE_URL` is set.',
  }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({ description: 'PostgreSQL 15 or newer to use instead of the embedded database. Secret.' }),
  DATABASE_POOL_SIZE: positiveNumber('10').meta({ description: 'Most connections held to PostgreSQL.' }),
  SANDBOX_UNAUTHENTICATED: yesOrNo.meta({
    description:
      '`true` lets the sandbox, which has no authorization, listen on more than loopback: inside a container whose port is published on loopback only.',
  }),
  AGENCY_ORGANIZATION_ID: sourceId.default('agency').meta({
    description: 'Id of the organization record of the agency itself; the performer and custodian of its records.',
  }),
  AGENCY_IDENTIFIER_BASE: z
    .url()
    .regex(/[^/]$/, 'must not end with a slash')
    .default('https://agency.example/sid')
    .meta({
      description: 'Base of the identifier systems of the agency: a session has the system `{base}/sessions`.',
    }),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected an IANA time zone, such as America/New_York')
    .default('America/New_York')
    .meta({ description: 'Time zone in which a search date without an offset is read.' }),
  MAX_BODY_BYTES: positiveNumber('10485760').meta({
    description: 'Largest body of one record, resource or Bundle, in bytes. Imports and attachments have their own.',
  }),
  MAX_ATTACHMENT_BYTES: positiveNumber('26214400').meta({ description: 'Largest attachment, in bytes.' }),
  PAGE_TOKEN_SECRET: z.string().min(32).optional().meta({
    description:
      'Signs page links. Without it a new one is drawn at each start, and links of before no longer work. The same on every replica. Secret.',
  }),
  LOG_LEVEL: z.enum(['info', 'error', 'silent']).default('info').meta({
    description: '`info` writes one line for each request, `error` only failures. No line holds patient data.',
  }),
});

export type Config = z.infer<typeof Config>;

/** Reads the environment once, at start-up; throws a list of every problem, not only the first. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // A variable set to nothing is a variable not set: compose files write `DATABASE_URL=` to say so.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Config.safeParse(given);
  if (!parsed.success) throw new ConfigError(`Configuration is not usable:\n${z.prettifyError(parsed.error)}`);
  const config = parsed.data;
  if (!isLoopback(config.HOST) && config.SANDBOX_UNAUTHENTICATED !== 'true') {
    throw new ConfigError(
      `HOST=${config.HOST} would let other machines in, and this service has no authorization yet: it is a sandbox. ` +
        'Use HOST=127.0.0.1, or set SANDBOX_UNAUTHENTICATED=true inside a container whose port is published on loopback only.',
    );
  }
  return config;
}

/** A setting that the operator has to mend; its message is complete without a stack. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** The reference page, in Markdown. */
export function describeConfig(): string {
  const entries = Object.entries(Config.shape).map(([name, setting]) => {
    const fallback = setting.safeParse(undefined);
    const value = fallback.success ? fallback.data : undefined;
    return [
      `## \`${name}\``,
      setting.meta()?.description ?? '',
      value === undefined ? (fallback.success ? 'Optional.' : 'Required.') : `Default: \`${value}\``,
    ].join('\n\n');
  });
  return ['# Configuration', 'Generated from src/config/config.ts by `npm run docs`.', ...entries]
    .join('\n\n')
    .concat('\n');
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
