/**
 * What a running map holds: variables by slot, the place each source value has in its record, and the notes asked for.
 *
 * A frame belongs to one call of one group. Rules write their variables into it and read them back by number, so a
 * run looks nothing up by name.
 */
import type { Lineage } from './lineage.ts';
import type { Json, JsonObject } from './map-library.ts';
import type { ReadElements } from './read-elements.ts';
import type { RuleInfo, SourcePath } from './source-path.ts';
import type { StructureType } from './types.ts';

export interface Frame {
  values: (Json | TypedValue | undefined)[];
  paths: (SourcePath | undefined)[];
  /** `$this` while `where(…)` or `exists(…)` looks at an item. */
  item: Json | undefined;
  run: RunState;
}

/** A value read from a choice element (`value[x]`) with the type its JSON property named. */
export class TypedValue {
  readonly type: StructureType;
  readonly value: Json;
  constructor(type: StructureType, value: Json) {
    this.type = type;
    this.value = value;
  }
}

export interface RunState {
  reads: ReadElements | undefined;
  lineage: Lineage | undefined;
  uuid: () => string;
  log: ((message: string, rule: RuleInfo) => void) | undefined;
  /** Instances made by `share`, by the object they stand in. */
  shared: Map<JsonObject, Map<string, JsonObject>> | undefined;
  /** Lists in which a rule has asked for the first or the last place. */
  listEnds: Map<Json[], ListEnds> | undefined;
}

export interface ListEnds {
  first: { rule: RuleInfo; count: number } | undefined;
  last: { rule: RuleInfo; count: number } | undefined;
}

/** The plain JSON of a slot. */
export const plain = (value: Json | TypedValue | undefined): Json | undefined =>
  value instanceof TypedValue ? value.value : value;

export const isObject = (value: Json | TypedValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TypedValue);
