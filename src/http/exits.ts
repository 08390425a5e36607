/**
 * Every way data leaves the service, with what decides whether it may.
 *
 * A route without a row fails the tests of the part that offers it. While the service holds sandbox data only, both
 * columns say so; the authorization server and the consent decision replace them row by row.
 */
type ExitDecision = 'sandbox-all' | 'public';

interface Exit {
  /** What leaves: a FHIR interaction code or a name of our own. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Route pattern below the part's mount point. */
  route: string;
  part: 'fhir' | 'records' | 'web';
  /** Who may pass. */
  authorization: ExitDecision;
  /** What the youth's consent has to allow. */
  consent: ExitDecision;
}

const fhir = (name: string, method: Exit['method'], route: string, decision: ExitDecision = 'sandbox-all'): Exit => ({
  name,
  method,
  route,
  part: 'fhir',
  authorization: decision,
  consent: decision,
});

const records = (
  name: string,
  method: Exit['method'],
  route: string,
  decision: ExitDecision = 'sandbox-all',
): Exit => ({ name, method, route, part: 'records', authorization: decision, consent: decision });

/** Pages and signs of life: they hold nothing about anybody. */
const web = (name: string, route: string): Exit => ({
  name,
  method: 'GET',
  route,
  part: 'web',
  authorization: 'public',
  consent: 'public',
});

/** Writes are listed too: their answers carry the resource, and a refusal speaks of what is stored. */
export const EXITS: readonly Exit[] = [
  fhir('capabilities', 'GET', '/metadata', 'public'),
  fhir('history-system', 'GET', '/_history'),
  fhir('transaction', 'POST', '/'),
  fhir('batch', 'POST', '/'),
  fhir('search-type', 'POST', '/:resourceType/_search'),
  fhir('history-type', 'GET', '/:resourceType/_history'),
  fhir('search-type', 'GET', '/:resourceType'),
  fhir('create', 'POST', '/:resourceType'),
  fhir('history-instance', 'GET', '/:resourceType/:id/_history'),
  fhir('vread', 'GET', '/:resourceType/:id/_history/:versionId'),
  fhir('read', 'GET', '/:resourceType/:id'),
  fhir('update', 'PUT', '/:resourceType/:id'),
  fhir('delete', 'DELETE', '/:resourceType/:id'),
  records('openapi', 'GET', '/openapi.json', 'public'),
  records('attach', 'POST', '/attachments'),
  records('startImport', 'POST', '/$import'),
  records('listImports', 'GET', '/imports'),
  records('readImport', 'GET', '/imports/:job'),
  records('cancelImport', 'DELETE', '/imports/:job'),
  records('readReceipts', 'GET', '/imports/:job/receipts'),
  records('listRecords', 'GET', '/:kind'),
  records('writeRecord', 'PUT', '/:kind/:id'),
  records('readRecord', 'GET', '/:kind/:id'),
  records('deleteRecord', 'DELETE', '/:kind/:id'),
  records('readRecordResources', 'GET', '/:kind/:id/fhir'),
  web('livez', '/livez'),
  web('readyz', '/readyz'),
  web('landing page', '/'),
  web('style sheet', '/assets/style.css'),
  web('records API page', '/docs'),
];
