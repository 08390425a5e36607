/**
 * A ConceptMap written inside a map file.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html#7.6.0.4 and its grammar
 *
 *     conceptmap "#settings" {
 *       prefix s = "https://example.org/settings"
 *       prefix t = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
 *       unmapped for s = provided
 *       s:office == t:AMB
 *       s:"at home" - t:HH
 *     }
 */
import type { CodeRef, EmbeddedConceptMap } from './ast.ts';
import { SyntaxProblem, type TokenStream } from './token-stream.ts';

/** R4's signs and the `equivalence` code each stands for. */
const EQUIVALENCE: Readonly<Record<string, string>> = {
  '-': 'relatedto',
  '=': 'equal',
  '==': 'equivalent',
  '!=': 'disjoint',
  '<=': 'wider',
  '>=': 'narrower',
  '~': 'inexact',
};

/** Parses from `conceptmap` to the closing brace. Throws SyntaxProblem. */
export function parseEmbeddedConceptMap(tokens: TokenStream): EmbeddedConceptMap {
  const { at } = tokens.take();
  const id = tokens.expectKind(['quoted', 'string'], 'the id of a ConceptMap', "after 'conceptmap'").text;
  const prefixes = new Map<string, string>();
  const elements: EmbeddedConceptMap['elements'][number][] = [];
  const unmapped: EmbeddedConceptMap['unmapped'][number][] = [];

  tokens.expect('{', 'after the id of a ConceptMap');
  while (!tokens.accept('}')) {
    const start = tokens.peek().at;
    if (tokens.isWord('prefix') && !tokens.isSymbol(':', 1)) {
      tokens.take();
      const name = tokens.expectName('a prefix', "after 'prefix'").text;
      tokens.expect('=', 'after a prefix');
      prefixes.set(name, tokens.expectKind(['quoted', 'string'], 'the url of a code system', "after '='").text);
    } else if (tokens.isWord('unmapped') && !tokens.isSymbol(':', 1)) {
      tokens.take();
      unmapped.push({ ...parseUnmapped(tokens, prefixes), at: start });
    } else {
      const source = parseCode(tokens, prefixes);
      const sign = tokens.peek();
      const equivalence = EQUIVALENCE[sign.text];
      if (sign.kind !== 'symbol' || !equivalence) throw tokens.unexpected('one of - = == != <= >= ~', 'after a code');
      tokens.take();
      elements.push({ source, target: parseCode(tokens, prefixes), equivalence, at: start });
    }
    tokens.accept(';');
  }
  return { id: id.replace(/^#/, ''), at, elements, unmapped };
}

function parseUnmapped(tokens: TokenStream, prefixes: ReadonlyMap<string, string>) {
  tokens.expect('for', "after 'unmapped'");
  const prefix = tokens.expectName('a prefix', "after 'for'");
  const system = prefixes.get(prefix.text);
  if (system === undefined) throw new SyntaxProblem(prefix.at, `prefix '${prefix.text}' is not declared`);
  tokens.expect('=', 'after the prefix');
  const value = tokens.peek();
  if (tokens.accept('provided')) return { system, mode: 'provided' as const };
  tokens.expectKind(['string', 'quoted'], "'provided' or a code in quotes", "after '='");
  return { system, mode: 'fixed' as const, code: value.text };
}

function parseCode(tokens: TokenStream, prefixes: ReadonlyMap<string, string>): CodeRef {
  const prefix = tokens.expectName('a code such as s:code', 'in a ConceptMap');
  const system = prefixes.get(prefix.text);
  if (system === undefined) throw new SyntaxProblem(prefix.at, `prefix '${prefix.text}' is not declared`);
  tokens.expect(':', 'after a prefix');
  const code = tokens.expectKind(['word', 'delimited', 'string', 'quoted', 'number'], 'a code', "after ':'").text;
  return { system, code };
}
