/**
 * The `mentoring-fhir` command. Exit codes: 0 all well, 1 the input has errors, 2 the command line is wrong, 3 a file
 * or a server is out of reach.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../config/config.ts';
import { loadEngines } from '../engines.ts';
import { MapLoadError } from '../mapping/map-library.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { importFile } from './import.ts';
import { mapInputs } from './map.ts';
import { InputError, type InputValue, readInput } from './read-input.ts';
import { requireKind } from './record-input.ts';
import type { Terminal } from './terminal.ts';
import { validateInputs } from './validate.ts';

const USAGE = `mentoring-fhir: therapeutic mentoring records and FHIR R4

  mentoring-fhir map FILE...       [--kind KIND] [--back] [--report]
      Prints the FHIR Bundle of each mentoring record. --back prints the record of a Bundle.
      --report tells which fields no rule read.
  mentoring-fhir validate FILE...  [--kind KIND]
      Checks FHIR resources and mentoring records as the service does.
  mentoring-fhir import FILE --url URL  [--kind KIND] [--format ndjson|csv] [--on-finding refuse] [--history]
  mentoring-fhir import --job ID --url URL
      Sends a file (not standard input) to a running service, shows progress and prints the lines that were refused.

FILE is JSON, or NDJSON where its name ends in .ndjson; for map and validate, - is standard input. The kind of a
record is --kind, that of its envelope {"kind":"sessions","record":{...}}, or the name of its file (sessions.json).
Exit codes: 0 ok, 1 errors found, 2 usage, 3 failed.
`;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const terminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
};

process.exitCode = await run(process.argv.slice(2)).catch(explain);

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(args);
  const [command, ...files] = positionals;
  if (values.help || command === undefined) {
    terminal.out(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  // Of all settings only the agency's matter here; the others speak of a running service.
  const { AGENCY_IDENTIFIER_BASE, AGENCY_ORGANIZATION_ID } = process.env;
  const config = loadConfig({ AGENCY_IDENTIFIER_BASE, AGENCY_ORGANIZATION_ID });
  const agency = { identifierBase: config.AGENCY_IDENTIFIER_BASE, organizationId: config.AGENCY_ORGANIZATION_ID };
  const kind = values.kind === undefined ? undefined : requireKind(values.kind);
  switch (command) {
    case 'map':
      return overAll(files, (inputs) =>
        mapInputs(inputs, { kind, back: values.back, report: values.report }, agency, loadEngines(root), terminal),
      );
    case 'validate':
      return overAll(files, (inputs) => validateInputs(inputs, kind, agency, loadEngines(root), terminal));
    case 'import':
      return importFile(files[0], importOptions(files, values, kind), terminal);
    default:
      throw new UsageError(`There is no command ${command}. Use map, validate or import.`);
  }
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        url: { type: 'string' },
        format: { type: 'string' },
        'on-finding': { type: 'string' },
        history: { type: 'boolean', default: false },
        job: { type: 'string' },
        back: { type: 'boolean', default: false },
        report: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message);
  }
}

function importOptions(
  files: string[],
  values: ReturnType<typeof parseCommandLine>['values'],
  kind: string | undefined,
) {
  if (values.url === undefined || !URL.canParse(values.url)) {
    throw new UsageError('import needs --url with the address of the service, such as --url http://localhost:8080.');
  }
  if ((files.length === 1) === (values.job !== undefined)) {
    throw new UsageError('import takes one FILE, or --job with the id of an import to follow.');
  }
  const format = values.format ?? formatOf(files[0]);
  if (format !== 'csv' && format !== 'ndjson') throw new UsageError('--format is ndjson or csv.');
  if (format === 'csv' && kind === undefined && values.job === undefined) {
    throw new UsageError('A CSV file holds records of one kind: say which with --kind.');
  }
  if (values['on-finding'] !== undefined && values['on-finding'] !== 'refuse') {
    throw new UsageError('--on-finding takes one value: refuse.');
  }
  return {
    url: values.url.replace(/\/$/, ''),
    kind,
    format,
    onFindingRefuse: values['on-finding'] === 'refuse',
    history: values.history,
    job: values.job,
  } as const;
}

/** By the end of the file's name. Throws UsageError where that does not tell. */
function formatOf(file: string | undefined): 'ndjson' | 'csv' {
  if (file === undefined || /\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.csv$/i.test(file)) return 'csv';
  if (file === '-') throw new UsageError('import reads a file: standard input could not be sent again after a break.');
  if (/\.json$/i.test(file)) {
    throw new UsageError(
      `${file} is one JSON document. import takes NDJSON, one record a line: {"kind":"sessions","record":{...}}`,
    );
  }
  throw new UsageError(`Is ${file} NDJSON or CSV? Say --format ndjson or --format csv.`);
}

/** Runs a command over every file that can be read; one that can not be read makes the exit code 3. */
async function overAll(files: string[], work: (inputs: InputValue[]) => number | Promise<number>): Promise<number> {
  if (files.length === 0) throw new UsageError('Name at least one FILE, or - for standard input.');
  let unreadable = 0;
  const inputs: InputValue[] = [];
  for (const file of files) {
    const read = await readInput(file, process.stdin, (sentence) => {
      unreadable += 1;
      terminal.err(`${sentence}\n`);
    });
    inputs.push(...read);
  }
  const code = inputs.length > 0 ? await work(inputs) : EXIT.ok;
  return unreadable > 0 ? EXIT.failed : code;
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    terminal.err(`${error.message}\n\n${USAGE}`);
    return EXIT.usage;
  }
  const expected = error instanceof InputError || error instanceof ConfigError || error instanceof MapLoadError;
  const unreachable = error instanceof TypeError && error.message === 'fetch failed';
  if (unreachable) terminal.err('The service can not be reached. Is it running, and is --url right?\n');
  else terminal.err(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  return EXIT.failed;
}
