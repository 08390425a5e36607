/**
 * Writes the records of some lines, many at once where they do not touch each other.
 *
 * A line waits for the lines before it that write the same record or make something it names: so the order of the file
 * holds where it matters. The others meet in the store, which commits them together.
 */

import { SOURCE_ID } from '../../conformance/source-id.ts';
import { describeError, type Log } from '../../http/log.ts';
import type { JsonObject } from '../../mapping/map-library.ts';
import { FhirError } from '../../outcome/fhir-error.ts';
import type { Finding } from '../../outcome/finding.ts';
import type { Grant } from '../../privacy/grant.ts';
import type { ImportReceipt } from '../../store/import-store.ts';
import { StoreUnavailable } from '../../store/resource-store.ts';
import { RecordRefused } from '../record-refused.ts';
import type { RecordDeps, WriteOptions } from '../records-parts.ts';
import { namedFields, ownKeys } from '../resources/named-fields.ts';
import { keyText } from '../resources/source-urn.ts';
import { writeRecord } from '../write/write-record.ts';
import type { ImportLine } from './import-line.ts';

export interface WriteLinesRequest {
  grant: Grant;
  lines: readonly ImportLine[];
  options: WriteOptions;
  /** Most writes under way at once. */
  concurrency: number;
}

/** One receipt for each line, in order. Throws StoreUnavailable; everything else becomes a receipt. */
export async function writeLines(
  { grant, lines, options, concurrency }: WriteLinesRequest,
  deps: RecordDeps & { log: Log },
): Promise<ImportReceipt[]> {
  const running = new Map<string, Promise<unknown>>();
  const slots = new Slots(concurrency);
  const receipts = lines.map((line) => {
    const { waitsFor, makes } = tracesOf(line, deps);
    const before = waitsFor.flatMap((trace) => running.get(trace) ?? []);
    const receipt = Promise.all(before).then(() => slots.run(() => writeLine(grant, line, options, deps)));
    // A failure is told by the receipt; who waits only waits.
    const settled = receipt.then(
      () => undefined,
      () => undefined,
    );
    for (const trace of makes) running.set(trace, settled);
    return receipt;
  });
  const settled = await Promise.allSettled(receipts);
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** What a line touches, as texts to compare; read from unchecked JSON. */
function tracesOf({ kind, json }: ImportLine, { schemas }: RecordDeps): { waitsFor: string[]; makes: string[] } {
  if (!kind || !json) return { waitsFor: [], makes: [] };
  const record = json as JsonObject;
  const makes = [`record ${kind} ${String(record.id)}`, ...ownKeys(kind, record).map(keyText)];
  const named = namedFields(schemas.model(kind), record).map(({ sourceId, target }) =>
    keyText({ resourceType: target.resourceType, sourceId }),
  );
  return { waitsFor: [...makes, ...named], makes };
}

async function writeLine(
  grant: Grant,
  { line, kind, json, findings }: ImportLine,
  options: WriteOptions,
  deps: RecordDeps & { log: Log },
): Promise<ImportReceipt> {
  const sourceId = typeof json?.id === 'string' && SOURCE_ID.test(json.id) ? json.id : undefined;
  const about = { line, ...(kind && { kind }), ...(sourceId !== undefined && { sourceId }) };
  const refused = (found: readonly Finding[]): ImportReceipt => ({
    ...about,
    outcome: 'refused',
    references: [],
    findings: [...found],
  });
  if (!json || !kind) return refused(findings);
  // Without a usable id there is nothing to write; the schema says so, with all other problems.
  if (sourceId === undefined) return refused(deps.schemas.parse(kind, json).findings);
  try {
    const result = await writeRecord({ grant, kind, sourceId, json, ...options }, deps);
    const outcome = result.outcome === 'unchanged' ? 'unchanged' : 'accepted';
    return { ...about, outcome, references: result.resources, findings: result.findings };
  } catch (error) {
    if (error instanceof RecordRefused) return refused(error.findings);
    if (error instanceof FhirError) return refused([asFinding(error)]);
    if (error instanceof StoreUnavailable) throw error;
    deps.log.error({ line, error: describeError(error) }, 'An import line failed unexpectedly');
    return refused([
      {
        severity: 'error',
        code: 'exception',
        message: 'Internal error while this line was written. Send it again, and report it when it fails again.',
      },
    ]);
  }
}

function asFinding(error: FhirError): Finding {
  const [issue] = error.outcome.issue ?? [];
  return { severity: 'error', code: issue?.code ?? 'processing', message: error.message };
}

class Slots {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
