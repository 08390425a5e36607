/**
 * `mentoring-fhir import FILE --url URL`: sends an NDJSON or CSV file to a running service, follows it to the end and
 * prints what was refused. Interrupting it leaves the import running: `--job` follows it again.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT } from './exit-codes.ts';
import { InputError } from './read-input.ts';
import { printFindings, progressBar, type Terminal } from './terminal.ts';

export interface ImportOptions {
  /** Address of the service, such as `http://localhost:8080`. */
  url: string;
  kind: string | undefined;
  format: 'ndjson' | 'csv';
  onFindingRefuse: boolean;
  history: boolean;
  /** Follow this import instead of sending a file. */
  job: string | undefined;
}

const Progress = z.object({
  id: z.string(),
  status: z.string(),
  line: z.number(),
  accepted: z.number(),
  refused: z.number(),
  position: z.number().optional(),
  totalBytes: z.number().optional(),
  percent: z.number(),
  failure: z.string().optional(),
});
type Progress = z.infer<typeof Progress>;

const Receipt = z.object({
  line: z.number(),
  kind: z.string().optional(),
  sourceId: z.string().optional(),
  findings: z.array(
    z.object({
      severity: z.enum(['fatal', 'error', 'warning', 'information']),
      code: z.string(),
      message: z.string(),
      field: z.string().optional(),
      expression: z.string().optional(),
      ruleId: z.string().optional(),
      constraint: z.string().optional(),
    }),
  ),
});

const POLL_MS = 500;

/** Returns the exit code: 1 when a line was refused. */
export async function importFile(
  file: string | undefined,
  options: ImportOptions,
  terminal: Terminal,
): Promise<number> {
  const jobUrl = options.job
    ? `${options.url}/mentoring/imports/${encodeURIComponent(options.job)}`
    : await send(file ?? '', options);
  const done = await follow(jobUrl, terminal);
  if (done.refused > 0) await printRefused(jobUrl, terminal);
  terminal.out(`Import ${done.id}: ${done.status}. ${done.accepted} accepted, ${done.refused} refused.`);
  if (done.status !== 'completed') {
    terminal.out(done.failure ?? 'The import did not run to its end.');
    return EXIT.failed;
  }
  return done.refused > 0 ? EXIT.findings : EXIT.ok;
}

async function send(file: string, options: ImportOptions): Promise<string> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new InputError(`${file} can not be read.`, { cause });
  });
  const query = new URLSearchParams({
    ...(options.kind && { kind: options.kind }),
    ...(options.onFindingRefuse && { onFinding: 'refuse' }),
    ...(options.history && { history: 'true' }),
  });
  const response = await fetch(`${options.url}/mentoring/$import?${query}`, {
    method: 'POST',
    headers: {
      'Content-Type': options.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      'Content-Length': String(found.size),
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
    duplex: 'half',
  } as RequestInit);
  const location = response.headers.get('content-location');
  if (response.status !== 202 || !location)
    throw new InputError(`The service did not take the file: ${await told(response)}`);
  return new URL(location, options.url).href;
}

async function follow(jobUrl: string, terminal: Terminal): Promise<Progress> {
  const show = progressBar(terminal);
  for (;;) {
    const response = await fetch(jobUrl);
    if (!response.ok) throw new InputError(`The import can not be followed: ${await told(response)}`);
    const progress = Progress.parse(await response.json());
    const ended = progress.status !== 'queued' && progress.status !== 'running';
    show(ended ? 100 : progress.percent, 100, `line ${progress.line}, ${progress.refused} refused`);
    if (ended) return progress;
    await sleep(POLL_MS);
  }
}

async function printRefused(jobUrl: string, terminal: Terminal): Promise<void> {
  let next: string | undefined = `${jobUrl}/receipts?outcome=refused`;
  while (next) {
    const response: Response = await fetch(next);
    if (!response.ok) throw new InputError(`The receipts can not be read: ${await told(response)}`);
    for (const text of (await response.text()).split('\n').filter(Boolean)) {
      const receipt = Receipt.parse(JSON.parse(text));
      terminal.out(`line ${receipt.line}: ${[receipt.kind, receipt.sourceId].filter(Boolean).join(' ') || 'not read'}`);
      printFindings(terminal, receipt.findings as Parameters<typeof printFindings>[1]);
    }
    const link: string | undefined = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
    next = link && new URL(link, jobUrl).href;
  }
}

/** The first sentence an answer holds, for a person. */
async function told(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const outcome = JSON.parse(text) as { issue?: { diagnostics?: string }[] };
    return outcome.issue?.map((issue) => issue.diagnostics).join(' ') ?? `${response.status}`;
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}
