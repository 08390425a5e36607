/**
 * The routes of the records API, one row each: the router registers them, the OpenAPI document describes them.
 */

export interface RecordsRoute {
  operation: RecordsOperation;
  method: 'get' | 'put' | 'post' | 'delete';
  /** Path below /mentoring, in Express's form. */
  path: string;
  /** What it does, in one sentence. */
  summary: string;
  query: readonly { name: string; meaning: string; example: string }[];
  /** Success statuses with their meaning; errors are added by ERRORS. */
  success: Readonly<Record<number, string>>;
  /** Error statuses that can happen here. */
  errors: readonly number[];
}

export type RecordsOperation =
  | 'openapi'
  | 'attach'
  | 'startImport'
  | 'listImports'
  | 'readImport'
  | 'cancelImport'
  | 'readReceipts'
  | 'listRecords'
  | 'readRecord'
  | 'writeRecord'
  | 'deleteRecord'
  | 'readRecordResources';

const WRITE_QUERY = [
  {
    name: 'onFinding',
    meaning:
      '`refuse` also refuses a fact (a session held, a note) that breaks a program rule. Default `store`: facts are stored with their findings.',
    example: 'refuse',
  },
  {
    name: 'history',
    meaning: '`true` for records of the past: requests are taken as facts too, and rules do not refuse them.',
    example: 'true',
  },
] as const;

/** What each error status means here; the body is always an OperationOutcome. */
export const ERRORS: Readonly<Record<number, string>> = {
  400: 'The request can not be read: malformed JSON, an unknown query parameter, an id that is none, a bad header.',
  404: 'There is no such collection, record, import or upload.',
  405: 'This address does not take this method; `Allow` lists those it takes.',
  409: 'Others are writing the same record, or its FHIR resources were changed to something a record can not say.',
  410: 'The record was deleted.',
  412: 'The record or one of its FHIR resources was changed since the version that `If-Match` names, or the record exists although `If-None-Match: *` forbids it.',
  413: 'The body is larger than is taken.',
  415: 'The content type, charset or content encoding is not taken.',
  422: 'The record is understood and refused; each issue names its field and what to do. Nothing is stored.',
  503: 'The database does not answer at the moment; `Retry-After` says when to try again.',
};

/** Literal paths before those with a collection in them. */
export const ROUTES: readonly RecordsRoute[] = [
  {
    operation: 'openapi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document.',
    query: [],
    success: { 200: 'The document.' },
    errors: [400],
  },
  {
    operation: 'attach',
    method: 'post',
    path: '/attachments',
    summary:
      'Uploads the file of a note: PDF, PNG, JPEG or plain text, told by its content. Name the answer’s `uploadId` in a note within a day.',
    query: [],
    success: { 201: 'The upload’s id, type, size in bytes and SHA-256.' },
    errors: [400, 413, 415, 422, 503],
  },
  {
    operation: 'startImport',
    method: 'post',
    path: '/$import',
    summary:
      'Takes a file of records of any size, NDJSON or CSV, and works on it in the background: one receipt for each record.',
    query: [
      {
        name: 'kind',
        meaning: 'Collection of every record in the file. Needed for CSV; NDJSON lines may name their own.',
        example: 'sessions',
      },
      ...WRITE_QUERY,
    ],
    success: { 202: 'Taken. `Content-Location` is the address of its progress.' },
    errors: [400, 404, 415, 503],
  },
  {
    operation: 'listImports',
    method: 'get',
    path: '/imports',
    summary: 'The latest imports, newest first.',
    query: [{ name: 'count', meaning: 'Most imports to list, 1 to 500. Default 50.', example: '10' }],
    success: { 200: 'The imports.' },
    errors: [400, 503],
  },
  {
    operation: 'readImport',
    method: 'get',
    path: '/imports/:job',
    summary: 'How far an import is.',
    query: [],
    success: { 200: 'Status, last line done, records accepted and refused, percent of the file.' },
    errors: [400, 404, 503],
  },
  {
    operation: 'cancelImport',
    method: 'delete',
    path: '/imports/:job',
    summary: 'Stops an import. What it stored stays; its receipts too.',
    query: [],
    success: { 204: 'It is stopped, or had ended before.' },
    errors: [400, 404, 503],
  },
  {
    operation: 'readReceipts',
    method: 'get',
    path: '/imports/:job/receipts',
    summary:
      'One receipt for each record of an import, as NDJSON in the order of the file. `Link: rel="next"` leads on.',
    query: [
      { name: 'outcome', meaning: 'Only receipts of one outcome: accepted, unchanged or refused.', example: 'refused' },
      { name: 'count', meaning: 'Most receipts of a page, 1 to 1000. Default 1000.', example: '100' },
      { name: 'afterLine', meaning: 'Only receipts of lines behind this one.', example: '2000' },
    ],
    success: { 200: 'The receipts.' },
    errors: [400, 404, 503],
  },
  {
    operation: 'listRecords',
    method: 'get',
    path: '/:kind',
    summary: 'The records of a collection in the order of their ids.',
    query: [
      { name: 'count', meaning: 'Most records of a page, 1 to 500. Default 50.', example: '100' },
      { name: 'after', meaning: 'Only records whose id comes behind this one.', example: 'session-100' },
    ],
    success: { 200: 'Ids, versions and FHIR references; `next` is the address of the next page.' },
    errors: [400, 404, 503],
  },
  {
    operation: 'writeRecord',
    method: 'put',
    path: '/:kind/:id',
    summary:
      'Stores a record under your own id for it. The same record again changes nothing; a changed one updates its FHIR resources.',
    query: WRITE_QUERY,
    success: { 200: 'Updated, or unchanged.', 201: 'Created.' },
    errors: [400, 404, 409, 412, 413, 415, 422, 503],
  },
  {
    operation: 'readRecord',
    method: 'get',
    path: '/:kind/:id',
    summary: 'The record as it stands, made from its FHIR resources of now, so that partners’ changes show.',
    query: [{ name: 'as', meaning: '`sent` answers the record as you sent it last.', example: 'sent' }],
    success: { 200: 'The record.' },
    errors: [400, 404, 409, 410, 503],
  },
  {
    operation: 'deleteRecord',
    method: 'delete',
    path: '/:kind/:id',
    summary:
      'Takes back a record that was sent by mistake. Its FHIR resources stay, marked as entered in error or inactive; a later PUT brings it back.',
    query: [],
    success: { 204: 'It is deleted, or was not there.' },
    errors: [400, 404, 409, 412, 503],
  },
  {
    operation: 'readRecordResources',
    method: 'get',
    path: '/:kind/:id/fhir',
    summary: 'The FHIR resources of a record, as a Bundle.',
    query: [],
    success: { 200: 'A Bundle of type collection.' },
    errors: [400, 404, 410, 503],
  },
];
