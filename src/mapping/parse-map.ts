/**
 * A map file from its text to its parsed form.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhir/R4/mapping-language.html
 *
 * The map is named by `map "url" = "name"` (R4) or by `/// url = '…'` and `/// name = '…'` (R5). A `///` line that is
 * not `key = value`, or that stands below a declaration, is a problem: it would be taken for a comment.
 */
import type { Expression, Group, Input, MapFile, Named, UsesDeclaration } from './ast.ts';
import { parseEmbeddedConceptMap } from './parse-concept-map.ts';
import { parseExpression } from './parse-expression.ts';
import { parseRules } from './parse-rule.ts';
import type { Position, Problems } from './problems.ts';
import { TokenStream } from './token-stream.ts';
import { type Token, tokenize } from './tokenizer.ts';

const DECLARATIONS = ['map', 'conceptmap', 'uses', 'imports', 'let', 'group'];

/** Parses one file. Everything unreadable is added to `problems`; undefined when the file does not name its map. */
export function parseMap(file: string, text: string, problems: Problems): MapFile | undefined {
  const tokens = tokenize(file, text, problems);
  const metadata = takeMetadata(file, tokens, problems);
  const stream = new TokenStream(
    file,
    tokens.filter((t) => t.kind !== 'metadata'),
    problems,
  );
  const parts = parseDeclarations(stream, metadata);
  const start = parts.header?.at ?? { line: 1, column: 1 };
  const url = parts.header?.url ?? metadata.get('url');
  if (!url) {
    return problems.add(
      file,
      start,
      `the file does not name its map: begin with map "url" = "name" or /// url = 'url'`,
    );
  }
  if (parts.groups.length === 0 && !problems.list().some((p) => p.file === file)) {
    problems.add(file, start, 'the map has no groups');
  }
  return {
    file,
    url,
    name: parts.header?.name ?? metadata.get('name') ?? url,
    metadata,
    at: start,
    conceptMaps: parts.conceptMaps,
    uses: parts.uses,
    imports: parts.imports,
    constants: parts.constants,
    groups: parts.groups,
  };
}

function takeMetadata(file: string, tokens: readonly Token[], problems: Problems): Map<string, string> {
  const metadata = new Map<string, string>();
  let declared = false;
  for (const { kind, text, at } of tokens) {
    if (kind !== 'metadata') {
      declared = true;
      continue;
    }
    const found = /^\/\/\/\s*([A-Za-z][\w.-]*)\s*=\s*(?:'((?:\\.|[^'\\])*)'|"([^"]*)"|(true|false))\s*$/.exec(text);
    const [, key, single, double, word] = found ?? [];
    if (declared) {
      problems.add(file, at, "metadata (///) stands above the map's declarations; write // for a comment");
    } else if (!key || text.includes('"""')) {
      problems.add(file, at, "a metadata line reads: /// key = 'value'; write // for a comment");
    } else if (metadata.has(key)) {
      problems.add(file, at, `metadata '${key}' is given twice`);
    } else {
      metadata.set(key, single?.replace(/\\(.)/g, '$1') ?? double ?? word ?? '');
    }
  }
  return metadata;
}

interface Declarations {
  header: { url: string; name: string; at: Position } | undefined;
  conceptMaps: MapFile['conceptMaps'][number][];
  uses: UsesDeclaration[];
  imports: Named[];
  constants: Map<string, Expression>;
  groups: Group[];
}

function parseDeclarations(tokens: TokenStream, metadata: ReadonlyMap<string, string>): Declarations {
  const parts: Declarations = {
    header: undefined,
    conceptMaps: [],
    uses: [],
    imports: [],
    constants: new Map(),
    groups: [],
  };
  while (tokens.peek().kind !== 'end') {
    try {
      parseDeclaration(tokens, parts, metadata);
    } catch (error) {
      tokens.note(error);
      tokens.skipTo(DECLARATIONS);
    }
  }
  return parts;
}

function parseDeclaration(tokens: TokenStream, parts: Declarations, metadata: ReadonlyMap<string, string>): void {
  const { kind, text, at } = tokens.peek();
  const problem = (message: string) => tokens.problems.add(tokens.file, at, message);
  if (kind !== 'word' || !DECLARATIONS.includes(text)) {
    const error = tokens.unexpected(DECLARATIONS.join(', '), 'on the top level');
    tokens.take();
    throw error;
  }
  switch (text) {
    case 'map': {
      const header = parseHeader(tokens);
      if (parts.header) problem('the map is declared twice');
      if (metadata.has('url') && metadata.get('url') !== header.url) problem('the url differs from /// url');
      if (metadata.has('name') && metadata.get('name') !== header.name) problem('the name differs from /// name');
      parts.header = header;
      return;
    }
    case 'conceptmap':
      parts.conceptMaps.push(parseEmbeddedConceptMap(tokens));
      return;
    case 'uses':
      parts.uses.push(parseUses(tokens));
      return;
    case 'imports': {
      tokens.take();
      const url = tokens.expectKind(['quoted', 'string'], 'the url of a map', "after 'imports'");
      parts.imports.push({ name: url.text, at: url.at });
      tokens.accept(';');
      return;
    }
    case 'let': {
      tokens.take();
      const name = tokens.expectName('a constant name', "after 'let'").text;
      tokens.expect('=', 'after the name of a constant');
      const value = parseExpression(tokens);
      tokens.expect(';', 'after a constant');
      if (parts.constants.has(name)) problem(`constant '${name}' is given twice`);
      parts.constants.set(name, value);
      return;
    }
    default: {
      const group = parseGroup(tokens);
      if (parts.groups.some((g) => g.name === group.name)) problem(`group '${group.name}' is defined twice`);
      parts.groups.push(group);
    }
  }
}

function parseHeader(tokens: TokenStream): { url: string; name: string; at: Position } {
  const { at } = tokens.take();
  const url = tokens.expectKind(['quoted', 'string'], 'the url of the map', "after 'map'").text;
  tokens.expect('=', 'after the url of the map');
  const name = tokens.expectKind(['quoted', 'string', 'word', 'delimited'], 'the name of the map', "after '='").text;
  tokens.accept(';');
  return { url, name, at };
}

function parseUses(tokens: TokenStream): UsesDeclaration {
  const { at } = tokens.take();
  const url = tokens.expectKind(['quoted', 'string'], 'the url of a structure', "after 'uses'").text;
  const alias = tokens.accept('alias') ? tokens.expectName('an alias', "after 'alias'").text : undefined;
  tokens.expect('as', 'in uses');
  const mode = tokens.peek().text;
  if (mode !== 'source' && mode !== 'target' && mode !== 'queried' && mode !== 'produced') {
    throw tokens.unexpected('source, target, queried or produced', "after 'as'");
  }
  tokens.take();
  tokens.accept(';');
  return { url, alias, mode, at };
}

function parseGroup(tokens: TokenStream): Group {
  const { at } = tokens.take();
  const name = tokens.expectName('a group name', "after 'group'").text;
  const inputs: Input[] = [];
  tokens.expect('(', 'after the name of a group');
  do inputs.push(parseInput(tokens));
  while (tokens.accept(','));
  tokens.expect(')', 'after the parameters of a group');

  let parent: Named | undefined;
  if (tokens.accept('extends')) {
    const token = tokens.expectName('a group name', "after 'extends'");
    parent = { name: token.text, at: token.at };
  }
  let typeMode: Group['typeMode'];
  if (tokens.accept('<<')) {
    tokens.expect(tokens.isWord('type') ? 'type' : 'types', "after '<<'");
    typeMode = tokens.accept('+') ? 'type-and-types' : 'types';
    tokens.expect('>>', 'after the type mode of a group');
  }
  return { name, at, inputs, extends: parent, typeMode, rules: parseRules(tokens) };
}

function parseInput(tokens: TokenStream): Input {
  const { text: mode, at } = tokens.peek();
  if (mode !== 'source' && mode !== 'target') throw tokens.unexpected("'source' or 'target'", 'before a parameter');
  tokens.take();
  const name = tokens.expectName('a parameter name', `after '${mode}'`).text;
  if (!tokens.accept(':')) return { mode, name, type: undefined, at };
  const type = tokens.expectName('a type name', "after ':'");
  return { mode, name, type: { name: type.text, at: type.at }, at };
}
