/**
 * An expression as a closure over a frame.
 *
 * Paths, literals and the simplest functions and operators are compiled here; everything else goes to fhirpath.js
 * (compile-fhirpath.ts). Both answer alike.
 */
import type { Expression } from './ast.ts';
import { compileFhirpath } from './compile-fhirpath.ts';
import { compileNative } from './compile-native.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { type ExpressionContext, type Resolved, resolveExpression } from './resolve-expression.ts';
import type { RuleInfo } from './source-path.ts';

/** Compiles an expression of a rule. Problems are noted; undefined when there was one. */
export function compileExpression(
  expression: Expression,
  context: ExpressionContext,
  rule: RuleInfo,
): CompiledExpression | undefined {
  const resolved = resolveExpression(expression, context);
  return resolved && compileResolved(resolved, context, rule);
}

/** The closure for an expression that is already resolved. */
function compileResolved(
  resolved: Resolved,
  context: ExpressionContext,
  rule: RuleInfo,
): CompiledExpression | undefined {
  return compileNative(resolved, rule) ?? compileFhirpath(resolved, context, rule);
}
