/** The writing half of a target: the values of an expression into an element, each checked for its type. */

import { chooseOption, runtimeCheck } from './assignment.ts';
import type { Target } from './ast.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { problemAt, type RuleContext, type Step } from './rule-context.ts';
import { runError } from './source-path.ts';
import type { Place } from './target-place.ts';
import { copyOf, elementWriter } from './write-element.ts';

/** Writes every value of an expression; its variable is the last one written. */
export function compileWrite(
  target: Target,
  { element, container }: Place,
  value: CompiledExpression,
  end: 'first' | 'last' | undefined,
  context: RuleContext,
): Step | undefined {
  const option = chooseOption(element, value.type, value.constant);
  if (typeof option === 'string') return problemAt(context, target.transform?.at ?? target.at, option);
  const type = option.type;
  if (!type) return problemAt(context, target.at, `the type ${option.typeName} is not defined`);
  const { rule } = context;
  const write = elementWriter(element, option, end, rule);
  const check = value.constant === undefined ? runtimeCheck(value.type, value.checked, type) : undefined;
  const named = target.variable && context.scope.declare(target.variable.name, type, type.json ? 'value' : 'target');
  const whole = !type.json;
  return (f) => {
    const values = element.list ? value.many(f) : undefined;
    const one = values ? undefined : value.one(f);
    const count = values ? values.length : one === undefined ? 0 : 1;
    const origin = value.origin(f);
    if (named) {
      f.values[named.slot] = undefined;
      f.paths[named.slot] = origin;
    }
    for (let i = 0; i < count; i++) {
      const item = values ? values[i] : one;
      if (item === undefined) continue;
      if (check && !check(item)) {
        const shown = typeof item === 'object' ? 'an object' : `'${item}'`;
        throw runError(rule, origin, `${shown} is not a valid ${type.name} for ${element.owner.name}.${element.name}`);
      }
      if (whole) f.run.reads?.markWhole(item);
      const written = whole && value.shared ? copyOf(item) : item;
      write(f, container(f), written, origin);
      if (named) f.values[named.slot] = written;
    }
  };
}
