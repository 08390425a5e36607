/**
 * The compiled form of StructureDefinitions: what the walk over a resource reads instead of the snapshots.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition.html
 *
 * Everything that costs time is a function that is called when first needed and remembers its answer: a profile is
 * compiled when it is first used, and a datatype when the first value of it appears.
 */
import type { PrimitiveCheck } from './primitive.ts';
import type { Run } from './run.ts';

/** A StructureDefinition. `root` is its first element. */
export interface StructureRules {
  url: string;
  /** `Encounter`, `Period`, `Extension` … */
  type: string;
  kind: string;
  abstract: boolean;
  /** Canonical of the structure it derives from. */
  base: string | undefined;
  root: ElementRule;
}

/** One element, or one slice of an element. */
export interface ElementRule {
  /** Path in the StructureDefinition, such as `Encounter.participant`. */
  path: string;
  /** Element name; a choice without its `[x]`. */
  name: string;
  sliceName: string | undefined;
  choice: boolean;
  /** Written as a JSON list, whatever the profile's maximum. */
  repeats: boolean;
  min: number;
  max: number;
  types: readonly TypeRule[];
  /** Fixed and pattern values, each in a box, because `false` and `0` are values too. */
  fixed: { value: unknown } | undefined;
  pattern: { value: unknown } | undefined;
  maxLength: number | undefined;
  minValue: number | string | undefined;
  maxValue: number | string | undefined;
  modifier: boolean;
  binding: BindingRule | undefined;
  slicing: SlicingRule | undefined;
  /** Invariants of the element alone; `TypeRule.invariants` has these and the type's. */
  invariants: readonly Invariant[];
  /** Children written in this StructureDefinition (completed from the type); undefined when there are none. */
  ownChildren(): ChildTable | undefined;
}

/** One type that an element may have. */
export interface TypeRule {
  code: string;
  kind: 'primitive' | 'xhtml' | 'object' | 'resource';
  check: PrimitiveCheck | undefined;
  /** Profiles on the value itself: one of them must hold. */
  profiles: readonly string[];
  /** For references: resource types that may be meant; undefined when any may. */
  targetTypes: ReadonlySet<string> | undefined;
  /** For references: profiles of ours or of a package that the target must meet, when the target is at hand. */
  targetProfiles: readonly string[];
  /** Properties of a value: the element's own children, or those of its only profile, or those of the type. */
  children(): ChildTable | undefined;
  /** All invariants to check on a value: of the element, its only profile, and the type. */
  invariants(): readonly Invariant[];
}

/** What an object may hold, by JSON property name. Names with a leading `_` are there for primitives. */
export interface ChildTable {
  properties: ReadonlyMap<string, Property>;
  elements: ReadonlyMap<string, ElementRule>;
  /** Elements (and slices of elements) that must be there. */
  required: readonly { element: ElementRule; names: readonly string[] }[];
}

export interface Property {
  /** The JSON name without a leading `_`. */
  name: string;
  element: ElementRule;
  type: TypeRule;
  /** True for `_birthDate`, the place of a primitive's id and extensions. */
  companion: boolean;
}

export interface BindingRule {
  strength: 'required' | 'extensible' | 'preferred' | 'example';
  valueSet: string;
  /** Codes beyond this ValueSet are errors, whatever the strength. */
  maxValueSet: string | undefined;
}

export interface SlicingRule {
  rules: 'closed' | 'open' | 'openAtEnd';
  ordered: boolean;
  slices: SliceRule[];
}

export interface SliceRule {
  name: string;
  element: ElementRule;
  /** Does the item belong to this slice? undefined: it can not be known, as for a reference to elsewhere. */
  matches(item: unknown, type: string, run: Run): boolean | undefined;
}

export interface Invariant {
  key: string;
  severity: 'error' | 'warning';
  /** The sentence for people. */
  human: string;
  /** Id in the rule catalogue, when the profile names one. */
  ruleId: string | undefined;
  /** True for an invariant of our own profiles. */
  own: boolean;
  /** True: holds. A string: it could not be evaluated, and why. */
  holds(value: unknown, run: Run): boolean | string;
}
