/**
 * The functions of FHIRPath that native-fhirpath.ts supports.
 *
 * Spec: http://hl7.org/fhirpath/N1/#functions, https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import { isObject } from './json-value.ts';
import { NEEDS_ENGINE, type Nodes, type Step, UnsupportedError } from './native-fhirpath-values.ts';

export interface Parameter {
  /** Compiles the parameter as an expression on each item. */
  step(): Step;
  literal: string | number | boolean | undefined;
}

/** Compiles a call. Throws UnsupportedError for a function that needs the engine. */
export function compileFunction(name: string, parameters: readonly Parameter[]): Step {
  const [parameter] = parameters;
  if (parameters.length === 0) return withoutParameters(name);
  if (!parameter) throw new UnsupportedError(name);
  if (typeof parameter.literal === 'string' && parameters.length === 1) {
    const step = withText(name, parameter.literal);
    if (step) return step;
  }
  if (name === 'substring') return substring(parameters);
  if (parameters.length === 1) return withCriteria(name, parameter.step());
  throw new UnsupportedError(name);
}

function withoutParameters(name: string): Step {
  switch (name) {
    case 'exists':
      return (focus) => [focus.length > 0];
    case 'empty':
      return (focus) => [focus.length === 0];
    case 'count':
      return (focus) => [focus.length];
    case 'first':
      return (focus) => focus.slice(0, 1);
    case 'last':
      return (focus) => focus.slice(-1);
    case 'not':
      return (focus) => {
        if (focus.length === 0) return [];
        if (focus.length > 1 || typeof focus[0] !== 'boolean') throw NEEDS_ENGINE;
        return [!focus[0]];
      };
    case 'hasValue':
      return (focus) => [focus.length === 1 && typeof focus[0] !== 'object'];
    case 'length':
      return onText((text) => text.length);
    case 'toString':
      return (focus) => {
        if (focus.length === 0) return [];
        const [value] = focus;
        if (focus.length > 1 || typeof value === 'object') throw NEEDS_ENGINE;
        if (typeof value === 'number' && !Number.isSafeInteger(value)) throw NEEDS_ENGINE;
        return [String(value)];
      };
    default:
      throw new UnsupportedError(name);
  }
}

function withText(name: string, argument: string): Step | undefined {
  switch (name) {
    case 'matches': {
      // The flags of fhirpath.js. A pattern that is wrong is reported by the engine.
      const pattern = new RegExp(argument, 'us');
      return onText((text) => pattern.test(text));
    }
    case 'contains':
      return onText((text) => text.includes(argument));
    case 'startsWith':
      return onText((text) => text.startsWith(argument));
    case 'endsWith':
      return onText((text) => text.endsWith(argument));
    case 'trace':
      return (focus) => focus;
    case 'extension':
      return (focus) =>
        focus.flatMap((node) => extensionsOf(node).filter((item) => isObject(item) && item.url === argument));
    default:
      return undefined;
  }
}

function extensionsOf(node: unknown): readonly unknown[] {
  // A primitive's extensions are beside it, where plain JSON does not lead.
  if (!isObject(node)) throw NEEDS_ENGINE;
  if (node.extension === undefined) return [];
  if (!Array.isArray(node.extension)) throw NEEDS_ENGINE;
  return node.extension;
}

function withCriteria(name: string, criteria: Step): Step {
  const passes: (item: unknown, frame: Parameters<Step>[1]) => boolean = (item, frame) => {
    const result = criteria([item], frame);
    if (result.length === 0) return false;
    if (result.length > 1 || typeof result[0] !== 'boolean') throw NEEDS_ENGINE;
    return result[0];
  };
  switch (name) {
    case 'where':
      return (focus, frame) => focus.filter((item) => passes(item, frame));
    case 'exists':
      return (focus, frame) => [focus.some((item) => passes(item, frame))];
    case 'all':
      return (focus, frame) => [focus.every((item) => passes(item, frame))];
    case 'select':
      return (focus, frame) => focus.flatMap((item) => criteria([item], frame));
    default:
      throw new UnsupportedError(name);
  }
}

function substring(parameters: readonly Parameter[]): Step {
  const [start, length] = parameters.map((parameter) => parameter.literal);
  if (typeof start !== 'number' || (parameters.length > 1 && typeof length !== 'number') || parameters.length > 2) {
    throw new UnsupportedError('substring');
  }
  return (focus) => {
    if (focus.length === 0) return [];
    const [text] = focus;
    if (focus.length > 1 || typeof text !== 'string') throw NEEDS_ENGINE;
    if (start < 0 || start >= text.length) return [];
    return [typeof length === 'number' ? text.slice(start, start + length) : text.slice(start)];
  };
}

function onText(read: (text: string) => string | number | boolean): Step {
  return (focus: Nodes) => {
    if (focus.length === 0) return [];
    if (focus.length > 1 || typeof focus[0] !== 'string') throw NEEDS_ENGINE;
    return [read(focus[0])];
  };
}
