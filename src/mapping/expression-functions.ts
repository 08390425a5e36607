/**
 * The FHIRPath functions a map may use: number of arguments and type of result.
 *
 * Spec: https://hl7.org/fhirpath/N1/index.html#functions, https://hl7.org/fhir/R4/fhirpath.html#functions
 *
 * Left out on purpose: `trace` (it prints patient data), `resolve`, `memberOf`, `conformsTo`, `subsumes` (they need
 * a server or a validator), `children` and `descendants` in typed results (their type is unknown, so a cast follows).
 */
export interface FunctionShape {
  args: readonly [min: number, max: number];
  /** True when the arguments are evaluated for each item of the input, which is then `$this`. */
  each?: boolean;
  /** A type name; `input`: the input's own type; `arg`: that of the first argument; undefined: not known. */
  result: string | undefined;
  /** Whether more than one value may come back; `input`: as the input. */
  list: boolean | 'input';
}

const shape = (
  args: readonly [number, number],
  result: string | undefined,
  list: boolean | 'input' = false,
  each = false,
): FunctionShape => ({ args, result, list, each });

const all = (names: string, of: FunctionShape): [string, FunctionShape][] => names.split(' ').map((name) => [name, of]);

export const FUNCTIONS: ReadonlyMap<string, FunctionShape> = new Map([
  ...all('exists', shape([0, 1], 'boolean', false, true)),
  ...all('all', shape([1, 1], 'boolean', false, true)),
  ...all('empty not allTrue anyTrue allFalse anyFalse isDistinct hasValue', shape([0, 0], 'boolean')),
  ...all('subsetOf supersetOf', shape([1, 1], 'boolean')),
  ...all('count', shape([0, 0], 'integer')),
  ...all('where', shape([1, 1], 'input', 'input', true)),
  ...all('select', shape([1, 1], 'arg', true, true)),
  ...all('repeat', shape([1, 1], undefined, true, true)),
  ...all('first last single', shape([0, 0], 'input')),
  ...all('tail distinct', shape([0, 0], 'input', 'input')),
  ...all('skip take', shape([1, 1], 'input', 'input')),
  ...all('intersect exclude', shape([1, 1], 'input', 'input')),
  ...all('union combine', shape([1, 1], 'input', true)),
  ...all('iif', shape([2, 3], 'arg', true)),
  ...all('toString', shape([0, 0], 'string')),
  ...all('toInteger', shape([0, 0], 'integer')),
  ...all('toDecimal', shape([0, 0], 'decimal')),
  ...all('toBoolean', shape([0, 0], 'boolean')),
  ...all('toDate', shape([0, 0], 'date')),
  ...all('toDateTime', shape([0, 0], 'dateTime')),
  ...all('toTime', shape([0, 0], 'time')),
  ...all('toQuantity', shape([0, 1], undefined)),
  ...all(
    'convertsToString convertsToInteger convertsToDecimal convertsToBoolean convertsToDate convertsToDateTime convertsToTime',
    shape([0, 0], 'boolean'),
  ),
  ...all('convertsToQuantity', shape([0, 1], 'boolean')),
  ...all('indexOf', shape([1, 1], 'integer')),
  ...all('length', shape([0, 0], 'integer')),
  ...all('substring', shape([1, 2], 'string')),
  ...all('startsWith endsWith contains matches matchesFull', shape([1, 1], 'boolean')),
  ...all('upper lower trim', shape([0, 0], 'string')),
  ...all('replace replaceMatches', shape([2, 2], 'string')),
  ...all('encode decode escape unescape', shape([1, 1], 'string')),
  ...all('join', shape([0, 1], 'string')),
  ...all('split', shape([1, 1], 'string', true)),
  ...all('toChars', shape([0, 0], 'string', true)),
  ...all('abs', shape([0, 0], 'input')),
  ...all('ceiling floor truncate', shape([0, 0], 'integer')),
  ...all('round', shape([0, 1], 'decimal')),
  ...all('sqrt exp ln', shape([0, 0], 'decimal')),
  ...all('log power', shape([1, 1], 'decimal')),
  ...all('children descendants', shape([0, 0], undefined, true)),
  ...all('now', shape([0, 0], 'dateTime')),
  ...all('today', shape([0, 0], 'date')),
  ...all('timeOfDay', shape([0, 0], 'time')),
  ...all('aggregate', shape([1, 2], undefined, false, true)),
  ...all('sum min max', shape([0, 0], 'input')),
  ...all('avg', shape([0, 0], 'decimal')),
  ...all('extension', shape([1, 1], 'Extension', true)),
]);
