/**
 * Which field of the record a finding on a FHIR resource is about, by the lineage of the map.
 *
 * A finding says `Encounter.participant[0].individual`; the sender knows `mentorId`. The exact element is looked for
 * first, then what was written below it, then what it is part of. Where nothing fits, the FHIR path stays.
 */
import type { LineageRow } from '../../mapping/map-library.ts';
import { type Finding, isError } from '../../outcome/finding.ts';
import type { MappedEntry } from '../resources/record-bundle.ts';

/**
 * The findings of one resource with `field` where it is known. Remarks on what the map writes of itself, without any
 * field of the record in it, are left out: they are nothing the sender can mend.
 */
export function withFields(
  findings: readonly Finding[],
  entry: MappedEntry,
  lineage: readonly LineageRow[],
): Finding[] {
  const prefix = new RegExp(`^\\w+\\.entry\\[${entry.index}\\]\\.resource\\.?`);
  const rows = lineage.flatMap(({ target, source }) =>
    prefix.test(target) ? [{ element: target.replace(prefix, ''), field: recordField(source) }] : [],
  );
  return findings.flatMap((finding): Finding[] => {
    if (finding.field !== undefined) return [finding];
    const element = finding.expression?.replace(/^[A-Za-z]+\.?/, '') ?? '';
    const isRemark = !isError(finding) && finding.ruleId === undefined;
    if (isRemark && isConstant(element, rows)) return [];
    const field = element === '' ? undefined : fieldOf(element, rows);
    return [field ? { ...finding, field } : finding];
  });
}

interface Row {
  element: string;
  /** Empty for what the map writes of itself. */
  field: string;
}

const isBelow = (element: string, parent: string): boolean =>
  element.startsWith(`${parent}.`) || element.startsWith(`${parent}[`);

const isConstant = (element: string, rows: readonly Row[]): boolean =>
  rows.some((row) => row.element === element && row.field === '') &&
  !rows.some((row) => row.field !== '' && isBelow(row.element, element));

function fieldOf(element: string, rows: readonly Row[]): string | undefined {
  const named = rows.filter((row) => row.field !== '');
  const exact = named.find((row) => row.element === element) ?? named.find((row) => isBelow(row.element, element));
  if (exact) return exact.field;
  const above = named.filter((row) => isBelow(element, row.element));
  return above.sort((a, b) => b.element.length - a.element.length)[0]?.field;
}

/** `src.place.city` is the field `place.city`; what comes from the agency or from nowhere is no field of the record. */
const recordField = (source: string | undefined): string =>
  source === undefined || /^agency\b/.test(source) ? '' : source.replace(/^src\.?/, '');
