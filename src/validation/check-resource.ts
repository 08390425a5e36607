/**
 * A resource as a whole: which definitions it must meet, at the top and inside other resources.
 *
 * Spec: https://hl7.org/fhir/R4/profiling.html#resources (meta.profile), https://hl7.org/fhir/R4/references.html#contained
 *
 * A profile holds everything of its base, so the base alone is checked only when there is no profile; and of two
 * profiles where one derives from the other, only the narrower.
 */

import { nearest } from '../outcome/nearest.ts';
import { checkBundle } from './check-bundle.ts';
import { isObject, type JsonObject, jsonKind, quote } from './json-value.ts';
import { bundleEntries } from './reference-target.ts';
import type { ElementRule, StructureRules, TypeRule } from './rules.ts';
import type { Run } from './run.ts';

export interface ResourceParts {
  structure(urlOrType: string): StructureRules | undefined;
  /** Names of all resource types, for suggestions. */
  resourceTypes(): readonly string[];
  checkStructure(value: JsonObject, rules: StructureRules, run: Run): void;
}

/** Checks a top-level resource against its base or the profiles given and claimed. The run's path is empty. */
export function checkRoot(resource: JsonObject, profiles: readonly string[], parts: ResourceParts, run: Run): void {
  const base = baseOf(resource, parts, run);
  if (!base) return;
  run.path.push(base.type);
  if (base.type === 'Bundle') enterBundle(resource, run);
  const given = profilesOf(profiles, base, 'error', parts, run);
  checkAll(resource, base, [...given, ...claimedProfiles(resource, base, parts, run)], parts, run);
  run.path.pop();
}

/** Checks a resource inside another. The walk stands at the element that holds it. */
export function checkNestedResource(
  resource: JsonObject,
  element: ElementRule,
  type: TypeRule,
  parts: ResourceParts,
  run: Run,
): void {
  const base = baseOf(resource, parts, run);
  if (!base) return;
  if (type.code !== 'Resource' && type.code !== 'DomainResource' && type.code !== base.type) {
    run.error('structure', `Expected a ${type.code} here, found a ${base.type}.`);
    return;
  }
  const { scope, profile } = run;
  const contained = element.name === 'contained';
  run.scope = {
    ...scope,
    resource,
    rootResource: contained ? scope.rootResource : resource,
    fullUrl: element.name === 'resource' ? scope.bundle?.fullUrls.get(resource) : scope.fullUrl,
  };
  if (base.type === 'Bundle') enterBundle(resource, run);
  const asked = type.profiles.filter((url) => parts.structure(url));
  checkAll(
    resource,
    base,
    [...profilesOf(asked, base, 'error', parts, run), ...claimedProfiles(resource, base, parts, run)],
    parts,
    run,
  );
  run.scope = scope;
  run.profile = profile;
}

function checkAll(
  resource: JsonObject,
  base: StructureRules,
  profiles: readonly StructureRules[],
  parts: ResourceParts,
  run: Run,
): void {
  const narrowest = withoutAncestors(profiles, parts);
  for (const rules of narrowest.length > 0 ? narrowest : [base]) {
    run.profile = rules === base ? undefined : rules.url;
    parts.checkStructure(resource, rules, run);
  }
  if (base.type === 'Bundle') checkBundle(resource, run);
}

/** The rules of the resource's type; a finding and undefined when there is no such type. */
function baseOf(resource: JsonObject, parts: ResourceParts, run: Run): StructureRules | undefined {
  const { resourceType } = resource;
  if (typeof resourceType !== 'string') {
    run.error('structure', `A resource needs its resourceType as a string, found ${jsonKind(resourceType)}.`);
    return undefined;
  }
  const rules = /^[A-Za-z]+$/.test(resourceType) ? parts.structure(resourceType) : undefined;
  if (rules?.kind === 'resource' && !rules.abstract) return rules;
  const [near] = nearest(resourceType, parts.resourceTypes(), 1);
  const hint = near ? ` Did you mean ${quote(near)}?` : '';
  run.error('structure', `${quote(resourceType)} is not a resource type of FHIR R4.${hint}`);
  return undefined;
}

function profilesOf(
  canonicals: readonly string[],
  base: StructureRules,
  unknown: 'error' | 'warning',
  parts: ResourceParts,
  run: Run,
): StructureRules[] {
  const found: StructureRules[] = [];
  for (const canonical of canonicals) {
    const rules = parts.structure(canonical);
    if (!rules) {
      run.add(unknown, 'not-found', `The profile ${quote(canonical, 200)} is not known here, so it was not checked.`);
    } else if (rules.type !== base.type && !rules.abstract) {
      run.error('structure', `The profile ${rules.url} is for ${rules.type}, not for ${base.type}.`);
    } else if (rules.type === base.type) {
      found.push(rules);
    }
  }
  return found;
}

function claimedProfiles(resource: JsonObject, base: StructureRules, parts: ResourceParts, run: Run): StructureRules[] {
  if (!run.claimed || !isObject(resource.meta) || !Array.isArray(resource.meta.profile)) return [];
  const claimed = resource.meta.profile.filter((url) => typeof url === 'string' && url !== '');
  run.path.push('meta', 'profile');
  const found = profilesOf(claimed, base, 'warning', parts, run);
  run.path.length -= 2;
  return found;
}

function withoutAncestors(profiles: readonly StructureRules[], parts: ResourceParts): StructureRules[] {
  const distinct = [...new Set(profiles)];
  const ancestors = new Set<StructureRules>();
  for (const profile of distinct) {
    let parent = profile.base === undefined ? undefined : parts.structure(profile.base);
    for (let steps = 0; parent && steps < 20; steps++) {
      ancestors.add(parent);
      parent = parent.base === undefined ? undefined : parts.structure(parent.base);
    }
  }
  return distinct.filter((profile) => !ancestors.has(profile));
}

function enterBundle(bundle: JsonObject, run: Run): void {
  run.scope = {
    ...run.scope,
    bundle: bundleEntries(bundle),
    bundleType: typeof bundle.type === 'string' ? bundle.type : undefined,
  };
}
