/**
 * Compiles StructureDefinitions into rules.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html#snapshot, https://hl7.org/fhir/R4/elementdefinition.html#id
 *
 * Works on snapshots. A snapshot that names only some children of an element is completed from the element's type, and
 * a slice from the element that it slices, so that hand-written and tool-written snapshots behave alike.
 */
import type { ElementDefinition, ElementDefinitionConstraint, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import { childTable } from './child-table.ts';
import { attachSlices, type DraftElement } from './compile-slicing.ts';
import { bindingOf, boxed, minMaxOf } from './element-facets.ts';
import type { InvariantCompiler } from './invariants.ts';
import type { ElementRule, Invariant, StructureRules } from './rules.ts';
import type { Terminology } from './terminology.ts';
import { createTypeRules } from './type-rules.ts';

export interface StructureCompiler {
  /** Rules of a profile or type, by canonical or bare type name. Undefined when unknown or without a snapshot. */
  structure(urlOrType: string): StructureRules | undefined;
}

export interface CompilerParts {
  definitions: Definitions;
  invariants: InvariantCompiler;
  terminology: Terminology;
  /** Used by discriminators of type `profile`; handed in, because checking needs the compiler. */
  conforms: Parameters<typeof attachSlices>[1]['conforms'];
}

/** Creates a compiler that keeps what it compiled. */
export function createStructureCompiler(parts: CompilerParts): StructureCompiler {
  const compiled = new Map<string, StructureRules>();
  const structure = (urlOrType: string): StructureRules | undefined => {
    const known = compiled.get(urlOrType);
    if (known) return known;
    const definition = parts.definitions.structure(urlOrType);
    const rules = definition?.snapshot?.element?.[0] ? compile(definition) : undefined;
    // Unknown ones are not kept: their names come from strangers.
    if (rules) compiled.set(urlOrType, rules);
    return rules;
  };
  const types = createTypeRules(parts.definitions, structure);

  const compile = (definition: StructureDefinition): StructureRules => {
    const baseKeys = constraintKeys(parts.definitions.structure(definition.type));
    // R4's types name no source for constraints of their own, and snapshots repeat them so.
    const sourceOf = ({ key, source }: ElementDefinitionConstraint): string =>
      source ?? (key !== undefined && baseKeys.has(key) ? CORE + definition.type : definition.url);
    const drafts = new Map<string, DraftElement>();
    for (const element of definition.snapshot?.element ?? []) {
      const draft = draftElement(element, definition);
      drafts.set(draft.id, draft);
      const parent = drafts.get(parentId(draft.id));
      if (!parent || parent === draft) continue;
      if (draft.rule.sliceName !== undefined && draft.id.split('.').at(-1)?.includes(':')) parent.slices.push(draft);
      else parent.children.push(draft);
    }
    for (const draft of drafts.values())
      attachSlices(draft, { terminology: parts.terminology, conforms: parts.conforms });
    const root = drafts.values().next().value as DraftElement;
    return {
      url: definition.url,
      type: definition.type,
      kind: definition.kind,
      abstract: definition.abstract,
      base: definition.baseDefinition,
      root: root.rule,
    };

    function draftElement(element: ElementDefinition, of: StructureDefinition): DraftElement {
      const path = element.path;
      const reference = element.contentReference?.replace(/^.*#/, '');
      const last = path.slice(path.lastIndexOf('.') + 1);
      const invariants: Invariant[] = [];
      for (const constraint of element.constraint ?? []) {
        const invariant = parts.invariants.compile(constraint, fhirPathBase(element, of), sourceOf(constraint));
        if (invariant) invariants.push(invariant);
      }
      const rule: ElementRule = {
        // An element defined by another one is that one, for extensions and invariants.
        path: reference ?? path,
        name: last.replace('[x]', ''),
        sliceName: element.sliceName,
        choice: last.endsWith('[x]'),
        repeats: isRepeating(element),
        min: element.min ?? 0,
        max: maximum(element.max),
        types: [],
        fixed: boxed(element, 'fixed'),
        pattern: boxed(element, 'pattern'),
        maxLength: element.maxLength,
        minValue: minMaxOf(element, 'minValue'),
        maxValue: minMaxOf(element, 'maxValue'),
        modifier: element.isModifier === true,
        binding: bindingOf(element),
        slicing: undefined,
        invariants,
        ownChildren: () => undefined,
      };
      const draft: DraftElement = { id: element.id ?? path, definition: element, rule, children: [], slices: [] };
      rule.types = types.typesOf(element, rule, of);
      let table: ReturnType<ElementRule['ownChildren']>;
      let ready = false;
      rule.ownChildren = () => {
        if (!ready) {
          table = ownChildren(draft);
          ready = true;
        }
        return table;
      };
      return draft;
    }

    function ownChildren(draft: DraftElement): ReturnType<ElementRule['ownChildren']> {
      const own = draft.children.map((child) => child.rule);
      const reference = draft.definition.contentReference;
      if (reference) return drafts.get(reference.slice(reference.indexOf('#') + 1))?.rule.ownChildren();
      const sliced = draft.slicedElement?.rule.ownChildren();
      if (own.length === 0) return sliced;
      const [type] = draft.rule.types;
      const inherited =
        sliced ?? (draft.rule.types.length === 1 && type ? types.childrenOfType(type, definition) : undefined);
      return childTable(own, inherited);
    }
  };

  return { structure };
}

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

function constraintKeys(definition: StructureDefinition | undefined): ReadonlySet<string> {
  const constraints = (definition?.snapshot?.element ?? []).flatMap((element) => element.constraint ?? []);
  return new Set(constraints.map(({ key }) => key).filter((key) => key !== undefined));
}

const maximum = (max: string | undefined): number =>
  max === undefined || max === '*' ? Number.POSITIVE_INFINITY : Number(max);

/** A list in JSON is what the base definition says, not what a profile narrows it to. */
function isRepeating(element: ElementDefinition): boolean {
  const max = element.base?.max ?? element.max;
  return max === '*' || Number(max) > 1;
}

/** The id without its last step: `Encounter.participant:mentor.type` → `Encounter.participant:mentor` → `Encounter.participant`. */
function parentId(id: string): string {
  const dot = id.lastIndexOf('.');
  const colon = id.indexOf(':', dot + 1);
  if (colon < 0) return dot < 0 ? id : id.slice(0, dot);
  const slash = id.lastIndexOf('/');
  return slash > colon ? id.slice(0, slash) : id.slice(0, colon);
}

/** The concrete type where there is one: fhirpath.js does not know types by a choice's path. */
function fhirPathBase(element: ElementDefinition, definition: StructureDefinition): string | undefined {
  if (!element.path.includes('.')) return definition.kind === 'resource' ? undefined : definition.type;
  if (element.contentReference) return element.contentReference.replace(/^.*#/, '');
  const codes = (element.type ?? []).map((type) => type.code);
  const [code] = codes;
  if (codes.length !== 1 || code === undefined) return undefined;
  if (code === 'BackboneElement' || code === 'Element') return element.base?.path ?? element.path;
  return code.includes(':') ? undefined : code;
}
