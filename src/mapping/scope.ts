/**
 * Which names a rule can see while its map is compiled, and the slot of each in the frame.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html: a rule sees the parameters of its group, and its own variables
 * and those of the rules around it. Source and target variables are told apart: rules read from the one and write to
 * the other.
 */
import type { ValueType } from './types.ts';

export interface Variable {
  name: string;
  slot: number;
  /** Undefined when only the run can tell. */
  type: ValueType | undefined;
  /** A `value` was computed by a transform: it can be read, and has no place in a source. */
  role: 'source' | 'target' | 'value';
}

/** Counts the slots of a group's frame. */
export interface FrameLayout {
  size: number;
}

export class Scope {
  readonly #layout: FrameLayout;
  readonly #parent: Scope | undefined;
  readonly #variables = new Map<string, Variable>();

  constructor(layout: FrameLayout, parent?: Scope) {
    this.#layout = layout;
    this.#parent = parent;
  }

  nested(): Scope {
    return new Scope(this.#layout, this);
  }

  /** A new slot with a name. The caller checks `declaredHere` first where a second declaration is an error. */
  declare(name: string, type: ValueType | undefined, role: Variable['role']): Variable {
    const variable = this.unnamed(type, role, name);
    this.#variables.set(name, variable);
    return variable;
  }

  /** A new slot that no expression can name. */
  unnamed(type: ValueType | undefined, role: Variable['role'], name = ''): Variable {
    return { name, slot: this.#layout.size++, type, role };
  }

  declaredHere(name: string): boolean {
    return this.#variables.has(name);
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name) ?? this.#parent?.find(name);
  }

  names(): string[] {
    return [...this.#variables.keys(), ...(this.#parent?.names() ?? [])];
  }
}
