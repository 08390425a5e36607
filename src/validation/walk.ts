/**
 * The walk over a resource: each JSON value against the rule of its element.
 *
 * Spec: https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/conformance-rules.html
 *
 * Order for one value: JSON form, children, fixed and pattern values, binding, what the type asks for (references,
 * codings), and last the invariants, so that those run on values whose form is already judged.
 */
import type { Definitions } from '../conformance/definitions.ts';
import { nearest, orList } from '../outcome/nearest.ts';
import { assignSlices } from './assign-slices.ts';
import { checkBinding, checkCoding } from './check-binding.ts';
import { checkExtension } from './check-extension.ts';
import { checkCompanionList, checkListForm } from './check-list.ts';
import { checkPrimitiveFacets } from './check-primitive.ts';
import { checkReference } from './check-reference.ts';
import { isObject, type JsonObject, jsonKind, matchesPattern, quote, sameValue } from './json-value.ts';
import { narrativeProblem } from './narrative.ts';
import type { ChildTable, ElementRule, Property, StructureRules, TypeRule } from './rules.ts';
import { MAX_DEPTH, type Run } from './run.ts';
import type { Terminology } from './terminology.ts';

export interface WalkParts {
  definitions: Definitions;
  terminology: Terminology;
  structure(urlOrType: string): StructureRules | undefined;
  conforms(value: unknown, profile: string, run: Run): boolean;
  /** Checks a resource inside another: contained, in a Bundle entry, in a parameter. */
  checkNested(value: JsonObject, element: ElementRule, type: TypeRule, run: Run): void;
}

export interface Walk {
  /** Checks an object that is a whole StructureDefinition: a resource, or an extension against its definition. */
  checkStructure(value: JsonObject, rules: StructureRules, run: Run): void;
}

/** Creates the walk. It keeps no state of its own: that is in the Run. */
export function createWalk(parts: WalkParts): Walk {
  const { definitions, terminology } = parts;

  const checkValue = (value: unknown, companion: unknown, element: ElementRule, type: TypeRule, run: Run): void => {
    if (type.kind === 'primitive') checkPrimitive(value, companion, element, type, run);
    else if (type.kind === 'xhtml') checkNarrative(value, run);
    else if (!isObject(value)) run.error('structure', `Expected an object, found ${jsonKind(value)}.`);
    else if (type.kind === 'resource') parts.checkNested(value, element, type, run);
    else checkObject(value, element, type, run);
  };

  const checkPrimitive = (value: unknown, companion: unknown, element: ElementRule, type: TypeRule, run: Run): void => {
    if (value !== undefined && value !== null) {
      const problem = type.check?.(value);
      if (problem) run.error('value', problem);
      else {
        checkPrimitiveFacets(value as string | number | boolean, element, run);
        checkFixedAndPattern(value, element, run);
        if (element.binding) checkBinding(value, element.binding, terminology, run);
        if (element.invariants.length > 0) checkInvariants(value, type, run);
      }
    } else if (companion === undefined || companion === null) {
      run.error('structure', 'null says nothing here. Leave the element out.');
    }
    if (companion !== undefined && companion !== null) checkCompanion(companion, element, type, run);
  };

  /** `_birthDate`: the id and the extensions of a primitive. */
  const checkCompanion = (companion: unknown, element: ElementRule, type: TypeRule, run: Run): void => {
    if (!isObject(companion)) {
      run.error(
        'structure',
        `The companion property must be an object with id or extension, found ${jsonKind(companion)}.`,
      );
      return;
    }
    const table = parts.structure('Element')?.root.ownChildren();
    if (Object.keys(companion).length === 0) run.error('structure', 'The companion property is empty. Leave it out.');
    if (table) checkChildren(companion, table, element, type, run);
  };

  const checkNarrative = (value: unknown, run: Run): void => {
    if (typeof value !== 'string') {
      run.error('structure', `Expected XHTML in a string, found ${jsonKind(value)}.`);
      return;
    }
    const problem = narrativeProblem(value);
    if (problem) run.error('invariant', problem.message, problem.constraint ? { constraint: problem.constraint } : {});
  };

  const checkObject = (value: JsonObject, element: ElementRule, type: TypeRule, run: Run): void => {
    if (++run.depth > MAX_DEPTH) {
      if (!run.tooDeep)
        run.error('too-costly', `Nested more than ${MAX_DEPTH} levels deep. What is below was not checked.`);
      run.tooDeep = true;
      run.depth--;
      return;
    }
    const children = type.children();
    if (type.kind === 'object' && !hasContent(value)) {
      run.error('structure', 'An element must have a value or children. Leave it out when it has neither.', {
        constraint: 'ele-1',
      });
    } else if (children) {
      checkChildren(value, children, element, type, run);
    }
    checkFixedAndPattern(value, element, run);
    if (element.binding) checkBinding(value, element.binding, terminology, run);
    if (type.code === 'Reference') checkReference(value, type, parts, run);
    else if (type.code === 'Coding' && !isBound(element)) checkCoding(value, terminology, run);
    if (type.profiles.length > 1) checkProfilesOfValue(value, type, run);
    checkInvariants(value, type, run);
    run.depth--;
  };

  const checkProfilesOfValue = (value: JsonObject, type: TypeRule, run: Run): void => {
    const known = type.profiles.filter((profile) => parts.structure(profile));
    if (known.length < type.profiles.length) return;
    if (known.some((profile) => parts.conforms(value, profile, run))) return;
    run.error('structure', `The value meets none of the profiles ${orList(known)}.`);
  };

  const checkInvariants = (value: unknown, type: TypeRule, run: Run): void => {
    for (const invariant of type.invariants()) {
      if (run.tooDeep || run.full) return;
      const holds = invariant.holds(value, run);
      if (holds === true) continue;
      const details = { constraint: invariant.key, ruleId: invariant.ruleId };
      if (holds === false) run.add(invariant.severity, 'invariant', invariant.human, details);
      else {
        // A rule of ours that can not be evaluated must not let anything through; a foreign one is not our mistake.
        const severity = invariant.own ? invariant.severity : 'warning';
        run.add(severity, 'invariant', `${invariant.human} (could not be evaluated: ${holds})`, details);
      }
    }
  };

  const checkChildren = (value: JsonObject, table: ChildTable, owner: ElementRule, type: TypeRule, run: Run): void => {
    let choices: ElementRule[] | undefined;
    for (const key of Object.keys(value)) {
      if (run.full) return;
      const property = table.properties.get(key);
      // A value made by code may have names without a value; JSON text has none.
      if (value[key] === undefined) continue;
      if (!property) {
        if (key !== 'resourceType' || type.kind !== 'resource') reportUnknown(key, table, type, run);
        continue;
      }
      // The companion of a primitive that has a value is checked with it.
      if (property.companion && value[property.name] !== undefined) continue;
      if (property.element.choice) {
        if (choices?.includes(property.element)) {
          run.error('structure', `Only one ${property.element.name}[x] is allowed.`, { child: property.element.name });
        }
        choices = [...(choices ?? []), property.element];
      }
      checkProperty(value, property, owner, type, run);
    }
    for (const { element, names } of table.required) {
      if (!names.some((name) => value[name] !== undefined)) reportMissing(element, run);
    }
  };

  const checkProperty = (value: JsonObject, property: Property, owner: ElementRule, type: TypeRule, run: Run): void => {
    const { element } = property;
    const content = property.companion ? undefined : value[property.name];
    const companion = property.type.kind === 'primitive' ? value[`_${property.name}`] : undefined;
    run.path.push(element.name);
    if (element.max === 0) {
      run.error('structure', `${element.name} is not allowed here. Leave it out.`);
    } else if (element.repeats) {
      checkList(content, companion, property, value, owner, type, run);
    } else if (Array.isArray(content) || Array.isArray(companion)) {
      run.error('structure', `${element.name} holds one value. Write it without the list.`);
    } else {
      const rule = element.slicing && assignSlices(element.slicing, [content], property.type.code, run)[0];
      checkItem(content, companion, rule ?? element, property.type, value, owner, type, run);
    }
    run.path.pop();
  };

  const checkList = (
    content: unknown,
    companion: unknown,
    property: Property,
    parent: JsonObject,
    owner: ElementRule,
    type: TypeRule,
    run: Run,
  ): void => {
    const { element } = property;
    if (!checkListForm(content, companion, element.name, run)) return;
    const items = (content ?? []) as unknown[];
    const companions = companion as unknown[] | undefined;
    const count = Math.max(items.length, companions?.length ?? 0);
    checkCompanionList(items, companions, run);
    if (count < element.min)
      run.error('required', `At least ${element.min} ${element.name} are required, found ${count}.`);
    if (count > element.max) run.error('structure', `At most ${element.max} ${element.name} allowed, found ${count}.`);
    const slices = element.slicing && assignSlices(element.slicing, items, property.type.code, run);
    for (let index = 0; index < count && !run.full; index++) {
      run.path.push(index);
      checkItem(items[index], companions?.[index], slices?.[index] ?? element, property.type, parent, owner, type, run);
      run.path.pop();
    }
  };

  const checkItem = (
    item: unknown,
    companion: unknown,
    rule: ElementRule,
    baseType: TypeRule,
    parent: JsonObject,
    owner: ElementRule,
    ownerType: TypeRule,
    run: Run,
  ): void => {
    const type = rule.types.find((candidate) => candidate.code === baseType.code) ?? narrowedType(rule, baseType);
    if (!type) {
      const allowed = orList(rule.types.map((candidate) => candidate.code));
      run.error('structure', `${rule.name} must be a ${allowed} here, found a ${baseType.code}.`);
      return;
    }
    if (type.code === 'Extension') checkExtensionItem(item, rule, type, parent, owner, ownerType, run);
    else checkValue(item, companion, rule, type, run);
  };

  const checkExtensionItem = (
    item: unknown,
    rule: ElementRule,
    type: TypeRule,
    parent: JsonObject,
    owner: ElementRule,
    ownerType: TypeRule,
    run: Run,
  ): void => {
    const nested = ownerType.code === 'Extension';
    const place = {
      ownerPath: owner.path,
      ownerType: ownerType.code,
      ownerIsResource: ownerType.kind === 'resource',
      outerUrl: nested ? String(parent.url) : undefined,
      modifier: rule.name === 'modifierExtension',
    };
    const url = checkExtension(item, place, definitions, run);
    const known = url === undefined || type.profiles.length > 0 ? undefined : parts.structure(url);
    if (known && isObject(item)) {
      const { profile } = run;
      run.profile = known.url;
      checkStructure(item, known, run);
      run.profile = profile;
      return;
    }
    if (nested && isObject(item) && isUndefinedPart(item, rule, owner, run)) return;
    checkValue(item, undefined, rule, type, run);
  };

  /** A part of a complex extension that its definition does not name. */
  const isUndefinedPart = (item: JsonObject, rule: ElementRule, owner: ElementRule, run: Run): boolean => {
    const parts = owner.ownChildren()?.elements.get('extension')?.slicing?.slices;
    const { url } = item;
    if (!parts || rule.sliceName !== undefined || typeof url !== 'string' || url.includes(':')) return false;
    const names = orList(parts.map((part) => quote(part.name)));
    run.error('extension', `${quote(url)} is not a part of this extension. Its parts are ${names}.`, { child: 'url' });
    return true;
  };

  const checkStructure = (value: JsonObject, { root }: StructureRules, run: Run): void => {
    const [type] = root.types;
    if (type) checkObject(value, root, type, run);
  };

  const reportMissing = (element: ElementRule, run: Run): void => {
    if (element.min > 0) {
      run.error('required', `${element.name}${element.choice ? '[x]' : ''} is required.`, { child: element.name });
    }
    if (element.slicing) {
      run.path.push(element.name);
      assignSlices(element.slicing, [], '', run);
      run.path.pop();
    }
  };

  return { checkStructure };
}

/** Is a code outside the ValueSet reported already? */
const isBound = ({ binding }: ElementRule): boolean =>
  binding?.strength === 'required' || binding?.strength === 'extensible';

/** A profile may name a type by a narrower code only for resources: `Resource` narrowed to `Patient`. */
function narrowedType(rule: ElementRule, baseType: TypeRule): TypeRule | undefined {
  if (baseType.kind === 'resource') return rule.types.find((type) => type.kind === 'resource') ?? baseType;
  return rule.types.length === 0 ? baseType : undefined;
}

function checkFixedAndPattern(value: unknown, element: ElementRule, run: Run): void {
  if (element.fixed && !sameValue(value, element.fixed.value)) {
    run.error('value', `The value must be ${quote(element.fixed.value, 200)}.`);
  } else if (element.pattern && !matchesPattern(value, element.pattern.value)) {
    run.error('value', `The value must have ${quote(element.pattern.value, 200)}.`);
  }
}

/** ele-1: children besides an id. */
function hasContent(value: JsonObject): boolean {
  for (const name of Object.keys(value)) if (name !== 'id') return true;
  return false;
}

function reportUnknown(key: string, table: ChildTable, type: TypeRule, run: Run): void {
  const details = /^_?[A-Za-z]\w{0,63}$/.test(key) ? { child: key } : {};
  const choice = [...table.elements.values()].find(
    (element) => element.choice && key.startsWith(element.name) && /^[A-Z]/.test(key.slice(element.name.length)),
  );
  if (choice) {
    const allowed = orList(choice.types.map((one) => one.code));
    run.error('structure', `${quote(key)} is not allowed here: ${choice.name}[x] may be ${allowed}.`, details);
    return;
  }
  const [near] = nearest(key, table.properties.keys(), 1);
  const hint = near ? ` Did you mean ${quote(near)}?` : '';
  run.error('structure', `${quote(key)} is not an element of ${type.code}.${hint}`, details);
}
