/**
 * `mentoring-fhir validate FILE…`: FHIR resources and mentoring records, checked as the service checks them on a
 * write, without a server. What only a store knows (whether a named record exists) is not checked, and said so.
 */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Engines } from '../engines.ts';
import { MapRunError } from '../mapping/map-library.ts';
import { type Finding, isError } from '../outcome/finding.ts';
import { recordKind } from '../records/record-kinds.ts';
import { EXIT } from './exit-codes.ts';
import { type AgencyFacts, findMap } from './map.ts';
import type { InputValue } from './read-input.ts';
import { recordInput } from './record-input.ts';
import { printFindings, progressBar, type Terminal } from './terminal.ts';

/** From this many inputs on a person is shown how far it is. */
const LONG_WORK = 200;

/** Returns the exit code: 1 when any input has an error. */
export async function validateInputs(
  inputs: readonly InputValue[],
  kindOption: string | undefined,
  agency: AgencyFacts,
  engines: Engines,
  terminal: Terminal,
): Promise<number> {
  let invalid = 0;
  let warnings = 0;
  const show = inputs.length >= LONG_WORK ? progressBar(terminal) : () => {};
  for (const [index, input] of inputs.entries()) {
    show(index + 1, inputs.length, `${invalid} not valid`);
    const { what, findings } = isResource(input.value)
      ? { what: input.value.resourceType, findings: await checkResource(input.value, engines) }
      : await checkRecord(input, kindOption, agency, engines);
    const bad = findings.some(isError);
    if (bad) invalid += 1;
    warnings += findings.filter((finding) => finding.severity === 'warning').length;
    if (bad || inputs.length === 1 || findings.length > 0) {
      terminal.out(`${input.where}: ${what}: ${bad ? 'not valid' : 'valid'}`);
      printFindings(terminal, findings);
    }
  }
  const count = inputs.length === 1 ? '1 input' : `${inputs.length} inputs`;
  terminal.out(`${count}: ${inputs.length - invalid} valid, ${invalid} not valid, ${warnings} warnings.`);
  terminal.out('Not checked here: whether named records exist; SNOMED CT, LOINC and ICD-10-CM codes.');
  return invalid > 0 ? EXIT.findings : EXIT.ok;
}

const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string';

async function checkResource(resource: Resource, engines: Engines): Promise<Finding[]> {
  if (resource.resourceType === 'Bundle') {
    const whole = engines.validator.validate(resource);
    return [...whole, ...(await admitEntries(resource, undefined, engines))];
  }
  const { findings } = await engines.admission.admit(resource, { nature: 'auto', lookup: async () => undefined });
  return findings;
}

/** Each entry against the profiles in force, told under its place in the Bundle; once each. */
async function admitEntries(bundle: Bundle, program: string | undefined, engines: Engines): Promise<Finding[]> {
  const byUrl = new Map(bundle.entry?.map((entry) => [entry.fullUrl, entry.resource]));
  const found: Finding[] = [];
  for (const [index, { resource }] of (bundle.entry ?? []).entries()) {
    if (!resource) continue;
    const { findings } = await engines.admission.admit(resource as Resource, {
      nature: 'auto',
      ...(program && { program }),
      lookup: async (reference) => byUrl.get(reference) as Resource | undefined,
    });
    const place = `Bundle.entry[${index}].resource`;
    found.push(
      ...findings.map((finding) => ({
        ...finding,
        expression: `${place} (${finding.expression ?? resource.resourceType})`,
      })),
    );
  }
  return found;
}

async function checkRecord(
  input: InputValue,
  kindOption: string | undefined,
  agency: AgencyFacts,
  engines: Engines,
): Promise<{ what: string; findings: Finding[] }> {
  const { kind, record: json } = recordInput(input, kindOption);
  const what = `record of ${kind}`;
  const { record, findings } = engines.schemas.parse(kind, json);
  if (!record) return { what, findings };
  try {
    const { targets } = findMap(engines, recordKind(kind).toFhir).run({ src: record, agency });
    // A discharge only adds to the episode's resource; the whole of it is checked where the episode is.
    if (recordKind(kind).overlays) return { what, findings };
    const program = typeof record.program === 'string' ? record.program : undefined;
    return {
      what,
      findings: [...findings, ...(await admitEntries(targets.bundle as unknown as Bundle, program, engines))],
    };
  } catch (error) {
    if (!(error instanceof MapRunError)) throw error;
    const finding: Finding = { severity: 'error', code: 'processing', message: error.message };
    return { what, findings: [...findings, error.sourcePath ? { ...finding, field: error.sourcePath } : finding] };
  }
}
