/**
 * Compiles the FHIRPath of search parameters to closures over JSON.
 *
 * Spec: https://hl7.org/fhir/R4/searchparameter-registry.html, https://hl7.org/fhir/R4/search.html#table
 *
 * The paths are a small language: elements, unions, `ofType`/`as`, `where(resolve() is X)`, `where(system='phone')`,
 * `extension('url')`. Types come from the StructureDefinitions, so a choice element becomes its JSON properties and the
 * caller knows which datatypes can arrive. Whatever is not understood makes the parameter "not offered": undefined.
 */
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';
import { ID_PATTERN, TYPE_PATTERN } from '../../conformance/fhir-id.ts';

/** A compiled path: hands every value it leads to, with its datatype, to `emit`. */
export interface CompiledPath {
  /** JSON property of the resource that the path starts with: when it is absent there is nothing to find. */
  root: string;
  /** What is emitted. */
  datatype: string;
  /** The code system of a `code` element whose required binding draws from one system only. */
  codeSystem: string | undefined;
  visit(node: object, emit: Emit): void;
}

type Emit = (value: unknown, datatype: string) => void;

/** Where a path has led: a datatype, or a backbone element inside a structure. */
interface Context {
  structure: StructureDefinition;
  path: string;
  datatype: string;
  codeSystem?: string | undefined;
}

type Visit = (node: unknown, emit: Emit) => void;
interface Branch {
  context: Context;
  steps: readonly Step[];
}
type Step = { property: string } | { keep: (node: unknown) => boolean };

/**
 * The paths of a parameter's expression that apply to a type: one for each union member and choice. Undefined when a
 * part that applies to the type can not be compiled exactly.
 */
export function compileExpression(
  expression: string,
  resourceType: string,
  definitions: Definitions,
): CompiledPath[] | undefined {
  const structure = definitions.structure(resourceType);
  if (!structure) return undefined;
  const paths: CompiledPath[] = [];
  for (const member of splitUnion(expression)) {
    const path = unwrap(member);
    const [head = ''] = path.split(/[.\s(]/, 1);
    if (head !== resourceType && head !== 'Resource' && head !== 'DomainResource') continue;
    const branches = follow(
      path.slice(head.length),
      { structure, path: resourceType, datatype: resourceType },
      definitions,
    );
    if (!branches) return undefined;
    for (const branch of branches) {
      const compiled = compileBranch(branch);
      if (!compiled) return undefined;
      paths.push(compiled);
    }
  }
  return paths.length > 0 ? paths : undefined;
}

/** Types named by `where(resolve() is X)` in the members for this resource type; empty when there is none. */
export function resolvedTypes(expression: string, resourceType: string): string[] {
  return splitUnion(expression)
    .filter((member) => unwrap(member).startsWith(`${resourceType}.`))
    .flatMap((member) => [...member.matchAll(/resolve\(\)\s+is\s+(\w+)/g)].map((match) => match[1] ?? ''));
}

function splitUnion(expression: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < expression.length; at++) {
    const char = expression[at];
    if (char === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) {
      parts.push(expression.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, expression.slice(start).trim()];
}

/** `(a as X).b` becomes `a.ofType(X).b`; outer parentheses are taken off. */
function unwrap(member: string): string {
  const inner = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)(.*)$/.exec(member);
  const text = inner ? `${castToOfType(inner[1] ?? '')}${inner[2] ?? ''}` : castToOfType(member);
  return text.trim();
}

const castToOfType = (text: string): string => text.replace(/^(.*?)\s+as\s+(\w+)\s*$/, '$1.ofType($2)');

const STEP =
  /^\.(?:(?:ofType|as)\(\s*(?<type>\w+)\s*\)|where\(\s*resolve\(\)\s+is\s+(?<target>\w+)\s*\)|where\(\s*(?<field>\w+)\s*=\s*'(?<value>[^']*)'\s*\)|extension\(\s*'(?<extension>[^']*)'\s*\)|(?<name>[A-Za-z]\w*)(?!\w*\())/;

function follow(path: string, start: Context, definitions: Definitions): Branch[] | undefined {
  let branches: Branch[] = [{ context: start, steps: [] }];
  let rest = path;
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (!match?.groups) return undefined;
    rest = rest.slice(match[0].length);
    const next = applyStep(branches, match.groups, definitions);
    if (!next || next.length === 0) return undefined;
    branches = next;
  }
  return branches;
}

function applyStep(
  branches: readonly Branch[],
  groups: Record<string, string | undefined>,
  definitions: Definitions,
): Branch[] | undefined {
  const { type, target, field, value, extension, name } = groups;
  if (type !== undefined) return branches.filter((branch) => branch.context.datatype === type);
  if (target !== undefined) return keepWhere(branches, (node) => referenceType(node) === target);
  if (field !== undefined) return keepWhere(branches, (node) => (node as Record<string, unknown>)[field] === value);
  if (extension !== undefined) {
    const extensions = branches.map((branch) => elementsOf(branch, 'extension', definitions));
    if (extensions.some((found) => found === undefined)) return undefined;
    const all = extensions.flatMap((found) => found ?? []);
    return keepWhere(all, (node) => (node as { url?: unknown }).url === extension);
  }
  const found = branches.map((branch) => elementsOf(branch, name ?? '', definitions));
  if (found.every((list) => list === undefined)) return undefined;
  // A choice that is followed into one of its types without a cast keeps the types that have the element.
  return found.flatMap((list) => list ?? []);
}

const keepWhere = (branches: readonly Branch[], keep: (node: unknown) => boolean): Branch[] =>
  branches.map(({ context, steps }) => ({
    context,
    steps: [...steps, { keep: (node) => typeof node === 'object' && node !== null && keep(node) }],
  }));

/** Relative or absolute. */
const TYPE_IN_REFERENCE = new RegExp(`(?:^|/)(${TYPE_PATTERN})/${ID_PATTERN}(?:/_history/.*)?$`);

/** The type a literal reference names, in the URL or else in `Reference.type`. */
function referenceType(node: unknown): string | undefined {
  const { reference, type } = node as { reference?: unknown; type?: unknown };
  const match = typeof reference === 'string' ? TYPE_IN_REFERENCE.exec(reference) : null;
  return match?.[1] ?? (typeof type === 'string' ? type : undefined);
}

/** The element `name` below a context: one branch for each type it may have. */
function elementsOf(branch: Branch, name: string, definitions: Definitions): Branch[] | undefined {
  const { structure, path } = branch.context;
  const element = findElement(structure, `${path}.${name}`);
  if (!element) return undefined;
  if (element.contentReference) {
    // Questionnaire.item.item is Questionnaire.item again.
    const target = element.contentReference.replace(/^.*#/, '');
    const context = { structure, path: target, datatype: 'BackboneElement' };
    return [{ context, steps: [...branch.steps, { property: name }] }];
  }
  const isChoice = element.path?.endsWith('[x]') ?? false;
  return (element.type ?? []).map((type) => {
    const datatype = datatypeOf(type.code ?? '');
    const property = isChoice ? name + datatype.charAt(0).toUpperCase() + datatype.slice(1) : name;
    return {
      context: contextOf(datatype, element, structure, definitions),
      steps: [...branch.steps, { property }],
    };
  });
}

function findElement(structure: StructureDefinition, path: string): ElementDefinition | undefined {
  const elements = structure.snapshot?.element ?? [];
  return elements.find((element) => element.path === path || element.path === `${path}[x]`);
}

/** `id` and `extension.url` carry a FHIRPath system type in R4 snapshots. */
const datatypeOf = (code: string): string =>
  code.startsWith('http://hl7.org/fhirpath/System.')
    ? code.slice('http://hl7.org/fhirpath/System.'.length).toLowerCase()
    : code;

function contextOf(
  datatype: string,
  element: ElementDefinition,
  structure: StructureDefinition,
  definitions: Definitions,
): Context {
  if (datatype === 'BackboneElement' || datatype === 'Element') {
    return { structure, path: element.path ?? '', datatype };
  }
  if (datatype === 'code') {
    return { structure, path: element.path ?? '', datatype, codeSystem: boundSystem(element, definitions) };
  }
  const own = definitions.structure(datatype);
  return own ? { structure: own, path: datatype, datatype } : { structure, path: element.path ?? '', datatype };
}

function boundSystem(element: ElementDefinition, definitions: Definitions): string | undefined {
  if (element.binding?.strength !== 'required' || !element.binding.valueSet) return undefined;
  const includes = definitions.valueSet(element.binding.valueSet)?.compose?.include ?? [];
  const systems = new Set(includes.map((include) => include.system));
  return systems.size === 1 && includes.every((include) => !include.valueSet) ? includes[0]?.system : undefined;
}

function compileBranch({ context, steps }: Branch): CompiledPath | undefined {
  const [first] = steps;
  if (!first || !('property' in first)) return undefined;
  const { datatype, codeSystem } = context;
  let visit: Visit = (node, emit) => emit(node, datatype);
  for (const step of steps.toReversed())
    visit = 'property' in step ? property(step.property, visit) : filter(step.keep, visit);
  return { root: first.property, datatype, codeSystem, visit };
}

const property =
  (name: string, next: Visit): Visit =>
  (node, emit) => {
    if (typeof node !== 'object' || node === null) return;
    const value = (node as Record<string, unknown>)[name];
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null) next(item, emit);
    } else next(value, emit);
  };

const filter =
  (keep: (node: unknown) => boolean, next: Visit): Visit =>
  (node, emit) => {
    if (keep(node)) next(node, emit);
  };
