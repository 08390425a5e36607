/**
 * Invariants: the FHIRPath constraints of types and profiles.
 *
 * Spec: https://hl7.org/fhir/R4/conformance-rules.html#constraints, http://hl7.org/fhirpath/N1/
 *
 * An invariant holds when it gives true. Empty (a comparison that can not be decided, such as a month with a day in it)
 * holds for R4's own invariants and fails for a profile's, as in HL7's validator. Anything else that is not one `false`
 * holds too, as there; in an invariant of ours it is a mistake, and treated like an expression that does not run. ele-1, ext-1 and ref-1 are structure here and checked in the walk; dom-6 (best practice: have a narrative)
 * is dropped. Expressions run on fhirpath.js, unless our own code does the same faster.
 */
import type { ElementDefinitionConstraint } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { CANONICAL_BASE } from '../conformance/canonical.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { compileNative } from './native-fhirpath.ts';
import { NEEDS_ENGINE } from './native-fhirpath-values.ts';
import { nativeInvariant } from './native-invariants.ts';
import { resolveReference, resolveText } from './reference-target.ts';
import type { Invariant } from './rules.ts';
import type { Run } from './run.ts';
import type { Terminology } from './terminology.ts';

export interface InvariantCompiler {
  /**
   * Undefined for a constraint without an expression, and for those that the walk checks itself. `base` is the type for
   * fhirpath.js; `source` is the canonical of the structure that the constraint comes from.
   */
  compile(constraint: ElementDefinitionConstraint, base: string | undefined, source: string): Invariant | undefined;
}

const CHECKED_IN_THE_WALK = new Set(['ele-1', 'ext-1', 'ref-1', 'dom-6', 'txt-1', 'txt-2']);
const CORE_SOURCE = 'http://hl7.org/fhir/StructureDefinition/';
const RULE_ID = /^[A-Z]{3}-\d{3}\b/;

type Evaluate = (value: unknown, run: Run) => readonly unknown[];

export interface InvariantParts {
  terminology: Terminology;
  conforms(value: unknown, profile: string, run: Run): boolean;
}

/** Creates a compiler that compiles each expression once. */
export function createInvariantCompiler(parts: InvariantParts): InvariantCompiler {
  const compiled = new Map<string, Invariant['holds']>();
  const evaluator = createEvaluator(parts);
  return {
    compile: (constraint, base, source) => {
      const { key, expression } = constraint;
      const core = source.startsWith(CORE_SOURCE);
      if (!key || !expression || (core && CHECKED_IN_THE_WALK.has(key))) return undefined;
      const own = source.startsWith(`${CANONICAL_BASE}/`);
      const id = `${base} ${core} ${own} ${expression}`;
      let holds = compiled.get(id);
      if (!holds) {
        holds =
          (core ? nativeInvariant(key) : undefined) ??
          byFhirPath(quickest(expression, evaluator(expression, base)), { emptyHolds: core, onlyBoolean: own });
        compiled.set(id, holds);
      }
      return {
        key,
        severity: constraint.severity,
        human: constraint.human ?? expression,
        own,
        ruleId: RULE_ID.exec(constraint.requirements ?? '')?.[0],
        holds,
      };
    },
  };
}

interface Reading {
  /** What an empty result means. */
  emptyHolds: boolean;
  /** Whether a result that is neither true nor false is a mistake of the expression. */
  onlyBoolean: boolean;
}

function byFhirPath(evaluate: Evaluate, { emptyHolds, onlyBoolean }: Reading): Invariant['holds'] {
  return (value, run) => {
    try {
      const result = evaluate(value, run);
      if (result.length === 0) return emptyHolds;
      const [first] = result;
      if (result.length === 1 && typeof first === 'boolean') return first;
      return onlyBoolean ? 'it gives something else than true or false' : true;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}

/** Our own closures where they suffice, the engine for the rest. */
function quickest(expression: string, engine: Evaluate): Evaluate {
  const native = compileNative(expression);
  if (!native) return engine;
  return (value, run) => {
    try {
      const { resource, rootResource } = run.scope;
      return native([value], { context: value, resource, rootResource });
    } catch (error) {
      if (error === NEEDS_ENGINE) return engine(value, run);
      throw error;
    }
  };
}

function createEvaluator(parts: InvariantParts): (expression: string, base: string | undefined) => Evaluate {
  // fhirpath.js takes functions at compile time and has no room for our state; evaluation is synchronous, so the run
  // in progress is kept here.
  let current: Run | undefined;
  const options = {
    // trace() would print record content to the log.
    traceFn: () => {},
    userInvocationTable: {
      resolve: {
        // With `internalStructures` the function sees the engine's nodes and context: only a node made from them
        // tells `ofType(Practitioner)` its type.
        internalStructures: true,
        fn(this: unknown, inputs: readonly unknown[]) {
          return inputs.flatMap((input) => {
            const target = current && resolved(nodeData(input), current);
            if (!target || !isNode(input)) return [];
            return [new input.constructor(this, target, null, null, null, null)];
          });
        },
        arity: { 0: [] },
      },
      memberOf: {
        fn: (inputs: unknown[], valueSet: string) =>
          inputs.map((input) => memberOf(nodeData(input), valueSet, parts.terminology)),
        arity: { 1: ['String'] },
      },
      conformsTo: {
        fn: (inputs: unknown[], profile: string) =>
          inputs.map((input) => current !== undefined && parts.conforms(nodeData(input), profile, current)),
        arity: { 1: ['String'] },
      },
      htmlChecks: { fn: () => [true], arity: { 0: [] } },
    },
  };

  return (expression, base) => {
    let run: ((data: unknown, variables: Record<string, unknown>) => unknown) | string | undefined;
    return (value, state) => {
      if (run === undefined) {
        try {
          // biome-ignore lint/suspicious/noExplicitAny: the typings of fhirpath.js do not know our functions
          run = fhirpath.compile((base ? { base, expression } : expression) as any, r4, options as any) as any;
        } catch (error) {
          run = error instanceof Error ? error.message : String(error);
        }
      }
      if (typeof run !== 'function') throw new Error(run);
      const before = current;
      current = state;
      try {
        const { resource, rootResource } = state.scope;
        return run(value, { resource, rootResource, context: value }) as unknown[];
      } finally {
        current = before;
      }
    };
  };
}

/** A node of fhirpath.js; its class is not exported. */
interface EngineNode {
  data: unknown;
  constructor: new (...parts: unknown[]) => EngineNode;
}

const isNode = (value: unknown): value is EngineNode =>
  isObject(value) && 'data' in value && 'fhirNodeDataType' in value;
const nodeData = (value: unknown): unknown => (isNode(value) ? value.data : value);

function resolved(value: unknown, run: Run): JsonObject | undefined {
  if (typeof value === 'string') return resolveText(value, run);
  return isObject(value) ? resolveReference(value, run) : undefined;
}

/** Codes that can not be checked here count as members: the answer must not be a false alarm. */
function memberOf(value: unknown, valueSet: string, terminology: Terminology): boolean {
  if (typeof value === 'string') return terminology.membership(valueSet, undefined, value) !== 'not-in';
  if (!isObject(value)) return false;
  const codings = Array.isArray(value.coding) ? value.coding : [value];
  return codings.some(
    (coding) =>
      isObject(coding) &&
      typeof coding.code === 'string' &&
      terminology.membership(valueSet, typeof coding.system === 'string' ? coding.system : undefined, coding.code) !==
        'not-in',
  );
}
