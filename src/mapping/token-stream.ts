/** A place in the tokens of one file, with the few moves a recursive descent parser needs. */
import type { Position, Problems } from './problems.ts';
import type { Token, TokenKind } from './tokenizer.ts';

/** Thrown where the text stops making sense; caught by the nearest rule or declaration, which goes on after it. */
export class SyntaxProblem extends Error {
  readonly at: Position;
  constructor(at: Position, message: string) {
    super(message);
    this.name = 'SyntaxProblem';
    this.at = at;
  }
}

export class TokenStream {
  readonly file: string;
  readonly problems: Problems;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(file: string, tokens: readonly Token[], problems: Problems) {
    this.file = file;
    this.problems = problems;
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    if (!token) throw new Error('a token list always ends with an end token');
    return token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  isWord(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text === text;
  }

  /** Takes the symbol or word if it comes next. */
  accept(text: string): boolean {
    if (!this.isSymbol(text) && !this.isWord(text)) return false;
    this.take();
    return true;
  }

  /** Takes the symbol or word, or throws with what was expected. */
  expect(text: string, where: string): Token {
    if (!this.isSymbol(text) && !this.isWord(text)) throw this.unexpected(`'${text}'`, where);
    return this.take();
  }

  /** Takes a token of one of the kinds, or throws. `what` names it for the author. */
  expectKind(kinds: readonly TokenKind[], what: string, where: string): Token {
    if (!kinds.includes(this.peek().kind)) throw this.unexpected(what, where);
    return this.take();
  }

  /** An identifier, plain or in backticks. */
  expectName(what: string, where: string): Token {
    return this.expectKind(['word', 'delimited'], what, where);
  }

  unexpected(expected: string, where: string): SyntaxProblem {
    const token = this.peek();
    const found = token.kind === 'end' ? token.text : `'${token.text}'`;
    return new SyntaxProblem(token.at, `expected ${expected} ${where}, found ${found}`);
  }

  /** Notes a syntax problem; any other error is a fault of ours and passes through. */
  note(error: unknown): void {
    if (!(error instanceof SyntaxProblem)) throw error;
    this.problems.add(this.file, error.at, error.message);
  }

  /** Moves behind the next `;` of this level, or before the `}` that closes it. */
  skipRule(): void {
    let depth = 0;
    while (this.peek().kind !== 'end') {
      if (this.isSymbol('}') && depth === 0) return;
      const { text, kind } = this.take();
      if (kind !== 'symbol') continue;
      if (text === '{') depth++;
      if (text === '}') depth--;
      if (text === ';' && depth === 0) return;
    }
  }

  /** Moves before the next word that may begin a declaration on the top level. */
  skipTo(words: readonly string[]): void {
    let depth = 0;
    while (this.peek().kind !== 'end') {
      const token = this.peek();
      if (depth <= 0 && token.kind === 'word' && token.at.column === 1 && words.includes(token.text)) return;
      this.take();
      if (token.kind === 'symbol' && token.text === '{') depth++;
      if (token.kind === 'symbol' && token.text === '}') depth--;
    }
  }
}
