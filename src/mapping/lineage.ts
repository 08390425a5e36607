/**
 * Which rule wrote which element, and from where. Only kept when asked for.
 *
 * A row remembers the object that was written to; its path is worked out at the end of the run, because list items
 * may still move (`first`) and empty objects are taken out.
 */
import type { Json, JsonObject, LineageRow } from './map-library.ts';
import { type RuleInfo, renderPath, type SourcePath } from './source-path.ts';

interface Written {
  container: JsonObject;
  property: string;
  /** Index in a list, or -1. */
  index: number;
  source: SourcePath | undefined;
  rule: RuleInfo;
}

export class Lineage {
  readonly #written: Written[] = [];

  record(container: JsonObject, property: string, index: number, source: SourcePath | undefined, rule: RuleInfo): void {
    this.#written.push({ container, property, index, source, rule });
  }

  /** Items at and behind `index` move one place back, because another is put before them. */
  makeRoom(container: JsonObject, property: string, index: number): void {
    for (const row of this.#written) {
      if (row.container === container && row.property === property && row.index >= index) row.index++;
    }
  }

  /** Items behind `index` move one place forward, because that item was taken out. */
  closeGap(container: JsonObject, property: string, index: number): void {
    for (let i = this.#written.length - 1; i >= 0; i--) {
      const row = this.#written[i];
      if (row?.container !== container || row.property !== property) continue;
      if (row.index === index) this.#written.splice(i, 1);
      else if (row.index > index) row.index--;
    }
  }

  /** The rows for the finished targets, in the order of writing. Writes into objects that are not part of them are left out. */
  rows(targets: Readonly<Record<string, JsonObject>>): LineageRow[] {
    const paths = new Map<object, string>();
    for (const [name, target] of Object.entries(targets)) notePaths(target, name, paths);
    return this.#written.flatMap(({ container, property, index, source, rule }): LineageRow[] => {
      const parent = paths.get(container);
      if (parent === undefined || container[property] === undefined) return [];
      return [
        {
          target: `${parent}.${property}${index < 0 ? '' : `[${index}]`}`,
          ...(source && { source: renderPath(source, true) }),
          rule: rule.name,
          group: rule.group,
          line: rule.line,
        },
      ];
    });
  }
}

function notePaths(value: Json | undefined, path: string, paths: Map<object, string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) notePaths(item, `${path}[${i}]`, paths);
    return;
  }
  paths.set(value, path);
  for (const [property, child] of Object.entries(value)) notePaths(child, `${path}.${property}`, paths);
}
