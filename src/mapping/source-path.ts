/**
 * Where a value stands in its source record, and the errors and rows that say so.
 *
 * Paths are chains that cost one small object for each value a rule visits; they become text only for an error, a
 * lineage row or a report.
 */
import { MapRunError } from './map-library.ts';

/** A place in a source, as a chain from the value up to its source parameter. Turned to text only when needed. */
export interface SourcePath {
  parent: SourcePath | undefined;
  name: string;
  /** Index in a list, or -1. */
  index: number;
}

/** A rule as errors and lineage name it. */
export interface RuleInfo {
  file: string;
  line: number;
  name: string;
  group: string;
}

/** `src.goals[0].due`, or without the parameter's name `goals[0].due`. */
export function renderPath(path: SourcePath | undefined, withParameter = false): string {
  let text = '';
  for (let step = path; step && (step.parent || withParameter); step = step.parent) {
    const part = step.index < 0 ? step.name : `${step.name}[${step.index}]`;
    text = text === '' ? part : `${part}.${text}`;
  }
  return text;
}

/** The error of a rule. The message names the rule, and the source path when there is one. */
export function runError(rule: RuleInfo, path: SourcePath | undefined, message: string): MapRunError {
  const sourcePath = renderPath(path) || undefined;
  const place = sourcePath ? `${sourcePath}: ` : '';
  return new MapRunError(
    { file: rule.file, line: rule.line, rule: rule.name, sourcePath },
    `${place}${message} (rule "${rule.name}", ${rule.file}:${rule.line})`,
  );
}
