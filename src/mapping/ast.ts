/**
 * The parsed form of a map file: what was written, before any name is resolved. Every node knows its place.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html, https://hl7.org/fhirpath/N1/index.html
 *
 * Words follow the StructureMap resource: group, input, rule, source, target, transform, dependent.
 */
import type { Position } from './problems.ts';

export interface Named {
  name: string;
  at: Position;
}

export interface MapFile {
  file: string;
  url: string;
  name: string;
  /** Metadata lines (`/// key = value`), without url and name. */
  metadata: ReadonlyMap<string, string>;
  /** Place of the map's declaration, for problems of the file as a whole. */
  at: Position;
  conceptMaps: readonly EmbeddedConceptMap[];
  uses: readonly UsesDeclaration[];
  imports: readonly Named[];
  /** `let name = expression;` */
  constants: ReadonlyMap<string, Expression>;
  groups: readonly Group[];
}

export interface UsesDeclaration {
  url: string;
  alias: string | undefined;
  mode: 'source' | 'target' | 'queried' | 'produced';
  at: Position;
}

export interface EmbeddedConceptMap {
  /** Without the leading `#`. */
  id: string;
  at: Position;
  elements: readonly { source: CodeRef; target: CodeRef; equivalence: string; at: Position }[];
  unmapped: readonly { system: string; mode: 'provided' | 'fixed'; code?: string | undefined; at: Position }[];
}

export interface CodeRef {
  system: string;
  code: string;
}

export interface Group {
  name: string;
  at: Position;
  inputs: readonly Input[];
  extends: Named | undefined;
  typeMode: 'types' | 'type-and-types' | undefined;
  rules: readonly Rule[];
}

export interface Input {
  mode: 'source' | 'target';
  name: string;
  type: Named | undefined;
  at: Position;
}

export interface Rule {
  /** The name given at the end of the rule, or else its first source as written, such as `src.kind`. */
  name: string;
  at: Position;
  sources: readonly Source[];
  targets: readonly Target[];
  dependents: readonly Dependent[];
  /** Rules in braces after `then`. */
  rules: readonly Rule[];
  /** True when `then` is written, even with empty braces. */
  hasThen: boolean;
}

export type SourceListMode = 'first' | 'not_first' | 'last' | 'not_last' | 'only_one';

export interface Source {
  at: Position;
  context: string;
  /** Elements below the context; none when the rule only uses the context itself. */
  path: readonly Named[];
  type: Named | undefined;
  cardinality: { min: number; max: number } | undefined;
  defaultValue: Expression | undefined;
  listMode: SourceListMode | undefined;
  variable: Named | undefined;
  where: Expression | undefined;
  check: Expression | undefined;
  log: Expression | undefined;
}

export type TargetListMode = 'first' | 'last' | 'share' | 'single' | 'collate';

export interface Target {
  at: Position;
  /** Absent when only a variable is made: `-> uuid() as id`. */
  context: string | undefined;
  path: readonly Named[];
  transform: Transform | undefined;
  variable: Named | undefined;
  listMode: TargetListMode | undefined;
  /** The word after `share`. */
  listRuleId: string | undefined;
}

export type Transform =
  | { kind: 'call'; name: string; args: readonly Expression[]; at: Position }
  | { kind: 'value'; expression: Expression; at: Position };

export interface Dependent {
  group: string;
  at: Position;
  args: readonly Expression[];
}

export type LiteralType =
  | 'string'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'quantity'
  | 'empty';

export type Expression =
  /** `raw` is the number as written, so that 1.10 keeps its digits. */
  | { kind: 'literal'; at: Position; type: LiteralType; value: string | number | boolean; raw: string; unit?: string }
  | { kind: 'variable'; at: Position; name: string }
  | { kind: 'name'; at: Position; name: string }
  | { kind: 'special'; at: Position; name: string }
  | { kind: 'member'; at: Position; of: Expression; name: string }
  | { kind: 'call'; at: Position; of: Expression | undefined; name: string; args: readonly Expression[] }
  | { kind: 'index'; at: Position; of: Expression; index: Expression }
  | { kind: 'unary'; at: Position; operator: string; of: Expression }
  | { kind: 'binary'; at: Position; operator: string; left: Expression; right: Expression }
  | { kind: 'type'; at: Position; operator: 'is' | 'as'; of: Expression; typeName: string };
