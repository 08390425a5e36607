/**
 * The columns of a CSV file: each header is the path of a field, and the model says how its cells are read.
 *
 *     id, youthId, start, activities, place.city, goals[0].description, guardians[1].given
 *
 * A list of texts or codes stands in one cell, separated by `|` (`\|` for the character itself); an item of a list of
 * parts is numbered from 0. Empty cells are absent fields. No two columns may stand for the same value: the second would
 * silently win.
 */

import type { JsonObject } from '../../mapping/map-library.ts';
import type { Finding } from '../../outcome/finding.ts';
import { nearest, orList } from '../../outcome/nearest.ts';
import { quoted } from '../schema/field-values.ts';
import { MAX_LIST_ITEMS, type RecordField, type RecordModel } from '../schema/record-model.ts';
import { unreadable } from './import-line.ts';

interface Step {
  name: string;
  index?: number;
}

export interface CsvColumn {
  header: string;
  steps: readonly Step[];
  field: RecordField;
}

/** Reads the header row; problems are sentences for whoever sent the file. */
export function readHeader(cells: readonly string[], model: RecordModel): { columns: CsvColumn[]; problems: string[] } {
  const problems: string[] = [];
  const columns = cells.flatMap((cell, position): CsvColumn[] => {
    const header = cell.trim();
    const steps = header.split('.').map(parseStep);
    const field = header === '' ? undefined : findField(model.fields, steps);
    if (field) return [{ header, steps, field }];
    problems.push(`Column ${position + 1}, ${quoted(header)}, ${notAField(header, model)}`);
    return [];
  });
  return { columns, problems: [...problems, ...sharedCells(columns)] };
}

function notAField(header: string, model: RecordModel): string {
  const plain = header.replace(/\[0+(\d+)\]/g, '[$1]');
  if (plain !== header && findField(model.fields, plain.split('.').map(parseStep)))
    return `numbers an item with a zero in front. Write ${quoted(plain)}.`;
  const near = nearest(header, allPaths(model.fields));
  return `is not a field.${near.length > 0 ? ` Did you mean ${orList(near.map(quoted))}?` : ''}`;
}

/** Columns that would write over each other: the same field twice, or a whole list beside one of its items. */
function sharedCells(columns: readonly CsvColumn[]): string[] {
  const wholeLists = new Map(columns.filter(isWholeList).map((column) => [pathOf(column.steps), column]));
  const seen = new Map<string, CsvColumn>();
  return columns.flatMap((column) => {
    const path = pathOf(column.steps);
    const twin = seen.get(path);
    seen.set(path, column);
    const whole = isWholeList(column) ? undefined : wholeLists.get(pathOf(withoutIndex(column.steps)));
    if (twin && twin.header !== column.header)
      return [`The columns ${quoted(twin.header)} and ${quoted(column.header)} are the same field.`];
    if (twin) return [`The column ${quoted(column.header)} is there twice.`];
    if (!whole) return [];
    return [
      `The column ${quoted(whole.header)} is the whole list, and ${quoted(column.header)} one of its items. Use one or the other.`,
    ];
  });
}

const isWholeList = ({ field, steps }: CsvColumn): boolean => field.list && steps.at(-1)?.index === undefined;

const pathOf = (steps: readonly Step[]): string =>
  steps.map(({ name, index }) => (index === undefined ? name : `${name}[${index}]`)).join('.');

const withoutIndex = (steps: readonly Step[]): Step[] =>
  steps.map((step, depth) => (depth === steps.length - 1 ? { name: step.name } : step));

function parseStep(text: string): Step {
  const [, name, index] = /^([A-Za-z0-9]+)(?:\[(0|[1-9]\d{0,2})\])?$/.exec(text.trim()) ?? [];
  return { name: name ?? '', ...(index !== undefined && { index: Number(index) }) };
}

function findField(fields: readonly RecordField[], [step, ...rest]: readonly Step[]): RecordField | undefined {
  const field = fields.find((one) => one.name === step?.name);
  if (!field || !step || (step.index !== undefined && (!field.list || step.index >= MAX_LIST_ITEMS))) return undefined;
  if (field.type !== 'object') return rest.length === 0 ? field : undefined;
  // An item of a list of parts has to be numbered.
  if (rest.length === 0 || (field.list && step.index === undefined)) return undefined;
  return findField(field.fields, rest);
}

function allPaths(fields: readonly RecordField[], prefix = ''): string[] {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.name}`;
    if (field.type !== 'object') return [path];
    return allPaths(field.fields, `${path}${field.list ? '[0]' : ''}.`);
  });
}

/** The record that a row of cells stands for. */
export function recordFromCells(
  cells: readonly string[],
  columns: readonly CsvColumn[],
): { json: JsonObject; findings: Finding[] } {
  const json: JsonObject = {};
  const findings: Finding[] = [];
  columns.forEach((column, position) => {
    const cell = cells[position]?.trim() ?? '';
    if (cell === '') return;
    const single = column.steps.at(-1)?.index !== undefined || !column.field.list;
    const value = single ? cellValue(cell, column.field) : splitList(cell).map((item) => cellValue(item, column.field));
    put(json, column.steps, value);
  });
  const gap = findGap(json);
  if (gap)
    findings.push(
      unreadable(`${gap} has no value, but a later item of the list has. Number items from 0 without gaps.`, gap),
    );
  return { json, findings };
}

/** `a | b` as two items; `\|` is the character itself. */
const splitList = (cell: string): string[] =>
  cell
    .split(/(?<!\\)\|/)
    .map((item) => item.replaceAll('\\|', '|').trim())
    .filter((item) => item !== '');

/** What can not be read as its type is left as text: the schema says what is wrong with it. */
function cellValue(cell: string, field: RecordField): string | number | boolean {
  switch (field.type) {
    case 'boolean':
      return /^true$/i.test(cell) ? true : /^false$/i.test(cell) ? false : cell;
    case 'decimal':
    case 'positiveInt':
    case 'unsignedInt':
      return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
    default:
      return cell;
  }
}

type Container = Record<string, unknown>;

function put(json: JsonObject, steps: readonly Step[], value: unknown): void {
  let at: Container = json;
  steps.forEach(({ name, index }, depth) => {
    const last = depth === steps.length - 1;
    if (index === undefined) {
      if (last) at[name] = value;
      else at = child(at, name, {});
      return;
    }
    const list = child(at, name, []) as unknown as unknown[];
    if (last) list[index] = value;
    else at = child(list as unknown as Container, String(index), {});
  });
}

/** The container under a name, made empty when there is none yet. */
function child(parent: Container, name: string, empty: object): Container {
  parent[name] ??= empty;
  return parent[name] as Container;
}

/** The path of a list item that no cell filled, such as `goals[0]`. */
function findGap(value: unknown, path = ''): string | undefined {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (value[index] === undefined) return `${path}[${index}]`;
      const gap = findGap(value[index], `${path}[${index}]`);
      if (gap) return gap;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const gap = findGap(member, path ? `${path}.${name}` : name);
    if (gap) return gap;
  }
  return undefined;
}
