/**
 * The page about the records API for people: how to send records, every address, every field.
 *
 * Rendered on the server from the same routes, schemas and examples as the OpenAPI document; needs no script and
 * nothing from other hosts.
 */
import { Router } from 'express';
import { setPagePolicy } from '../http/security-headers.ts';
import { fieldRows } from '../records/description/describe-records.ts';
import { EXAMPLES } from '../records/description/examples.ts';
import { RECORD_KINDS, type RecordKind } from '../records/record-kinds.ts';
import { ERRORS, type RecordsRoute, ROUTES } from '../records/routes.ts';
import type { RecordSchemas } from '../records/schema/parse-record.ts';
import { type Html, html } from './html.ts';
import { renderPage } from './page.ts';

export interface ApiPageFacts {
  /** Public address of the service, without a trailing slash. */
  baseUrl: string;
  schemas: RecordSchemas;
}

/** `GET /mentoring/docs`; mount it at /mentoring, before the records router. */
export function apiPageRouter(facts: ApiPageFacts): Router {
  const router = Router();
  let page: string | undefined;
  router.get('/docs', (_request, response) => {
    setPagePolicy(response);
    page ??= apiPage(facts);
    response.type('html').send(page);
  });
  return router;
}

export function apiPage({ baseUrl, schemas }: ApiPageFacts): string {
  const content = html`<h1>Mentoring records API</h1>
<p>A mentoring agency's system sends its own records here and reads them back; partners see them as FHIR R4 resources at
<code>${baseUrl}/fhir/R4</code>. For machines: <a href="${baseUrl}/mentoring/openapi.json">OpenAPI document</a>.</p>
${start(baseUrl)}
<h2 id="addresses">Addresses</h2>
<table>
<thead><tr><th>Address</th><th>What it does</th><th>Answers</th></tr></thead>
<tbody>${ROUTES.map(routeRow)}</tbody>
</table>
<h2 id="errors">Errors</h2>
<p>Every error is a FHIR OperationOutcome. Each issue says in <code>diagnostics</code> what is wrong and what to do, and
in <code>expression</code> which field it is about. All problems of a record are told at once.</p>
<table>
<thead><tr><th>Status</th><th>Meaning</th></tr></thead>
<tbody>${Object.entries(ERRORS).map(([status, meaning]) => html`<tr><td>${status}</td><td>${prose(meaning)}</td></tr>`)}</tbody>
</table>
<h2 id="records">Records</h2>
<p>A record may only name records that were sent before it. This order works for a first import:
${RECORD_KINDS.map(({ kind }, index) => html`${index > 0 ? ', ' : ''}<a href="#${kind}">${kind}</a>`)}.</p>
${RECORD_KINDS.map((kind) => kindSection(kind, schemas))}`;
  return renderPage({ title: 'Mentoring records API', content });
}

const start = (baseUrl: string): Html => html`<h2 id="start">To begin</h2>
<pre>curl -X PUT ${baseUrl}/mentoring/organizations/school-1 \\
  -H 'Content-Type: application/json' \\
  -d '{"kind":"school","name":"Lincoln Middle School"}'</pre>
<p>Send the same record again: nothing changes. Send it changed: its FHIR resources get a new version.</p>
<p>Partners may change those resources, and reading the record shows it. To write over nothing unseen, send the
<code>ETag</code> of what you read as <code>If-Match</code>: when the record or one of its resources was changed since,
the answer is 412 and nothing is stored. Many records:</p>
<pre>curl -X POST '${baseUrl}/mentoring/$import' \\
  -H 'Content-Type: application/x-ndjson' --data-binary @records.ndjson</pre>
<p>Each line is <code>{"kind":"sessions","record":{…}}</code>. A CSV file (<code>text/csv</code>, with
<code>?kind=sessions</code>) names fields in its header row, such as <code>place.city</code> or
<code>goals[0].description</code>; a cell holds several values separated by <code>|</code>, or each has a
column of its own: <code>given[0]</code>, <code>given[1]</code>.</p>`;

function routeRow({ method, path, summary, query, success, errors }: RecordsRoute): Html {
  const address = `/mentoring${path.replace(/:(\w+)/g, '{$1}')}`;
  return html`<tr><td><span class="method">${method.toUpperCase()}</span> <code>${address}</code></td><td>${prose(summary)}${query.map(
    ({ name, meaning }) => html`<br><code>?${name}=</code> ${prose(meaning)}`,
  )}</td><td>${[...Object.keys(success), ...errors.map(String)].join(', ')}</td></tr>`;
}

function kindSection({ kind, singular }: RecordKind, schemas: RecordSchemas): Html {
  const model = schemas.model(kind);
  return html`<h3 id="${kind}">${kind}</h3>
<p>${model.description}</p>
<table>
<thead><tr><th>Field</th><th>Card.</th><th>Type</th><th>Meaning</th></tr></thead>
<tbody>${fieldRows(model.fields).map(
    ({ name, cardinality, type, codes, meaning }) =>
      html`<tr><td><code>${name}</code></td><td>${cardinality}</td><td>${type}</td><td>${meaning}${codeList(codes)}</td></tr>`,
  )}</tbody>
</table>
${model.invariants.length > 0 ? html`<ul>${model.invariants.map(({ human }) => html`<li>${human}</li>`)}</ul>` : undefined}
<details><summary>Example of ${/^[aeio]/.test(singular) ? 'an' : 'a'} ${singular}</summary>
<pre>${JSON.stringify(EXAMPLES.records[kind], undefined, 2)}</pre></details>`;
}

const codeList = (codes: readonly string[]): Html | undefined =>
  codes.length > 0
    ? html` <span class="quiet">One of ${codes.map((code, index) => html`${index > 0 ? ', ' : ''}<code>${code}</code>`)}.</span>`
    : undefined;

/** Text with `code` in it. */
const prose = (text: string): Html[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
