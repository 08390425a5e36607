/**
 * Compiles slicing: which items of a list belong to which slice.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html#slicing, https://hl7.org/fhir/R4/profiling.html#discriminator
 *
 * Supported discriminators: value, pattern (the same thing here: whatever the slice fixes must match), exists, type and
 * profile, on paths of element names, `$this`, `extension('url')`, `ofType(X)` and `resolve()`. A path that ends on a
 * repeating element matches when any of its items does. An item belongs to the first slice that matches.
 */
import type { ElementDefinition } from '@medplum/fhirtypes';
import { elementAt, parseDiscriminatorPath, valuesAt } from './discriminator-path.ts';
import { isObject, matchesPattern, sameValue } from './json-value.ts';
import { referencedType } from './reference-target.ts';
import type { ElementRule, SliceRule } from './rules.ts';
import type { Run } from './run.ts';
import type { Terminology } from './terminology.ts';

/** An element while its StructureDefinition is being compiled. */
export interface DraftElement {
  id: string;
  definition: ElementDefinition;
  rule: ElementRule;
  children: DraftElement[];
  slices: DraftElement[];
  /** For a slice: the element that it slices. */
  slicedElement?: DraftElement;
}

export interface SlicingParts {
  terminology: Terminology;
  /** Does the value meet the profile? Leaves no findings. */
  conforms(value: unknown, profile: string, run: Run): boolean;
}

type Match = (item: unknown, type: string, run: Run) => boolean | undefined;

/** Gives the element's rule its slices, when the definition slices it. */
export function attachSlices(draft: DraftElement, parts: SlicingParts): void {
  for (const slice of draft.slices) inherit(slice, draft);
  const { slicing } = draft.definition;
  if (draft.slices.length === 0) return;
  // Slices of extensions need no `slicing`: they are always sliced by url.
  const discriminators = slicing?.discriminator ?? (draft.rule.name.match(/xtension$/) ? BY_URL : []);
  draft.rule.slicing = {
    rules: slicing?.rules ?? 'open',
    ordered: slicing?.ordered === true,
    slices: draft.slices.map((slice): SliceRule => {
      const matches = discriminators.map((discriminator) => compileMatch(discriminator, slice.rule, parts));
      return { name: slice.rule.sliceName ?? '', element: slice.rule, matches: allMatch(matches) };
    }),
  };
}

/** What holds for the element holds for its slices, also where a snapshot does not repeat it. */
function inherit(slice: DraftElement, sliced: DraftElement): void {
  slice.slicedElement = sliced;
  const keys = new Set(slice.rule.invariants.map((invariant) => invariant.key));
  slice.rule.invariants = [
    ...slice.rule.invariants,
    ...sliced.rule.invariants.filter((invariant) => !keys.has(invariant.key)),
  ];
  slice.rule.binding ??= sliced.rule.binding;
  if (slice.rule.types.length === 0) slice.rule.types = sliced.rule.types;
}

type Discriminator = NonNullable<NonNullable<ElementDefinition['slicing']>['discriminator']>[number];
const BY_URL: Discriminator[] = [{ type: 'value', path: 'url' }];

function allMatch(matches: readonly Match[]): Match {
  const [only] = matches;
  if (matches.length === 1 && only) return only;
  return (item, type, run) => {
    // Without a discriminator nothing says what belongs to the slice.
    let answer: boolean | undefined = matches.length > 0;
    for (const match of matches) {
      const one = match(item, type, run);
      if (one === false) return false;
      if (one === undefined) answer = undefined;
    }
    return answer;
  };
}

function compileMatch(discriminator: Discriminator, slice: ElementRule, parts: SlicingParts): Match {
  const urls = extensionUrls(slice);
  if (urls && discriminator.path === 'url' && discriminator.type !== 'exists') {
    return (item) => isObject(item) && typeof item.url === 'string' && urls.has(item.url);
  }
  const steps = parseDiscriminatorPath(discriminator.path);
  if (!steps) return () => false;
  // Found when first needed: an extension's own profile may still be compiling.
  let target: ReturnType<typeof elementAt>;
  let ready = false;
  const targetRule = (): NonNullable<typeof target> | undefined => {
    if (!ready) {
      target = elementAt(slice, steps);
      ready = true;
    }
    return target;
  };

  return (item, type, run) => {
    const rule = targetRule();
    if (!rule) return false;
    const values = valuesAt(item, type, steps, run);
    if (discriminator.type === 'exists') {
      const wanted = rule.element.max > 0;
      return values.found.length > 0 === wanted;
    }
    if (values.unresolved && discriminator.type !== 'type') return undefined;
    return anyMatches(values.found, (value) => {
      switch (discriminator.type) {
        case 'type':
          return typeMatches(rule, value, steps.at(-1)?.kind === 'resolve');
        case 'profile':
          return profileMatches(rule, value.value, parts, run);
        default:
          return satisfies(value.value, rule.element, parts);
      }
    });
  };
}

/** An extension's url is its profile's, also when that profile is not loaded here. */
function extensionUrls(slice: ElementRule): ReadonlySet<string> | undefined {
  const [type] = slice.types;
  if (slice.types.length !== 1 || type?.code !== 'Extension' || type.profiles.length === 0) return undefined;
  return new Set(type.profiles.map((profile) => profile.split('|')[0] ?? profile));
}

function anyMatches<T>(values: readonly T[], test: (value: T) => boolean | undefined): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const value of values) {
    const one = test(value);
    if (one) return true;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

type Target = NonNullable<ReturnType<typeof elementAt>>;

/** For `resolve()` the value is still the reference when the target is not at hand; its text often tells the type. */
function typeMatches(rule: Target, found: { value: unknown; type: string }, resolved: boolean): boolean | undefined {
  if (!resolved) return rule.element.types.some((type) => type.code === found.type);
  const wanted = rule.element.types.flatMap((type) => [...(type.targetTypes ?? [])]);
  if (isObject(found.value) && typeof found.value.resourceType === 'string') {
    return wanted.includes(found.value.resourceType);
  }
  const named = isObject(found.value) ? referencedType(found.value) : undefined;
  return named === undefined ? undefined : wanted.includes(named);
}

function profileMatches(rule: Target, value: unknown, parts: SlicingParts, run: Run): boolean {
  const profiles = rule.resolved
    ? rule.element.types.flatMap((type) => type.targetProfiles)
    : rule.element.types.flatMap((type) => type.profiles);
  return profiles.some((profile) => parts.conforms(value, profile, run));
}

/** Does the value have everything that the slice's element fixes, in itself and below? */
function satisfies(value: unknown, element: ElementRule, parts: SlicingParts): boolean {
  const verdict = compare(value, element, parts, 0);
  return verdict === true;
}

/** undefined: the element says nothing that could be compared. */
function compare(value: unknown, element: ElementRule, parts: SlicingParts, depth: number): boolean | undefined {
  if (element.fixed) return sameValue(value, element.fixed.value);
  if (element.pattern) return matchesPattern(value, element.pattern.value);
  let answer: boolean | undefined;
  const children = depth < 6 ? element.ownChildren() : undefined;
  if (children && isObject(value)) {
    for (const child of children.elements.values()) {
      if (child.types.length !== 1 || child.choice) continue;
      const one = compareChild(value[child.name], child, parts, depth);
      if (one === false) return false;
      if (one) answer = true;
    }
  }
  if (answer === undefined && element.binding?.strength === 'required') return inValueSet(value, element, parts);
  return answer;
}

function compareChild(value: unknown, child: ElementRule, parts: SlicingParts, depth: number): boolean | undefined {
  if (value === undefined) {
    const wanted = child.min > 0 && (child.fixed ?? child.pattern) !== undefined;
    return wanted ? false : undefined;
  }
  const items = Array.isArray(value) ? value : [value];
  const required = child.slicing?.slices.filter((slice) => slice.element.min > 0) ?? [];
  if (required.length > 0) {
    const all = required.every((slice) =>
      items.some((item) => compare(item, slice.element, parts, depth + 1) === true),
    );
    return all;
  }
  let answer: boolean | undefined;
  for (const item of items) {
    const one = compare(item, child, parts, depth + 1);
    if (one) return true;
    if (one === false) answer = false;
  }
  return answer;
}

function inValueSet(value: unknown, element: ElementRule, { terminology }: SlicingParts): boolean | undefined {
  const valueSet = element.binding?.valueSet;
  if (!valueSet) return undefined;
  if (typeof value === 'string') return terminology.membership(valueSet, undefined, value) === 'in';
  if (!isObject(value)) return undefined;
  const codings = Array.isArray(value.coding) ? value.coding : [value];
  return codings.some(
    (coding) =>
      isObject(coding) &&
      typeof coding.code === 'string' &&
      terminology.membership(valueSet, typeof coding.system === 'string' ? coding.system : undefined, coding.code) ===
        'in',
  );
}
