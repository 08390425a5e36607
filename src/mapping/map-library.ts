/**
 * What the rest of the service asks of mapping.
 *
 * Spec: https://hl7.org/fhir/R4/mapping-language.html
 *
 * A map is compiled once. Everything the engine does not understand is a MapLoadError with file, line and column, so
 * a map that loads is a map that runs as written.
 */

/** A JSON value, as a mentoring record or a FHIR resource is. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface MapSource {
  /** Name shown in errors, such as `mappings/session-to-fhir.map`. */
  file: string;
  text: string;
}

export interface MapResult {
  /** The value of each target parameter of the entry group, by name. */
  targets: Record<string, JsonObject>;
  /** Source paths no rule read, such as `src.notes[0].text`. Only filled when `report` is set. */
  unread: string[];
  /** One row for each element written. Only filled when `lineage` is set. */
  lineage: LineageRow[];
}

export interface LineageRow {
  /** Path in the target, such as `bundle.entry[0].resource.period.start`. */
  target: string;
  /** Path in the source the value came from, or undefined for a constant. */
  source?: string;
  rule: string;
  group: string;
  line: number;
}

export interface RunOptions {
  report?: boolean;
  lineage?: boolean;
  /** Where `uuid()` takes its value from; random when left out. A run that must be repeatable passes its own. */
  uuid?: () => string;
  /** Receives what `log` clauses say; they are not evaluated when left out. The text may hold patient data. */
  log?: (message: string, at: { file: string; line: number; rule: string }) => void;
}

export interface CompiledMap {
  readonly url: string;
  /** The `version` of the map's metadata, or '1'. */
  readonly version: string;
  readonly file: string;
  /** Source and target parameters of the entry group (the first group), in order, with their types' canonical URLs. */
  readonly sources: readonly { name: string; type: string }[];
  readonly targets: readonly { name: string; type: string }[];
  /**
   * Runs the entry group. `sources` holds one value per source parameter.
   * Throws MapRunError: an unknown element, an unmapped code, two values for one element, a failed check.
   */
  run(sources: Record<string, JsonObject>, options?: RunOptions): MapResult;
}

export interface MapLibrary {
  /** Finds a map by canonical URL, with or without `|version`. */
  map(url: string): CompiledMap | undefined;
  readonly maps: readonly CompiledMap[];
}

export interface MapProblem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** Thrown at load with every problem found, not only the first. */
export class MapLoadError extends Error {
  readonly problems: readonly MapProblem[];
  constructor(problems: readonly MapProblem[]) {
    super(problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`).join('\n'));
    this.name = 'MapLoadError';
    this.problems = problems;
  }
}

/** A source that the map can not turn into its target without losing or inventing something. */
export class MapRunError extends Error {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** Path in the source, such as `activities[1]`, when one is known. */
  readonly sourcePath: string | undefined;
  constructor(at: { file: string; line: number; rule: string; sourcePath?: string | undefined }, message: string) {
    super(message);
    this.name = 'MapRunError';
    this.file = at.file;
    this.line = at.line;
    this.rule = at.rule;
    this.sourcePath = at.sourcePath;
  }
}
