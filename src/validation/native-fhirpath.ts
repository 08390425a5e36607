/**
 * FHIRPath without an engine: compiles the forms that profiles use most to closures over plain JSON.
 *
 * Spec: http://hl7.org/fhirpath/N1/
 *
 * Supported: element paths, where, exists, all, select, empty, not, count, first, last, hasValue, extension(url),
 * ofType and `as` on a choice element, `is` on a resource, text functions, +, = != < <= > >= in contains | and or xor implies, literals, $this,
 * %resource, %rootResource, %context. Whatever is not supported gives no function, and the caller uses fhirpath.js; so
 * does a value that needs the engine (a primitive with extensions, dates of different precision), by throwing
 * NEEDS_ENGINE. `test/validation/native-fhirpath.test.ts` compares both on the same data.
 */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { isObject } from './json-value.ts';
import { compileFunction } from './native-fhirpath-functions.ts';
import {
  addNumbers,
  addTime,
  compare,
  contains,
  equal,
  logic,
  NEEDS_ENGINE,
  type Nodes,
  type Step,
  UnsupportedError,
  union,
} from './native-fhirpath-values.ts';

/** A node of the syntax tree as fhirpath.js parses it. */
export interface SyntaxNode {
  type: string;
  text?: string;
  children?: SyntaxNode[];
}

/** Element names of choices (`value`) with the type suffixes that R4 gives them (`Quantity`). */
const CHOICES = choiceSuffixes();

/**
 * Compiles an expression; undefined when it needs the engine. The function throws NEEDS_ENGINE when the data does.
 * It never returns internal values: the result holds JSON values and booleans.
 */
export function compileNative(expression: string): Step | undefined {
  try {
    return compileNode(fhirpath.parse(expression) as SyntaxNode);
  } catch (error) {
    // A syntax error is reported by the engine, when the invariant is run there.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function compileNode(node: SyntaxNode): Step {
  const [first, second] = node.children ?? [];
  switch (node.type) {
    case 'EntireExpression':
    case 'TermExpression':
    case 'InvocationTerm':
    case 'ParenthesizedTerm':
    case 'LiteralTerm':
    case 'ExternalConstantTerm':
      return compileNode(need(first));
    case 'ThisInvocation':
      return (focus) => focus;
    case 'ExternalConstant':
      return compileVariable(nameOf(need(first)));
    case 'MemberInvocation':
      return compileMember(nameOf(need(first)));
    case 'FunctionInvocation':
      return compileCall(need(first));
    case 'InvocationExpression':
      return compileInvocation(need(first), need(second));
    case 'TypeExpression':
      if (node.text === 'is') return compileIs(compileNode(need(first)), typeName(need(second)));
      return compileTyped(need(first), typeName(need(second)));
    case 'StringLiteral':
      return constant(unquote(node.text ?? ''));
    case 'NumberLiteral':
      return constant(Number(node.text));
    case 'BooleanLiteral':
      return constant(node.text === 'true');
    default:
      return compileOperator(node.type, node.text ?? '', need(first), need(second));
  }
}

function compileOperator(type: string, operator: string, leftNode: SyntaxNode, rightNode: SyntaxNode): Step {
  if (type === 'AdditiveExpression' && operator === '+') {
    const quantity = timeQuantity(rightNode);
    const start = compileNode(leftNode);
    if (quantity) return (focus, frame) => addTime(start(focus, frame), quantity);
    const end = compileNode(rightNode);
    return (focus, frame) => addNumbers(start(focus, frame), end(focus, frame));
  }
  const left = compileNode(leftNode);
  const right = compileNode(rightNode);
  switch (type) {
    case 'AndExpression':
    case 'OrExpression':
    case 'ImpliesExpression':
      return logic(operator, left, right);
    case 'EqualityExpression': {
      if (operator !== '=' && operator !== '!=') throw new UnsupportedError(operator);
      const wanted = operator === '=';
      return (focus, frame) => {
        const same = equal(left(focus, frame), right(focus, frame));
        return same === undefined ? [] : [same === wanted];
      };
    }
    case 'InequalityExpression': {
      const text = isText(leftNode) || isText(rightNode);
      return (focus, frame) => compare(operator, left(focus, frame), right(focus, frame), text);
    }
    case 'MembershipExpression':
      return operator === 'in'
        ? (focus, frame) => contains(right(focus, frame), left(focus, frame))
        : (focus, frame) => contains(left(focus, frame), right(focus, frame));
    case 'UnionExpression':
      return (focus, frame) => union(left(focus, frame), right(focus, frame));
    default:
      throw new UnsupportedError(type);
  }
}

/** `value.ofType(Quantity)` reads `valueQuantity`: the choice and its type must be seen together. */
function compileInvocation(left: SyntaxNode, right: SyntaxNode): Step {
  if (right.type === 'FunctionInvocation') {
    const call = functionOf(need(right.children?.[0]));
    if ((call.name === 'ofType' || call.name === 'as') && call.parameters.length === 1) {
      return compileTyped(left, typeName(need(call.parameters[0])));
    }
    if (call.name === 'is' && call.parameters.length === 1) {
      return compileIs(compileNode(left), typeName(need(call.parameters[0])));
    }
  }
  const start = compileNode(left);
  const next = compileNode(right);
  return (focus, frame) => next(start(focus, frame), frame);
}

/** `is` on a whole resource, which carries its type. */
function compileIs(operand: Step, type: string): Step {
  if (['Resource', 'DomainResource'].includes(type)) throw new UnsupportedError(type);
  return (focus, frame) => {
    const nodes = operand(focus, frame);
    if (nodes.length === 0) return [];
    const [node] = nodes;
    if (nodes.length > 1 || !isObject(node) || typeof node.resourceType !== 'string') throw NEEDS_ENGINE;
    return [node.resourceType === type];
  };
}

function compileTyped(left: SyntaxNode, type: string): Step {
  const member = left.type === 'InvocationExpression' ? need(left.children?.[1]) : unwrap(left);
  if (member.type !== 'MemberInvocation') throw new UnsupportedError('ofType');
  const stem = nameOf(need(member.children?.[0]));
  const suffix = type.charAt(0).toUpperCase() + type.slice(1);
  if (!CHOICES.get(stem)?.has(suffix)) throw new UnsupportedError('ofType');
  const read = readElement(stem + suffix);
  if (left.type !== 'InvocationExpression') return (focus) => read(focus);
  const start = compileNode(need(left.children?.[0]));
  return (focus, frame) => read(start(focus, frame));
}

function compileMember(name: string): Step {
  // A type's name at the start, as in `Appointment.status`: the resource itself.
  if (/^[A-Z]/.test(name)) {
    return (focus) => {
      if (focus.every((node) => isObject(node) && node.resourceType === name)) return focus;
      throw NEEDS_ENGINE;
    };
  }
  return readElement(name, CHOICES.get(name));
}

function readElement(name: string, suffixes?: ReadonlySet<string>): (focus: Nodes) => Nodes {
  const companion = `_${name}`;
  return (focus) => {
    const found: unknown[] = [];
    for (const node of focus) {
      if (!isObject(node)) {
        if (Array.isArray(node)) throw NEEDS_ENGINE;
        continue;
      }
      if (node[companion] !== undefined) throw NEEDS_ENGINE;
      const value = Object.hasOwn(node, name) ? node[name] : suffixes && readChoice(node, name, suffixes);
      if (Array.isArray(value)) {
        for (const item of value) {
          if (item === null || Array.isArray(item)) throw NEEDS_ENGINE;
          found.push(item);
        }
      } else if (value !== undefined && value !== null) found.push(value);
    }
    return found;
  };
}

function readChoice(node: Record<string, unknown>, stem: string, suffixes: ReadonlySet<string>): unknown {
  for (const key of Object.keys(node)) {
    if (key.startsWith(stem) && suffixes.has(key.slice(stem.length))) {
      if (node[`_${key}`] !== undefined) throw NEEDS_ENGINE;
      return node[key];
    }
    // `_valueCode` alone: a choice that is only extensions.
    if (key.startsWith(`_${stem}`) && suffixes.has(key.slice(stem.length + 1))) throw NEEDS_ENGINE;
  }
  return undefined;
}

function compileVariable(name: string): Step {
  if (name === 'resource') return (_focus, frame) => [frame.resource];
  if (name === 'rootResource') return (_focus, frame) => [frame.rootResource];
  if (name === 'context') return (_focus, frame) => [frame.context];
  if (name === 'ucum') return constant('http://unitsofmeasure.org');
  throw new UnsupportedError(`%${name}`);
}

function compileCall(functn: SyntaxNode): Step {
  const { name, parameters } = functionOf(functn);
  return compileFunction(
    name,
    parameters.map((parameter) => ({ step: () => compileNode(parameter), literal: literalOf(parameter) })),
  );
}

function functionOf(functn: SyntaxNode): { name: string; parameters: readonly SyntaxNode[] } {
  const list = functn.children?.find((child) => child.type === 'ParamList');
  return { name: nameOf(need(functn.children?.[0])), parameters: list?.children ?? [] };
}

function constant(value: unknown): Step {
  const nodes = [value];
  return () => nodes;
}

/** The literal that a parameter is; undefined for anything else. */
function literalOf(node: SyntaxNode): string | number | boolean | undefined {
  const inner = unwrap(node);
  if (inner.type === 'StringLiteral') return unquote(inner.text ?? '');
  if (inner.type === 'NumberLiteral') return Number(inner.text);
  return undefined;
}

/** Is the value text whatever the data are? Then dates in it are compared as text. */
function isText(node: SyntaxNode): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'InvocationExpression') return false;
  const call = need(inner.children?.[1]);
  return (
    call.type === 'FunctionInvocation' && ['toString', 'substring'].includes(functionOf(need(call.children?.[0])).name)
  );
}

/** `12 hours`; undefined when the node is no quantity. */
function timeQuantity(node: SyntaxNode): { amount: number; unit: string } | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'QuantityLiteral') return undefined;
  const match = /^(\d+)(hours?|minutes?|seconds?)$/.exec(inner.text ?? '');
  if (!match?.[1] || !match[2]) throw new UnsupportedError(inner.text ?? '');
  return { amount: Number(match[1]), unit: match[2].replace(/s$/, '') };
}

function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (['TermExpression', 'InvocationTerm', 'ParenthesizedTerm', 'LiteralTerm'].includes(inner.type)) {
    inner = need(inner.children?.[0]);
  }
  return inner;
}

/** The text of `Period` or `FHIR.Period`; a System type is not what data are. As a parameter it is parsed as a path. */
function typeName(node: SyntaxNode): string {
  const name = node.text ?? '';
  if (name.startsWith('System.')) throw new UnsupportedError(name);
  return name.replace(/^FHIR\./, '');
}

const nameOf = (identifier: SyntaxNode): string => (identifier.text ?? '').replace(/^`(.*)`$/s, '$1');

function unquote(text: string): string {
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  if (/\\u/.test(inner)) throw new UnsupportedError('\\u');
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' };
  return inner.replace(/\\(.)/gs, (_all, character: string) => escapes[character] ?? character);
}

function need(node: SyntaxNode | undefined): SyntaxNode {
  if (!node) throw new UnsupportedError('syntax');
  return node;
}

function choiceSuffixes(): ReadonlyMap<string, ReadonlySet<string>> {
  const stems = new Map<string, Set<string>>();
  for (const [path, types] of Object.entries(r4.choiceTypePaths as Record<string, string[]>)) {
    const stem = path.slice(path.lastIndexOf('.') + 1);
    const suffixes = stems.get(stem) ?? new Set<string>();
    for (const type of types) suffixes.add(type.charAt(0).toUpperCase() + type.slice(1));
    stems.set(stem, suffixes);
  }
  return stems;
}
