/**
 * The OpenAPI 3.1 document of the records API, from the same schemas and routes that the service runs.
 *
 * Spec: https://spec.openapis.org/oas/v3.1.1.html (schemas are JSON Schema 2020-12)
 */
import { z } from 'zod';
import { RECORD_KINDS, type RecordKind } from '../record-kinds.ts';
import { ERRORS, type RecordsRoute, ROUTES } from '../routes.ts';
import type { RecordSchemas } from '../schema/parse-record.ts';
import { EXAMPLES } from './examples.ts';

export interface OpenApiFacts {
  baseUrl: string;
  schemas: RecordSchemas;
  /** What the description says while there is no authorization. */
  banner: string;
}

type Json = Record<string, unknown>;

/** The document. Every kind has its own paths, so that a generated client knows the fields of each. */
export function buildOpenApi({ baseUrl, schemas, banner }: OpenApiFacts): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Mentoring records',
      version: '1',
      description: [
        'What the case-management system of a mentoring agency talks to: its own records in, FHIR R4 out.',
        banner,
        'Errors are FHIR OperationOutcomes: each issue says in `diagnostics` what is wrong and what to do, and in `expression` which field it is about.',
      ].join('\n\n'),
    },
    servers: [{ url: `${baseUrl}/mentoring` }],
    tags: RECORD_KINDS.map((kind) => ({ name: kind.kind, description: schemas.model(kind.kind).description })),
    paths: pathsOf(),
    components: {
      schemas: {
        ...Object.fromEntries(RECORD_KINDS.map((kind) => [schemaName(kind), recordSchemaOf(kind, schemas)])),
        ...ANSWERS,
      },
    },
  };
}

const schemaName = ({ model }: RecordKind): string =>
  (model.split('/mentoring-').at(-1) ?? model).replace(/^./, (letter) => letter.toUpperCase());

function recordSchemaOf({ kind }: RecordKind, schemas: RecordSchemas): Json {
  const { $schema: _schema, ...schema } = z.toJSONSchema(schemas.schema(kind), { io: 'input' }) as Json;
  return schema;
}

function pathsOf(): Json {
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json): void => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const route of ROUTES) {
    const kinds = route.path.startsWith('/:kind') ? RECORD_KINDS : [undefined];
    for (const kind of kinds) {
      const path = route.path.replace(':kind', kind?.kind ?? '').replace(/:(\w+)/g, '{$1}');
      add(path, route.method, operationOf(route, kind));
    }
  }
  return paths;
}

function operationOf(route: RecordsRoute, kind: RecordKind | undefined): Json {
  const pathNames = [...route.path.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === 'kind' || !name ? [] : [name]));
  const body = requestBodyOf(route, kind);
  return {
    operationId: kind ? `${route.operation}-${kind.kind}` : route.operation,
    summary: route.summary,
    tags: [kind?.kind ?? 'imports and attachments'],
    parameters: [
      ...pathNames.map((name) => ({
        name,
        in: 'path',
        required: true,
        description:
          name === 'id' ? `Your id of the ${kind?.singular ?? 'record'}; / is written %2F.` : 'Id of the import.',
        schema: { type: 'string' },
      })),
      ...route.query.map(({ name, meaning, example }) => ({
        name,
        in: 'query',
        description: meaning,
        schema: { type: 'string' },
        example,
      })),
      ...headersOf(route),
    ],
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.success).map(([status, description]) => [
          status,
          { description, ...answerHeadersOf(route), ...contentOf(route, kind, Number(status)) },
        ]),
      ),
      ...Object.fromEntries(
        [...route.errors, 405].map((status) => [
          status,
          {
            description: ERRORS[status] ?? '',
            content: { 'application/fhir+json': { schema: ref('OperationOutcome'), example: EXAMPLES.refusal } },
          },
        ]),
      ),
    },
  };
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function headersOf({ operation }: RecordsRoute): Json[] {
  if (operation !== 'writeRecord' && operation !== 'deleteRecord') return [];
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    description:
      'ETag of the record as you read it. When it was written since, or a partner changed one of its FHIR resources, the answer is 412.',
    schema: { type: 'string' },
    example: EXAMPLES.etag,
  };
  const ifNoneMatch = {
    name: 'If-None-Match',
    in: 'header',
    description: '`*`: only when the record does not exist.',
    schema: { type: 'string', const: '*' },
  };
  return operation === 'writeRecord' ? [ifMatch, ifNoneMatch] : [ifMatch];
}

function answerHeadersOf({ operation }: RecordsRoute): Json {
  if (!['readRecord', 'readRecordResources', 'writeRecord'].includes(operation)) return {};
  const description =
    'Version of the record and of its FHIR resources. It changes with every change of one of them, a partner’s too.';
  return { headers: { ETag: { description, schema: { type: 'string' }, example: EXAMPLES.etag } } };
}

function requestBodyOf({ operation }: RecordsRoute, kind: RecordKind | undefined): Json | undefined {
  const binary = { schema: { type: 'string', format: 'binary' } };
  switch (operation) {
    case 'writeRecord':
      return {
        required: true,
        content: {
          'application/json': {
            ...(kind && { schema: ref(schemaName(kind)), example: EXAMPLES.records[kind.kind] }),
          },
        },
      };
    case 'attach':
      return {
        required: true,
        content: { 'application/pdf': binary, 'image/png': binary, 'image/jpeg': binary, 'text/plain': binary },
      };
    case 'startImport':
      return {
        required: true,
        content: {
          'application/x-ndjson': { schema: { type: 'string' }, example: EXAMPLES.ndjson },
          'text/csv': { schema: { type: 'string' }, example: EXAMPLES.csv },
        },
      };
    default:
      return undefined;
  }
}

function contentOf({ operation }: RecordsRoute, kind: RecordKind | undefined, status: number): Json {
  if (status === 204) return {};
  const json = (schema: Json, example?: unknown): Json => ({
    content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
  });
  switch (operation) {
    case 'readRecord':
      return kind ? json(ref(schemaName(kind)), EXAMPLES.records[kind.kind]) : {};
    case 'writeRecord':
      return json(ref('Written'), EXAMPLES.written);
    case 'listRecords':
      return json(ref('RecordList'));
    case 'readRecordResources':
      return { content: { 'application/fhir+json': { schema: { type: 'object', description: 'FHIR R4 Bundle' } } } };
    case 'attach':
      return json(ref('Upload'));
    case 'startImport':
    case 'readImport':
      return json(ref('Import'));
    case 'listImports':
      return json({ type: 'object', properties: { items: { type: 'array', items: ref('Import') } } });
    case 'readReceipts':
      return { content: { 'application/x-ndjson': { schema: ref('Receipt'), example: EXAMPLES.receipts } } };
    default:
      return json({ type: 'object' });
  }
}

const text = (description: string): Json => ({ type: 'string', description });
const whole = (description: string): Json => ({ type: 'integer', description });
const list = (items: Json, description?: string): Json => ({
  type: 'array',
  items,
  ...(description && { description }),
});

/** What the service answers with. */
const ANSWERS: Record<string, Json> = {
  Finding: {
    type: 'object',
    required: ['severity', 'code', 'message'],
    properties: {
      severity: { type: 'string', enum: ['fatal', 'error', 'warning', 'information'] },
      code: text('FHIR issue type, such as business-rule.'),
      message: text('What is wrong and what to do.'),
      field: text('Field of the record, such as goals[0].due.'),
      expression: text('Element of the FHIR resource.'),
      constraint: text('Key of the invariant that failed.'),
      ruleId: text('Id of the program rule, such as CYS-029.'),
      profile: text('Profile whose rule failed.'),
    },
  },
  Written: {
    type: 'object',
    required: ['kind', 'id', 'version', 'outcome', 'resources', 'findings'],
    properties: {
      kind: text('Collection.'),
      id: text('Your id.'),
      version: whole('Version of the record, from 1.'),
      outcome: { type: 'string', enum: ['created', 'updated', 'unchanged'] },
      resources: list(text('Such as Encounter/3f2a.'), 'FHIR resources the record became.'),
      findings: list(ref('Finding'), 'Warnings, and broken program rules that a stored fact carries.'),
    },
  },
  RecordList: {
    type: 'object',
    required: ['items'],
    properties: {
      items: list({
        type: 'object',
        properties: {
          id: text('Your id.'),
          version: whole('Version of the record.'),
          receivedAt: { type: 'string', format: 'date-time' },
          resources: list(text('Such as Encounter/3f2a.')),
        },
      }),
      next: text('Address of the next page; absent on the last.'),
    },
  },
  Upload: {
    type: 'object',
    required: ['uploadId', 'contentType', 'size', 'hash'],
    properties: {
      uploadId: text('For attachment.uploadId of a note, within a day.'),
      contentType: text('What the bytes are.'),
      size: whole('In bytes.'),
      hash: text('sha256: and 64 hex digits.'),
    },
  },
  Import: {
    type: 'object',
    required: [
      'id',
      'format',
      'status',
      'line',
      'accepted',
      'refused',
      'position',
      'totalBytes',
      'percent',
      'receipts',
    ],
    properties: {
      id: text('Id of the import.'),
      kind: text('Collection of every record, where the request named one.'),
      format: { type: 'string', enum: ['ndjson', 'csv'] },
      status: { type: 'string', enum: ['queued', 'running', 'completed', 'failed', 'cancelled'] },
      line: whole('Last line done, from 1.'),
      accepted: whole('Records stored, or found unchanged.'),
      refused: whole('Records refused; their receipts say why.'),
      position: whole('Bytes done.'),
      totalBytes: whole('Size of the file.'),
      percent: whole('Part of the file done.'),
      failure: text('Why the import as a whole failed.'),
      createdAt: { type: 'string', format: 'date-time' },
      updatedAt: { type: 'string', format: 'date-time' },
      receipts: text('Address of the receipts.'),
    },
  },
  Receipt: {
    type: 'object',
    required: ['line', 'outcome', 'references', 'findings'],
    properties: {
      line: whole('Line on which the record begins, from 1; a header counts.'),
      outcome: { type: 'string', enum: ['accepted', 'unchanged', 'refused'] },
      kind: text('Collection.'),
      sourceId: text('Your id.'),
      references: list(text('Such as Encounter/3f2a.')),
      findings: list(ref('Finding')),
    },
  },
  OperationOutcome: {
    type: 'object',
    required: ['resourceType', 'issue'],
    properties: {
      resourceType: { const: 'OperationOutcome' },
      issue: list({
        type: 'object',
        required: ['severity', 'code'],
        properties: {
          severity: { type: 'string', enum: ['fatal', 'error', 'warning', 'information'] },
          code: text('FHIR issue type.'),
          diagnostics: text('What is wrong and what to do.'),
          expression: list(text('Field of the record, or element of the FHIR resource.')),
        },
      }),
    },
  },
};
