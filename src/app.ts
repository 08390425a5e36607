/**
 * The HTTP application: every router in the order in which it is asked. A table of contents.
 */
import express, { type Express } from 'express';
import type { FhirParts } from './fhir/fhir-parts.ts';
import { fhirRouter } from './fhir/fhir-router.ts';
import { fhirErrorHandler } from './http/fhir-error-handler.ts';
import { type HealthParts, healthRouter } from './http/health-router.ts';
import { requireKnownHost } from './http/known-host.ts';
import type { Log } from './http/log.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { FhirError, issue } from './outcome/fhir-error.ts';
import { type RecordsParts, recordsRouter } from './records/records-router.ts';
import { type ApiPageFacts, apiPageRouter } from './web/api-page.ts';
import type { LandingFacts } from './web/landing-page.ts';
import { webRouter } from './web/web-router.ts';

export interface AppParts {
  log: Log;
  newId(): string;
  /** Host names, besides loopback's, that the sandbox answers to. */
  hosts: readonly string[];
  health: HealthParts;
  landing: LandingFacts;
  apiPage: ApiPageFacts;
  records: RecordsParts;
  fhir: FhirParts;
}

export function createApp({ log, newId, hosts, health, landing, apiPage, records, fhir }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // Query strings are parsed where they are used, as strings: `a[b]=c` is no object here.
  app.set('query parser', false);
  app.use(requestLog(log, newId));
  app.use(securityHeaders());
  app.use(requireKnownHost(hosts));
  app.use(healthRouter(health));
  app.use(webRouter(landing));
  app.use('/mentoring', apiPageRouter(apiPage));
  app.use('/mentoring', recordsRouter(records));
  app.use('/fhir/R4', fhirRouter(fhir));
  app.use(() => {
    throw new FhirError(404, [
      issue('not-found', 'There is nothing here. The FHIR API is at /fhir/R4, the records API at /mentoring/docs.'),
    ]);
  });
  app.use(fhirErrorHandler(log));
  return app;
}
