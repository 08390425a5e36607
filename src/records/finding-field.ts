/**
 * Which field of the record a finding on a FHIR resource is about, by the lineage of the map.
 *
 * A finding says `Encounter.participant[0].individual`; the sender knows `mentorId`. The exact element is looked for
 * first, then what was written below it, then what it is part of. Where nothing fits, the FHIR path stays.
 */
import type { LineageRow } from '../mapping/map-library.ts';
import type { Finding } from '../outcome/finding.ts';
import type { MappedEntry } from './record-bundle.ts';

/** The findings of one resource with `field` where it is known. */
export function withFields(
  findings: readonly Finding[],
  entry: MappedEntry,
  lineage: readonly LineageRow[],
): Finding[] {
  const prefix = new RegExp(`^\\w+\\.entry\\[${entry.index}\\]\\.resource\\.?`);
  const rows = lineage.flatMap(({ target, source }) =>
    prefix.test(target) && source !== undefined
      ? [{ element: target.replace(prefix, ''), field: recordField(source) }]
      : [],
  );
  return findings.map((finding) => {
    const element = finding.expression?.replace(/^[A-Za-z]+\.?/, '');
    const field = finding.field ?? (element ? fieldOf(element, rows) : undefined);
    return field ? { ...finding, field } : finding;
  });
}

interface Row {
  element: string;
  field: string;
}

function fieldOf(element: string, rows: readonly Row[]): string | undefined {
  const named = rows.filter((row) => row.field !== '');
  const exact = named.find((row) => row.element === element);
  if (exact) return exact.field;
  const below = named.filter((row) => row.element.startsWith(`${element}.`) || row.element.startsWith(`${element}[`));
  if (below.length > 0) return below[0]?.field;
  const above = named
    .filter((row) => element.startsWith(`${row.element}.`) || element.startsWith(`${row.element}[`))
    .sort((a, b) => b.element.length - a.element.length);
  return above[0]?.field;
}

/** `src.place.city` is the field `place.city`; what comes from the agency is no field of the record. */
const recordField = (source: string): string => (/^agency\b/.test(source) ? '' : source.replace(/^src\.?/, ''));
