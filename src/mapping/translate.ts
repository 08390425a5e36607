/**
 * `translate(value, conceptMap, output)`: codes through a ConceptMap, without silence.
 *
 * Spec: https://hl7.org/fhir/R4/valueset-map-transform.html, https://hl7.org/fhir/R4/conceptmap-operation-translate.html
 *
 * `output` is code, system, display, Coding or CodeableConcept; left out, it is the type of the element written to.
 * The value may be a code, a Coding or a CodeableConcept. A code without a mapping is an error that lists the codes
 * there are. A ConceptMap's URL with `#inverse` at its end translates backwards (ours: the language has no word for
 * it, and two ConceptMaps would drift apart).
 */
import type { Transform } from './ast.ts';
import { type CompiledExpression, requireOne } from './compiled-expression.ts';
import type { Coded, ConceptTable } from './concept-table.ts';
import { type Frame, isObject } from './frame.ts';
import type { Json, JsonObject } from './map-library.ts';
import { isTextType } from './primitive-types.ts';
import { problemAt, type RuleContext } from './rule-context.ts';
import { runError, type SourcePath } from './source-path.ts';
import { type ElementType, isStructure, typeLabel } from './types.ts';

const OUTPUTS: Readonly<Record<string, string>> = {
  code: 'code',
  system: 'uri',
  display: 'string',
  Coding: 'Coding',
  CodeableConcept: 'CodeableConcept',
};

/** Compiles the call; see above. Problems are noted. */
export function compileTranslate(
  call: Transform & { kind: 'call' },
  args: readonly CompiledExpression[],
  target: ElementType | undefined,
  context: RuleContext,
): CompiledExpression | undefined {
  const [value, url, named] = args;
  if (!value || typeof url?.constant !== 'string') {
    return problemAt(context, call.args[1]?.at ?? call.at, 'translate names its ConceptMap in quotes');
  }
  const table = context.conceptTable(url.constant, call.args[1]?.at ?? call.at);
  const output = named ? named.constant : outputFor(target);
  const outputType = typeof output === 'string' ? OUTPUTS[output] : undefined;
  if (typeof output !== 'string' || !outputType) {
    return problemAt(
      context,
      call.args[2]?.at ?? call.at,
      `the output of translate is one of ${Object.keys(OUTPUTS).join(', ')}`,
    );
  }
  if (!table) return undefined;
  const problem = checkInput(value, table);
  if (problem) return problemAt(context, call.args[0]?.at ?? call.at, problem);
  if (typeof value.constant === 'string' && !table.translate(undefined, value.constant)) {
    return problemAt(context, call.args[0]?.at ?? call.at, unmapped(value.constant, undefined, table));
  }
  const many = (f: Frame): readonly Json[] =>
    value.many(f).map((input) => {
      f.run.reads?.markWhole(input);
      return render(translateValue(input, table, context, value.origin(f)), output, table, context, value.origin(f));
    });
  return {
    type: context.types.find(outputType),
    list: value.list,
    checked: true,
    constant: undefined,
    shared: false,
    origin: value.origin,
    many,
    one: (f) => requireOne(many(f), context.rule, value.origin(f), 'the value to translate'),
  };
}

function outputFor(target: ElementType | undefined): string | undefined {
  const name = target?.options.length === 1 ? target.options[0]?.typeName : undefined;
  return name === 'Coding' || name === 'CodeableConcept' || name === 'code' ? name : undefined;
}

function checkInput(value: CompiledExpression, table: ConceptTable): string | undefined {
  if (!isStructure(value.type)) return undefined;
  const { name } = value.type;
  if (name === 'Coding' || name === 'CodeableConcept') return undefined;
  if (!isTextType(name)) return `translate takes a code, a Coding or a CodeableConcept, not ${typeLabel(value.type)}`;
  const [ambiguous] = table.ambiguousCodes;
  return ambiguous === undefined
    ? undefined
    : `'${ambiguous}' stands in several groups of ${table.url} with different translations: translate a Coding instead of a code`;
}

function translateValue(value: Json, table: ConceptTable, context: RuleContext, path: SourcePath | undefined): Coded {
  if (typeof value === 'string') {
    const found = table.translate(undefined, value);
    if (!found) throw runError(context.rule, path, unmapped(value, undefined, table));
    return found;
  }
  if (isObject(value) && Array.isArray(value.coding)) return translateConcept(value.coding, table, context, path);
  if (isObject(value) && typeof value.code === 'string') return translateCoding(value, table, context, path);
  throw runError(context.rule, path, 'translate needs a code, a Coding with a code, or a CodeableConcept with codings');
}

function translateCoding(
  coding: JsonObject,
  table: ConceptTable,
  context: RuleContext,
  path: SourcePath | undefined,
): Coded {
  const { system, code } = coding;
  if (typeof system !== 'string')
    throw runError(context.rule, path, `the Coding with code '${code}' has no system to translate from`);
  const found = table.translate(system, String(code));
  if (!found) throw runError(context.rule, path, unmapped(String(code), system, table));
  return found;
}

/** The one translation that the codings lead to. Codings of systems the ConceptMap does not know are passed over. */
function translateConcept(
  codings: readonly Json[],
  table: ConceptTable,
  context: RuleContext,
  path: SourcePath | undefined,
): Coded {
  const found = new Map<string, Coded>();
  const tried: string[] = [];
  for (const coding of codings) {
    if (!isObject(coding) || typeof coding.code !== 'string') continue;
    const system = typeof coding.system === 'string' ? coding.system : '';
    tried.push(`${system}|${coding.code}`);
    const coded = table.translate(system, coding.code);
    if (coded) found.set(`${coded.system}|${coded.code}`, coded);
  }
  const [one] = found.values();
  if (found.size === 1 && one) return one;
  if (found.size === 0) throw runError(context.rule, path, unmapped(tried.join(', '), undefined, table));
  throw runError(
    context.rule,
    path,
    `the codings ${tried.join(', ')} lead to different codes: ${[...found.keys()].join(', ')}`,
  );
}

function unmapped(code: string, system: string | undefined, table: ConceptTable): string {
  const of = system === undefined ? '' : ` of ${system}`;
  const known = table.codes(system);
  const list =
    known.length > 0
      ? known
          .slice(0, 40)
          .map((c) => `'${c}'`)
          .join(', ')
      : 'none of that system';
  return `code '${code}'${of} has no mapping in ${table.url}; it maps ${list}`;
}

function render(
  coded: Coded,
  output: string,
  table: ConceptTable,
  context: RuleContext,
  path: SourcePath | undefined,
): Json {
  const { system, code, display } = coded;
  const coding = { ...(system !== undefined && { system }), code, ...(display !== undefined && { display }) };
  switch (output) {
    case 'code':
      return code;
    case 'Coding':
      return coding;
    case 'CodeableConcept':
      return { coding: [coding] };
    default: {
      const value = output === 'system' ? system : display;
      if (value === undefined)
        throw runError(context.rule, path, `${table.url} gives no ${output} for the translation '${code}'`);
      return value;
    }
  }
}
