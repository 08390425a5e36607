/**
 * Gives every name in an expression its meaning and every part its type.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#path-selection,
 *       https://hl7.org/fhir/R5/mapping-language.html (variables in FHIRPath)
 *
 * A name at the start of a path is a variable (`%name` says so for certain) or an element of the focus: the source
 * value in `where`, `check` and `log`, the object in `evaluate`, the item in `where(…)` and `select(…)`. A name that
 * could be both is a problem, because the two readings differ silently. So is a name that is neither.
 */
import type { Expression, LiteralType } from './ast.ts';
import { FUNCTIONS } from './expression-functions.ts';
import { didYouMean, type Position, type Problems } from './problems.ts';
import type { Scope, Variable } from './scope.ts';
import { ENCODING_FORMATS } from './text-encoding.ts';
import { type ElementType, isStructure, type TypeSystem, typeLabel, type ValueType } from './types.ts';

interface Resolution {
  at: Position;
  /** Undefined when only the run can tell. */
  type: ValueType | undefined;
  /** True when there may be more than one value. */
  list: boolean;
}

export type Resolved = Resolution &
  (
    | { kind: 'literal'; literal: LiteralType; value: string | number | boolean; raw: string; unit?: string }
    /** A variable of the frame; the focus of the whole expression is one too. */
    | { kind: 'variable'; variable: Variable }
    /** `$this` inside `where(…)` and the like; also stands, unwritten, before an element of that item. */
    | { kind: 'item' }
    | { kind: 'special'; name: string }
    /** `element` is undefined below a value of unknown type. */
    | { kind: 'element'; of: Resolved; name: string; element: ElementType | undefined }
    | { kind: 'call'; of: Resolved | undefined; name: string; args: readonly Resolved[]; typeName?: string }
    | { kind: 'index'; of: Resolved; index: Resolved }
    | { kind: 'unary'; operator: string; of: Resolved }
    | { kind: 'binary'; operator: string; left: Resolved; right: Resolved }
  );

export interface ExpressionContext {
  file: string;
  problems: Problems;
  types: TypeSystem;
  /** `let` constants of the map. */
  constants: ReadonlyMap<string, Expression>;
  scope: Scope;
  /** The value that bare element names belong to. */
  focus?: Variable | undefined;
}

type Item = { type: ValueType | undefined };

const COMPARISONS = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', 'and', 'or', 'xor', 'implies', 'in', 'contains'];
const UCUM = 'http://unitsofmeasure.org';

/** Resolves the expression. Problems are noted; undefined when there was one. */
export function resolveExpression(expression: Expression, context: ExpressionContext): Resolved | undefined {
  return new Resolver(context).resolve(expression, undefined);
}

class Resolver {
  readonly #context: ExpressionContext;
  #constantsInUse: string[] = [];

  constructor(context: ExpressionContext) {
    this.#context = context;
  }

  resolve(expression: Expression, item: Item | undefined): Resolved | undefined {
    const { at } = expression;
    switch (expression.kind) {
      case 'literal':
        return this.#literal(expression);
      case 'variable':
        return this.#variable(expression.name, at);
      case 'name':
        return this.#name(expression.name, at, item);
      case 'special':
        return this.#special(expression.name, at, item);
      case 'member': {
        const of = this.resolve(expression.of, item);
        return of && this.#element(of, expression.name, at);
      }
      case 'call':
        return this.#call(expression, item);
      case 'index': {
        const of = this.resolve(expression.of, item);
        const index = this.resolve(expression.index, item);
        return of && index && { kind: 'index', at, of, index, type: of.type, list: false };
      }
      case 'unary': {
        const of = this.resolve(expression.of, item);
        return of && { kind: 'unary', at, operator: expression.operator, of, type: of.type, list: false };
      }
      case 'binary': {
        const left = this.resolve(expression.left, item);
        const right = this.resolve(expression.right, item);
        return left && right && this.#binary(expression.operator, left, right, at);
      }
      case 'type': {
        const of = this.resolve(expression.of, item);
        return of && this.#typeFunction(of, expression.operator, expression.typeName, at);
      }
    }
  }

  #problem(at: Position, message: string): undefined {
    return this.#context.problems.add(this.#context.file, at, message);
  }

  #primitive(name: string): ValueType {
    return this.#context.types.primitive(name);
  }

  #literal(expression: Expression & { kind: 'literal' }): Resolved {
    const { at, type, value, raw, unit } = expression;
    const typed = type === 'quantity' || type === 'empty' ? undefined : this.#primitive(type);
    return { kind: 'literal', at, literal: type, value, raw, ...(unit && { unit }), type: typed, list: false };
  }

  #variable(name: string, at: Position): Resolved | undefined {
    const variable = this.#context.scope.find(name);
    if (variable) return { kind: 'variable', at, variable, type: variable.type, list: false };
    const constant = this.#context.constants.get(name);
    if (constant) return this.#constant(name, constant, at);
    if (name === 'ucum') {
      return {
        kind: 'literal',
        at,
        literal: 'string',
        value: UCUM,
        raw: UCUM,
        type: this.#primitive('string'),
        list: false,
      };
    }
    const known = [...this.#context.scope.names(), ...this.#context.constants.keys()];
    return this.#problem(at, `there is no variable '${name}' here${didYouMean(name, known)}`);
  }

  #constant(name: string, value: Expression, at: Position): Resolved | undefined {
    if (this.#constantsInUse.includes(name)) return this.#problem(at, `constant '${name}' uses itself`);
    this.#constantsInUse.push(name);
    const resolved = this.resolve(value, undefined);
    this.#constantsInUse.pop();
    return resolved;
  }

  #name(name: string, at: Position, item: Item | undefined): Resolved | undefined {
    const { scope, constants, focus } = this.#context;
    const isVariable = scope.find(name) !== undefined || constants.has(name);
    const inner = item ?? focus;
    const isElement = isStructure(inner?.type) && inner.type.element(name) !== undefined;
    if (isVariable && isElement) {
      return this.#problem(at, `'${name}' is a variable and an element of the value: write %${name} or $this.${name}`);
    }
    if (isVariable) return this.#variable(name, at);
    const of = this.#focus(at, item);
    if (!of || (!isElement && isStructure(of.type))) {
      const names = [...scope.names(), ...constants.keys(), ...(isStructure(of?.type) ? of.type.elementNames() : [])];
      const where = isStructure(of?.type) ? ` and no element '${name}' in ${of.type.name}` : '';
      return this.#problem(at, `there is no variable '${name}' here${where}${didYouMean(name, names)}`);
    }
    return this.#element(of, name, at);
  }

  #focus(at: Position, item: Item | undefined): Resolved | undefined {
    if (item) return { kind: 'item', at, type: item.type, list: false };
    const { focus } = this.#context;
    return focus && { kind: 'variable', at, variable: focus, type: focus.type, list: false };
  }

  #special(name: string, at: Position, item: Item | undefined): Resolved | undefined {
    if (name === '$this') return this.#focus(at, item) ?? this.#problem(at, '$this has no meaning here');
    if (!item) return this.#problem(at, `${name} has no meaning outside a function that visits items`);
    const type = name === '$index' ? this.#primitive('integer') : undefined;
    return { kind: 'special', at, name, type, list: false };
  }

  #element(of: Resolved, name: string, at: Position): Resolved | undefined {
    if (!of.type) return { kind: 'element', at, of, name, element: undefined, type: undefined, list: true };
    if (!isStructure(of.type)) {
      return this.#problem(at, `${typeLabel(of.type)} has several types: choose one with .ofType(…) before '.${name}'`);
    }
    const element = of.type.element(name);
    if (!element) {
      if (of.type.json) return this.#problem(at, `${of.type.name} is a primitive and has no element '${name}'`);
      return this.#problem(at, `${of.type.name} has no element '${name}'${didYouMean(name, of.type.elementNames())}`);
    }
    const [option] = element.options;
    const type: ValueType | undefined = element.options.length > 1 ? { kind: 'choice', element } : option?.type;
    return { kind: 'element', at, of, name, element, type, list: of.list || element.list };
  }

  #call(expression: Expression & { kind: 'call' }, item: Item | undefined): Resolved | undefined {
    const { at, name } = expression;
    const of = expression.of && this.resolve(expression.of, item);
    if (expression.of && !of) return undefined;
    if (of && ['ofType', 'as', 'is'].includes(name)) {
      const typeName = expression.args.length === 1 ? typeNameOf(expression.args[0]) : undefined;
      if (!typeName) return this.#problem(at, `${name}(…) takes one type name`);
      return this.#typeFunction(of, name, typeName, at);
    }
    const shape = FUNCTIONS.get(name);
    if (!shape)
      return this.#problem(
        at,
        `unknown or unsupported FHIRPath function '${name}'${didYouMean(name, FUNCTIONS.keys())}`,
      );
    const [min, max] = shape.args;
    if (expression.args.length < min || expression.args.length > max) {
      const wanted = min === max ? `${min}` : `${min} to ${max}`;
      return this.#problem(at, `${name}(…) takes ${wanted} arguments, not ${expression.args.length}`);
    }
    const input = of ?? this.#focus(at, item);
    if (!input && !['iif', 'now', 'today', 'timeOfDay'].includes(name)) {
      return this.#problem(at, `${name}(…) has nothing to work on: write variable.${name}(…)`);
    }
    if (name === 'encode' || name === 'decode') {
      const [format] = expression.args;
      if (format?.kind !== 'literal' || !ENCODING_FORMATS.includes(String(format.value)) || input?.list) {
        return this.#problem(at, `${name}(…) takes one text, and a format in quotes: ${ENCODING_FORMATS.join(', ')}`);
      }
    }
    if (name === 'toTime' && isStructure(input?.type) && ['date', 'dateTime', 'instant'].includes(input.type.name)) {
      return this.#problem(at, `toTime() of a ${input.type.name} is empty in FHIRPath: use cast(…, 'time')`);
    }
    const inner = shape.each ? { type: input?.type } : item;
    const args: Resolved[] = [];
    for (const arg of expression.args) {
      const resolved = this.resolve(arg, inner);
      if (!resolved) return undefined;
      args.push(resolved);
    }
    return { kind: 'call', at, of: of ?? (item ? undefined : input), name, args, ...this.#result(name, input, args) };
  }

  #result(
    name: string,
    input: Resolved | undefined,
    args: readonly Resolved[],
  ): { type: ValueType | undefined; list: boolean } {
    const shape = FUNCTIONS.get(name);
    const list = shape?.list === 'input' ? (input?.list ?? true) : (shape?.list ?? true);
    if (name === 'iif') {
      const branches = args.slice(1).filter((a) => !(a.kind === 'literal' && a.literal === 'empty'));
      return { type: sameType(branches), list: branches.some((b) => b.list) };
    }
    if (name === 'union' || name === 'combine') return { type: sameType([...(input ? [input] : []), ...args]), list };
    if (shape?.result === 'input') return { type: input?.type, list };
    if (shape?.result === 'arg')
      return { type: args[0]?.type, list: list && ((input?.list ?? true) || (args[0]?.list ?? true)) };
    return { type: shape?.result === undefined ? undefined : this.#context.types.find(shape.result), list };
  }

  /** `ofType`, `as` and `is`. On a choice element they name the JSON property, and so need no type at run time. */
  #typeFunction(of: Resolved, name: string, typeName: string, at: Position): Resolved | undefined {
    const boolean = this.#primitive('boolean');
    if (of.kind === 'element' && of.element?.choice) {
      const option = of.element.options.find((o) => o.typeName === typeName || o.typeName === lowerFirst(typeName));
      if (!option) {
        const known = of.element.options.map((o) => o.typeName);
        return this.#problem(at, `${of.element.name} is never a ${typeName}${didYouMean(typeName, known)}`);
      }
      const narrowed: Resolved = { ...of, element: { ...of.element, options: [option] }, type: option.type };
      if (name !== 'is') return narrowed;
      return { kind: 'call', at, of: narrowed, name: 'exists', args: [], type: boolean, list: false };
    }
    const type = this.#context.types.find(typeName) ?? this.#context.types.find(lowerFirst(typeName));
    if (!type) return this.#problem(at, `unknown type '${typeName}'`);
    const list = name === 'is' ? false : of.list;
    return { kind: 'call', at, of, name, args: [], typeName, type: name === 'is' ? boolean : type, list };
  }

  #binary(operator: string, left: Resolved, right: Resolved, at: Position): Resolved {
    const whole = { kind: 'binary', at, operator, left, right } as const;
    if (COMPARISONS.includes(operator)) return { ...whole, type: this.#primitive('boolean'), list: false };
    if (operator === '&') return { ...whole, type: this.#primitive('string'), list: false };
    if (operator === '|') return { ...whole, type: sameType([left, right]), list: true };
    if (operator === 'div' || operator === 'mod') return { ...whole, type: sameType([left, right]), list: false };
    if (operator === '/') return { ...whole, type: this.#primitive('decimal'), list: false };
    return { ...whole, type: sameType([left, right]) ?? this.#arithmetic(left, right), list: false };
  }

  /** A number with a number, or a date with a quantity. */
  #arithmetic(left: Resolved, right: Resolved): ValueType | undefined {
    const names = [left, right].map((r) => (isStructure(r.type) ? r.type.name : ''));
    const numbers = ['integer', 'positiveInt', 'unsignedInt', 'decimal'];
    if (names.every((n) => numbers.includes(n)))
      return this.#primitive(names.includes('decimal') ? 'decimal' : 'integer');
    const dates = ['date', 'dateTime', 'instant', 'time'];
    if (dates.includes(names[0] ?? '') && !right.type) return left.type;
    return names.every((n) => n !== '' && !numbers.includes(n) && !dates.includes(n))
      ? this.#primitive('string')
      : undefined;
  }
}

function sameType(parts: readonly Resolved[]): ValueType | undefined {
  const [first] = parts;
  if (!isStructure(first?.type)) return undefined;
  const { key } = first.type;
  return parts.every((p) => isStructure(p.type) && p.type.key === key) ? first.type : undefined;
}

function typeNameOf(arg: Expression | undefined): string | undefined {
  if (arg?.kind === 'name') return arg.name;
  return arg?.kind === 'member' && arg.of.kind === 'name' && ['FHIR', 'System'].includes(arg.of.name)
    ? arg.name
    : undefined;
}

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
