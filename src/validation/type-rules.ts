/**
 * Compiles the types of an element: how a value looks in JSON, which profiles and reference targets it must meet.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type
 *
 * Type codes such as `http://hl7.org/fhirpath/System.String` stand for the FHIR type that the definition names in an
 * extension; Resource.id is an `id` there although the R4 definitions say `string`.
 */
import type { ElementDefinition, ElementDefinitionType, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import { type PrimitiveCheck, primitiveCheck } from './primitive.ts';
import type { ChildTable, ElementRule, Invariant, StructureRules, TypeRule } from './rules.ts';

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const REGEX = 'http://hl7.org/fhir/StructureDefinition/regex';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';
/** A string without spaces: https://hl7.org/fhir/R4/element-definitions.html#Element.id */
const ELEMENT_ID_PATTERN = '\\S+';

export interface TypeRules {
  typesOf(element: ElementDefinition, rule: ElementRule, definition: StructureDefinition): TypeRule[];
  /** The children that the type itself has, without what the element adds. */
  childrenOfType(type: TypeRule, definition: StructureDefinition): ChildTable | undefined;
}

/** `structure` gives the rules of a type or profile, compiled when first asked for. */
export function createTypeRules(
  definitions: Definitions,
  structure: (urlOrType: string) => StructureRules | undefined,
): TypeRules {
  const patterns = new Map<string, string | undefined>();
  const checks = new Map<string, PrimitiveCheck>();

  const patternOf = (type: string): string | undefined => {
    if (!patterns.has(type)) {
      const value = definitions.structure(type)?.snapshot?.element?.find((element) => element.path === `${type}.value`);
      patterns.set(type, regexOf(value?.type?.[0]));
    }
    return patterns.get(type);
  };

  const checkOf = (type: string, pattern: string | undefined): PrimitiveCheck => {
    const key = `${type} ${pattern}`;
    const known = checks.get(key);
    if (known) return known;
    const check = primitiveCheck(type, patternOf(type), pattern);
    checks.set(key, check);
    return check;
  };

  const kinds = new Map<string, TypeRule['kind']>();
  const kindOf = (code: string): TypeRule['kind'] => {
    if (code === 'xhtml') return 'xhtml';
    const known = kinds.get(code);
    if (known) return known;
    const kind = definitions.structure(code)?.kind;
    const found = kind === 'primitive-type' ? 'primitive' : kind === 'resource' ? 'resource' : 'object';
    kinds.set(code, found);
    return found;
  };

  const childrenOfType = (type: TypeRule, definition: StructureDefinition): ChildTable | undefined => {
    const [profile] = type.profiles;
    const rules = (type.profiles.length === 1 && profile && structure(profile)) || structure(type.code);
    // A type that describes itself (Element.extension in Extension) must not wait for its own compilation.
    return rules && rules.url !== definition.url ? rules.root.ownChildren() : undefined;
  };

  const typeRule = (type: ElementDefinitionType, element: ElementDefinition, rule: ElementRule): TypeRule => {
    const code = fhirTypeOf(type, element);
    const kind = kindOf(code);
    const ownPattern = element.base?.path === 'Element.id' ? ELEMENT_ID_PATTERN : (regexOf(type) ?? regexOf(element));
    const profiles = (type.profile ?? []).filter((url) => url !== CORE + code);
    const targets = type.targetProfile ?? [];
    return {
      code,
      kind,
      check: kind === 'primitive' ? checkOf(code, ownPattern) : undefined,
      profiles,
      targetTypes: code === 'Reference' ? targetTypes(targets) : undefined,
      targetProfiles: targets.every((url) => url.startsWith(CORE)) ? [] : targets,
      children: once(() => {
        const own = rule.ownChildren();
        if (own || kind !== 'object') return own;
        const [profile] = profiles;
        const rules = (profiles.length === 1 && profile && structure(profile)) || structure(code);
        return rules?.root.ownChildren();
      }),
      invariants: once(() => {
        const [profile] = profiles;
        const byProfile = profiles.length === 1 && profile ? structure(profile)?.root.invariants : undefined;
        const byType = kind === 'resource' || !element.path.includes('.') ? [] : structure(code)?.root.invariants;
        return distinct([...rule.invariants, ...(byProfile ?? []), ...(byType ?? [])]);
      }),
    };
  };

  /** The types meant by target profiles; undefined when one of them is any resource, or is not known here. */
  const targetTypes = (targets: readonly string[]): ReadonlySet<string> | undefined => {
    if (targets.length === 0) return undefined;
    const types = new Set<string>();
    for (const target of targets) {
      const type = definitions.structure(target)?.type;
      if (type === undefined || type === 'Resource' || type === 'DomainResource') return undefined;
      types.add(type);
    }
    return types;
  };

  return {
    childrenOfType,
    typesOf: (element, rule, definition) => {
      if (element.path.includes('.')) {
        const types = (element.type ?? []).map((type) => typeRule(type, element, rule));
        // contentReference: an object with the children of another element.
        if (element.contentReference) types.push(typeRule({ code: 'BackboneElement' }, element, rule));
        return types;
      }
      return [typeRule({ code: definition.type }, element, rule)];
    },
  };
}

function fhirTypeOf(type: ElementDefinitionType, element: ElementDefinition): string {
  if (element.base?.path === 'Resource.id') return 'id';
  if (!type.code.startsWith('http://hl7.org/fhirpath/System.')) return type.code;
  const named = type.extension?.find((extension) => extension.url === FHIR_TYPE);
  const fallback = type.code.slice(type.code.lastIndexOf('.') + 1).toLowerCase();
  return named?.valueUrl ?? named?.valueUri ?? fallback;
}

function regexOf(holder: ElementDefinitionType | ElementDefinition | undefined): string | undefined {
  return holder?.extension?.find((extension) => extension.url === REGEX)?.valueString;
}

function distinct(invariants: readonly Invariant[]): readonly Invariant[] {
  const keys = new Set<string>();
  return invariants.filter((invariant) => !keys.has(invariant.key) && keys.add(invariant.key));
}

function once<T>(make: () => T): () => T {
  let value: T;
  let ready = false;
  return () => {
    if (!ready) {
      value = make();
      ready = true;
    }
    return value;
  };
}
