/**
 * `mentoring-fhir map FILE`: mentoring records to FHIR on standard output, without a server.
 *
 * References between records stay in their `urn:mentoring:…` form: only a store knows the ids behind them.
 */
import type { Bundle } from '@medplum/fhirtypes';
import type { Engines } from '../engines.ts';
import { type CompiledMap, type JsonObject, MapRunError } from '../mapping/map-library.ts';
import { isError } from '../outcome/finding.ts';
import { recordKind } from '../records/record-kinds.ts';
import { EXIT } from './exit-codes.ts';
import type { InputValue } from './read-input.ts';
import { recordInput } from './record-input.ts';
import { printFindings, type Terminal } from './terminal.ts';

export interface MapOptions {
  kind: string | undefined;
  /** The input is FHIR (a Bundle as `map` printed it); print the records. */
  back: boolean;
  /** Tell which fields no rule of the map read. */
  report: boolean;
}

/** The second source of every map. */
export type AgencyFacts = { identifierBase: string; organizationId: string };

/** Returns the exit code. */
export function mapInputs(
  inputs: readonly InputValue[],
  options: MapOptions,
  agency: AgencyFacts,
  engines: Engines,
  terminal: Terminal,
): number {
  let code: number = EXIT.ok;
  for (const input of inputs) {
    const { where, kind, record } = recordInput(input, options.kind);
    const printed = options.back
      ? mapBack(kind, record as Bundle, agency, engines)
      : mapForward(where, kind, record, options.report, agency, engines, terminal);
    if (printed === undefined) code = EXIT.findings;
    else terminal.out(JSON.stringify(printed, undefined, inputs.length > 1 ? undefined : 2));
  }
  return code;
}

function mapForward(
  where: string,
  kind: string,
  json: unknown,
  report: boolean,
  agency: AgencyFacts,
  engines: Engines,
  terminal: Terminal,
): JsonObject | undefined {
  const { record, findings } = engines.schemas.parse(kind, json);
  if (findings.length > 0) {
    terminal.err(`${where}: ${findings.some(isError) ? 'not mapped' : 'mapped with remarks'}\n`);
    printFindings({ ...terminal, out: (text) => terminal.err(`${text}\n`) }, findings);
  }
  if (!record) return undefined;
  try {
    const { targets, unread } = findMap(engines, recordKind(kind).toFhir).run({ src: record, agency }, { report });
    if (report) {
      terminal.err(
        unread.length > 0
          ? `${where}: fields no rule read: ${unread.join(', ')}\n`
          : `${where}: every field was read\n`,
      );
    }
    return targets.bundle;
  } catch (error) {
    if (!(error instanceof MapRunError)) throw error;
    terminal.err(
      `${where}: ${error.sourcePath ? `${error.sourcePath}: ` : ''}${error.message} (${error.file}:${error.line}, rule ${error.rule})\n`,
    );
    return undefined;
  }
}

function mapBack(kind: string, bundle: Bundle, agency: AgencyFacts, engines: Engines): JsonObject | undefined {
  const { targets } = findMap(engines, recordKind(kind).fromFhir).run({
    bundle: bundle as unknown as JsonObject,
    agency,
  });
  return targets.tgt;
}

/** The map of a kind; a kind without one is a fault of the checkout. */
export function findMap(engines: Engines, url: string): CompiledMap {
  const found = engines.maps.map(url);
  if (!found) throw new Error(`There is no map ${url} in mappings/.`);
  return found;
}
