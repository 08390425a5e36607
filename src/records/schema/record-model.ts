/**
 * The fields of a record kind, read once from its logical model.
 *
 * Spec: https://hl7.org/fhir/R4/structuredefinition.html#logical and https://hl7.org/fhir/R4/elementdefinition.html
 *
 * The logical models are the one description of a record: the schema, the OpenAPI document, the field tables and the
 * CSV reader are all made from this tree. Element ids and extensions, which every FHIR element has, are left out;
 * an `id` belongs to a part only where the model demands it (`goals.id`).
 */
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';
import { SOURCE_ID_GRAMMAR } from '../../conformance/source-id.ts';
import { type CodeEntry, codesOf } from './code-list.ts';
import { type ReferenceTarget, referenceTarget } from './reference-fields.ts';

export type FieldType =
  | 'id'
  | 'string'
  | 'code'
  | 'date'
  | 'partialDate'
  | 'dateTime'
  | 'boolean'
  | 'decimal'
  | 'positiveInt'
  | 'unsignedInt'
  | 'base64Binary'
  | 'uri'
  | 'object';

export interface RecordField {
  name: string;
  /** Path in the record without indexes, such as `goals.due`. */
  path: string;
  title: string;
  /** One or two sentences. */
  meaning: string;
  required: boolean;
  list: boolean;
  /** Most items a list may have. */
  maxItems: number;
  type: FieldType;
  /** Longest text, in characters. */
  maxLength: number;
  /** The allowed codes of a bound field. */
  codes?: readonly CodeEntry[];
  /** Fields of an object. */
  fields: readonly RecordField[];
  /** What an id field names. */
  target?: ReferenceTarget;
}

export interface Invariant {
  key: string;
  severity: 'error' | 'warning';
  /** The sentence for whoever sent the record. */
  human: string;
  /** FHIRPath, evaluated on the record. */
  expression: string;
}

export interface RecordModel {
  kind: string;
  title: string;
  description: string;
  fields: readonly RecordField[];
  invariants: readonly Invariant[];
}

export const MAX_LIST_ITEMS = 500;
const MAX_TEXT = 4_000;
/** A note written out. */
const MAX_LONG_TEXT = 100_000;

/** Reads the model of a kind. Throws when it is missing or uses something records do not have: a mistake of ours. */
export function readRecordModel(kind: string, url: string, definitions: Definitions): RecordModel {
  const structure = definitions.structure(url);
  if (!structure?.snapshot) throw new Error(`The logical model ${url} is not in the package. Run npm run profiles.`);
  const [root, ...elements] = structure.snapshot.element;
  if (!root?.path) throw new Error(`The logical model ${url} has no root element`);
  return {
    kind,
    title: structure.title ?? kind,
    description: structure.description ?? '',
    fields: readFields(kind, root.path, elements, definitions),
    invariants: readInvariants(structure, root),
  };
}

function readInvariants(structure: StructureDefinition, root: ElementDefinition): Invariant[] {
  return (root.constraint ?? []).flatMap((constraint) =>
    constraint.source === structure.url && constraint.key && constraint.expression
      ? [
          {
            key: constraint.key,
            severity: constraint.severity === 'warning' ? ('warning' as const) : ('error' as const),
            human: constraint.human ?? constraint.key,
            expression: constraint.expression,
          },
        ]
      : [],
  );
}

function readFields(
  kind: string,
  parent: string,
  elements: readonly ElementDefinition[],
  definitions: Definitions,
): RecordField[] {
  const depth = parent.split('.').length + 1;
  return elements
    .filter((element) => element.path?.startsWith(`${parent}.`) && element.path.split('.').length === depth)
    .filter((element) => !isInherited(element))
    .map((element) => readField(kind, element, elements, definitions));
}

/** Every FHIR element may have an id and extensions; a record has them only where its model asks for an id. */
function isInherited(element: ElementDefinition): boolean {
  const name = element.path?.split('.').at(-1);
  if (name === 'extension' || name === 'modifierExtension') return true;
  return name === 'id' && element.min === 0;
}

function readField(
  kind: string,
  element: ElementDefinition,
  elements: readonly ElementDefinition[],
  definitions: Definitions,
): RecordField {
  const segments = (element.path ?? '').split('.');
  const name = segments.at(-1) ?? '';
  const path = segments.slice(1).join('.');
  const target = referenceTarget(kind, path);
  const type = fieldType(name, element, target);
  const max = element.max ?? '1';
  const list = max !== '1';
  const title = element.short ?? name;
  return {
    name,
    path,
    title,
    meaning:
      name === 'id' && segments.length > 2
        ? `${title}. ${SOURCE_ID_GRAMMAR.replace(/^./, (letter) => letter.toUpperCase())}.`
        : (element.definition ?? title),
    required: (element.min ?? 0) > 0,
    list,
    maxItems: max === '*' ? MAX_LIST_ITEMS : Number(max),
    type,
    maxLength: element.maxLength ?? (name === 'text' ? MAX_LONG_TEXT : MAX_TEXT),
    ...(element.binding?.valueSet && { codes: codesOf(element.binding.valueSet, definitions) }),
    fields: type === 'object' ? readFields(kind, element.path ?? '', elements, definitions) : [],
    ...(target && { target }),
  };
}

function fieldType(name: string, element: ElementDefinition, target: ReferenceTarget | undefined): FieldType {
  if (name === 'id' || target) return 'id';
  const code = element.type?.[0]?.code;
  switch (code) {
    case 'BackboneElement':
      return 'object';
    case 'date':
      return name === 'birthDate' ? 'partialDate' : 'date';
    case 'string':
    case 'code':
    case 'dateTime':
    case 'boolean':
    case 'decimal':
    case 'positiveInt':
    case 'unsignedInt':
    case 'base64Binary':
    case 'uri':
      return code;
    default:
      throw new Error(`${element.path}: records have no fields of type ${code}`);
  }
}
