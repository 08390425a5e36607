/**
 * Where something stands in a map file, and the list of everything that is wrong with the files being loaded.
 *
 * Loading goes on after a problem wherever it can, so that an author sees all of them at once.
 */
import { nearest, orList } from '../outcome/nearest.ts';
import type { MapProblem } from './map-library.ts';

/** Line and column of a token, both counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Collects load problems of all files. The same problem at the same place is kept once. */
export class Problems {
  readonly #found = new Map<string, MapProblem>();

  /** Notes a problem. Returns undefined, so that a check can `return problems.add(…)`. */
  add(file: string, at: Position, message: string): undefined {
    this.#found.set(`${file}:${at.line}:${at.column} ${message}`, {
      file,
      line: at.line,
      column: at.column,
      message,
    });
    return undefined;
  }

  /** Every problem, ordered by file and place. */
  list(): MapProblem[] {
    return [...this.#found.values()].sort(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
    );
  }
}

/** A closing part for "not found" messages: names the candidates nearest to what was written. */
export function didYouMean(written: string, candidates: Iterable<string>): string {
  const near = nearest(written, candidates).map((candidate) => `'${candidate}'`);
  return near.length === 0 ? '' : `; did you mean ${orList(near)}?`;
}
