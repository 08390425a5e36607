/**
 * Structures as maps see them: elements by name, single or list, with the JSON property for each type.
 *
 * Spec: https://hl7.org/fhir/R4/elementdefinition.html, https://hl7.org/fhir/R4/json.html
 *
 * Read from StructureDefinitions, of FHIR as well as logical models; nothing about a type is written here. Slices of
 * a profile are left out: they describe list items, not elements. `value[x]` is the element `value` and also, for
 * those who want to name the type, `valueQuantity` and the rest.
 */
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../conformance/definitions.ts';
import { type JsonKind, jsonKindOf } from './primitive-types.ts';

export type StructureKind = 'primitive' | 'complex' | 'resource' | 'logical' | 'nested';

export interface StructureType {
  kind: StructureKind;
  /** `Quantity`, `Encounter`, `Encounter.participant`; the model's name for a logical model. */
  name: string;
  /** Tells types apart; a profile differs from its base. */
  key: string;
  /** Canonical URL of the StructureDefinition. */
  url: string;
  abstract: boolean;
  /** The JSON form of a primitive; undefined for the rest. */
  json: JsonKind | undefined;
  element(name: string): ElementType | undefined;
  elementNames(): string[];
}

export interface ElementType {
  name: string;
  owner: StructureType;
  list: boolean;
  /** True for `value[x]`, even where a profile leaves one type. */
  choice: boolean;
  options: readonly TypeOption[];
}

/** One type an element may have. */
export interface TypeOption {
  /** The JSON property: `valueQuantity`. */
  property: string;
  typeName: string;
  /** Undefined when no StructureDefinition of that name is known. */
  readonly type: StructureType | undefined;
}

/** The type of a variable that came from a choice element without a type filter. */
export interface ChoiceType {
  kind: 'choice';
  element: ElementType;
}

export type ValueType = StructureType | ChoiceType;

export const isStructure = (type: ValueType | undefined): type is StructureType =>
  type !== undefined && type.kind !== 'choice';

/** Name of a type for messages. */
export const typeLabel = (type: ValueType | undefined): string => {
  if (!type) return 'a value of unknown type';
  return type.kind === 'choice' ? `${type.element.owner.name}.${type.element.name}[x]` : type.name;
};

const FHIR_TYPE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const SYSTEM_TYPES = 'http://hl7.org/fhirpath/System.';
const SYSTEM_TYPE_NAMES: Readonly<Record<string, string>> = {
  String: 'string',
  Boolean: 'boolean',
  Integer: 'integer',
  Decimal: 'decimal',
  Date: 'date',
  DateTime: 'dateTime',
  Time: 'time',
};

export class TypeSystem {
  readonly #definitions: Pick<Definitions, 'structure'>;
  readonly #types = new Map<string, StructureType | undefined>();

  constructor(definitions: Pick<Definitions, 'structure'>) {
    this.#definitions = definitions;
  }

  /** The type for a canonical URL or a type name, or undefined when it is not defined. */
  find(urlOrName: string): StructureType | undefined {
    if (!this.#types.has(urlOrName)) {
      const sd = this.#definitions.structure(urlOrName);
      const known = sd && this.#types.get(sd.url);
      const type = known ?? (sd && this.#build(sd));
      if (sd && type) this.#types.set(sd.url, type);
      this.#types.set(urlOrName, type);
    }
    return this.#types.get(urlOrName);
  }

  /** The primitive type of that name, which every FHIR definition set has. Throws when it is missing. */
  primitive(name: string): StructureType {
    const type = this.find(name);
    if (!type) throw new Error(`The StructureDefinition of the FHIR type '${name}' is missing.`);
    return type;
  }

  #build(sd: StructureDefinition): StructureType | undefined {
    const elements = (sd.snapshot ?? sd.differential)?.element ?? [];
    const root = elements[0];
    if (!root) return undefined;
    const primitive = sd.kind === 'primitive-type';
    const name = sd.kind === 'logical' ? (sd.name ?? lastSegment(sd.type)) : sd.type;
    const kinds = {
      'primitive-type': 'primitive',
      'complex-type': 'complex',
      resource: 'resource',
      logical: 'logical',
    };
    return this.#structure({
      kind: kinds[sd.kind] as StructureKind,
      name: name.startsWith('http') ? lastSegment(name) : name,
      url: sd.url,
      abstract: sd.abstract ?? false,
      json: primitive ? jsonKindOf(sd.type) : undefined,
      path: root.path,
      elements: primitive ? [] : elements,
    });
  }

  #structure(from: Omit<StructureType, 'key' | 'element' | 'elementNames'> & TypeSource): StructureType {
    const { path, elements, ...facts } = from;
    let byName: Map<string, ElementType> | undefined;
    const type: StructureType = {
      ...facts,
      key: `${facts.url}#${path}`,
      element: (name) => {
        byName ??= this.#children(type, { path, elements });
        return byName.get(name) ?? namedByProperty(byName, name);
      },
      elementNames: () => {
        byName ??= this.#children(type, { path, elements });
        return [...byName.keys()];
      },
    };
    return type;
  }

  #children(owner: StructureType, { path, elements }: TypeSource): Map<string, ElementType> {
    const children = new Map<string, ElementType>();
    const prefix = `${path}.`;
    for (const element of elements) {
      const rest = element.path.startsWith(prefix) ? element.path.slice(prefix.length) : '';
      if (rest === '' || rest.includes('.') || element.id?.includes(':') || element.sliceName || element.max === '0')
        continue;
      const name = rest.replace(/\[x\]$/, '');
      children.set(name, {
        name,
        owner,
        list: (element.base?.max ?? element.max ?? '1') !== '1',
        choice: rest.endsWith('[x]'),
        options: this.#options(owner, element, name, elements),
      });
    }
    return children;
  }

  #options(
    owner: StructureType,
    element: ElementDefinition,
    name: string,
    elements: ElementDefinition[],
  ): TypeOption[] {
    const nestedAt = (path: string) => () => {
      const nested = this.#nested.get(`${owner.url}#${path}`);
      if (nested) return nested;
      const built = this.#structure({
        kind: 'nested',
        name: path,
        url: owner.url,
        abstract: false,
        json: undefined,
        path,
        elements,
      });
      this.#nested.set(`${owner.url}#${path}`, built);
      return built;
    };
    const option = (property: string, typeName: string, resolve: () => StructureType | undefined): TypeOption => ({
      property,
      typeName,
      get type() {
        return resolve();
      },
    });
    const reference = element.contentReference;
    if (reference) {
      const path = reference.slice(reference.indexOf('#') + 1);
      return [option(name, path, nestedAt(path))];
    }
    const choice = element.path.endsWith('[x]');
    return (element.type ?? []).map((type) => {
      const code = typeCode(type);
      const property = choice ? name + capitalise(code) : name;
      const inline = ['BackboneElement', 'Element', 'Base'].includes(code);
      return option(property, code, inline ? nestedAt(element.path) : () => this.find(code));
    });
  }

  readonly #nested = new Map<string, StructureType>();
}

interface TypeSource {
  /** Path of the element whose children these are. */
  path: string;
  elements: ElementDefinition[];
}

/** `valueQuantity` as an element of its own: `value` narrowed to one type. */
function namedByProperty(elements: ReadonlyMap<string, ElementType>, property: string): ElementType | undefined {
  for (const element of elements.values()) {
    const option = element.choice && element.options.find((o) => o.property === property);
    if (option) return { ...element, options: [option] };
  }
  return undefined;
}

function typeCode(type: NonNullable<ElementDefinition['type']>[number]): string {
  const code = type.code ?? '';
  if (!code.startsWith(SYSTEM_TYPES)) return code;
  const stated = type.extension?.find((e) => e.url === FHIR_TYPE_EXTENSION);
  return stated?.valueUrl ?? stated?.valueUri ?? SYSTEM_TYPE_NAMES[code.slice(SYSTEM_TYPES.length)] ?? code;
}

const lastSegment = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
