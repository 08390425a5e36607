/**
 * Compiles the groups of one map, for the types they are called with.
 *
 * Spec: https://hl7.org/fhir/R5/mapping-language.html (groups, default groups, imports)
 *
 * A parameter without a type takes the type of the argument, so a group may be compiled more than once. A group that
 * nobody calls is compiled for its declared types, so that its mistakes are found too.
 */

import { fits } from './assignment.ts';
import type { Group, MapFile } from './ast.ts';
import { compileRules } from './compile-rule.ts';
import type { ConceptTable } from './concept-table.ts';
import type { Frame } from './frame.ts';
import { didYouMean, type Position, type Problems } from './problems.ts';
import type { GroupCall, RuleContext, Step } from './rule-context.ts';
import { Scope } from './scope.ts';
import { isStructure, type StructureType, type TypeSystem, typeLabel, type ValueType } from './types.ts';

/** What the maps of one library share while they are compiled. */
export interface LibraryContext {
  types: TypeSystem;
  problems: Problems;
  conceptTable(map: MapFile, url: string, at: Position): ConceptTable | undefined;
  /** The maps a map imports, directly and through others, without itself. */
  imported(map: MapFile): readonly MapCompiler[];
}

interface Argument {
  type: ValueType | undefined;
  writable: boolean;
}

interface Specialisation {
  call: GroupCall;
}

export class MapCompiler {
  readonly map: MapFile;
  readonly #library: LibraryContext;
  readonly #aliases = new Map<string, { type: StructureType; mode: string }>();
  readonly #compiled = new Map<string, Specialisation>();
  readonly #visited = new Set<Group>();

  constructor(map: MapFile, library: LibraryContext) {
    this.map = map;
    this.#library = library;
    for (const { url, alias, mode, at } of map.uses) {
      const type = library.types.find(url);
      if (!type) {
        this.#problem(at, `the structure ${url} is not known`);
        continue;
      }
      for (const name of alias ? [alias] : [type.name]) {
        if (this.#aliases.has(name) && this.#aliases.get(name)?.type !== type)
          this.#problem(at, `'${name}' is already the name of another structure`);
        this.#aliases.set(name, { type, mode });
      }
    }
  }

  /** Compiles the first group for its declared types. Undefined after a problem, or when its types are not declared. */
  compileEntry(): { call: GroupCall; types: readonly StructureType[] } | undefined {
    const [entry] = this.map.groups;
    const types = entry && this.#declaredTypes(entry);
    if (!entry || !types) return undefined;
    return { call: this.#specialise(entry, types), types };
  }

  /** Compiles every group that declares its types and that no other group has called. */
  compileRest(): void {
    for (const group of this.map.groups) {
      const types = this.#visited.has(group) ? undefined : this.#declaredTypes(group);
      if (types) this.#specialise(group, types);
    }
  }

  /** Notes the groups that nothing could check; called when every map has compiled its groups. */
  checkUnreached(): void {
    for (const group of this.map.groups) {
      const isUnknown = group.inputs.some((i) => i.type && !this.#findType(i.type.name));
      if (!this.#visited.has(group) && !isUnknown) {
        this.#problem(
          group.at,
          `group '${group.name}' is never called and its parameters have no types, so it can not be checked`,
        );
      }
    }
  }

  /** Notes unknown and misused types of the parameters; called once for each map, before anything is compiled. */
  checkInputs(): void {
    for (const group of this.map.groups) {
      const names = new Set<string>();
      for (const { name, type, mode, at } of group.inputs) {
        if (names.has(name)) this.#problem(at, `group '${group.name}' has two parameters named '${name}'`);
        names.add(name);
        if (!type) continue;
        const alias = this.#aliases.get(type.name);
        const modes = mode === 'source' ? ['source', 'queried'] : ['target', 'produced'];
        if (alias && !modes.includes(alias.mode)) {
          this.#problem(type.at, `'${type.name}' is used as ${alias.mode}, but '${name}' is a ${mode}`);
        }
        if (!this.#findType(type.name))
          this.#problem(type.at, `unknown type '${type.name}'${didYouMean(type.name, this.#aliases.keys())}`);
      }
    }
  }

  /** The group of that name in this map. */
  ownGroup(name: string): Group | undefined {
    return this.map.groups.find((g) => g.name === name);
  }

  #problem(at: Position, message: string): undefined {
    return this.#library.problems.add(this.map.file, at, message);
  }

  #findType(name: string): StructureType | undefined {
    return this.#aliases.get(name)?.type ?? this.#library.types.find(name);
  }

  #declaredTypes(group: Group): StructureType[] | undefined {
    const types = group.inputs.map((input) => input.type && this.#findType(input.type.name));
    return types.every((type) => type !== undefined) ? types : undefined;
  }

  /** The compiled group for these types. A group that calls itself finds the entry it is just being compiled for. */
  #specialise(group: Group, types: readonly (ValueType | undefined)[]): GroupCall {
    const key = `${group.name}(${types.map(keyOf).join(',')})`;
    const known = this.#compiled.get(key);
    if (known) return (values, paths, run) => known.call(values, paths, run);
    const made: Specialisation = { call: () => {} };
    this.#compiled.set(key, made);
    this.#visited.add(group);

    const layout = { size: 0 };
    const scope = new Scope(layout);
    group.inputs.forEach((input, i) => {
      scope.declare(input.name, types[i], input.mode);
    });
    const steps = [...this.#inherited(group, types), ...compileRules(group.rules, this.#context(scope), group.name)];
    made.call = (values, paths, run) => {
      const frame: Frame = { values: values.slice(), paths: paths.slice(), item: undefined, run };
      for (const step of steps) step(frame);
    };
    return (values, paths, run) => made.call(values, paths, run);
  }

  /** The rules of the group that this one extends, as a first step. */
  #inherited(group: Group, types: readonly (ValueType | undefined)[]): Step[] {
    if (!group.extends) return [];
    const { name, at } = group.extends;
    const found = this.#findGroup(name, at);
    if (!found) return [];
    const [owner, parent] = found;
    if (this.#extendsItself(group)) {
      this.#problem(at, `group '${group.name}' extends itself`);
      return [];
    }
    const args = group.inputs.map((input, i) => ({ type: types[i], writable: input.mode === 'target' }));
    const call = owner.#call(parent, args, (message) => this.#problem(at, message));
    const count = group.inputs.length;
    return call ? [(f) => call(f.values.slice(0, count), f.paths.slice(0, count), f.run)] : [];
  }

  #extendsItself(group: Group): boolean {
    const seen = new Set<Group>();
    let owner: MapCompiler = this;
    for (let next: Group | undefined = group; next; ) {
      if (seen.has(next)) return true;
      seen.add(next);
      const parent: [MapCompiler, Group] | undefined = next.extends && owner.#lookUp(next.extends.name)[0];
      if (!parent) return false;
      [owner, next] = parent;
    }
    return false;
  }

  #lookUp(name: string): [MapCompiler, Group][] {
    const own = this.ownGroup(name);
    if (own) return [[this, own]];
    return this.#library.imported(this.map).flatMap((compiler): [MapCompiler, Group][] => {
      const group = compiler.ownGroup(name);
      return group ? [[compiler, group]] : [];
    });
  }

  #findGroup(name: string, at: Position): [MapCompiler, Group] | undefined {
    const found = this.#lookUp(name);
    if (found.length > 1) {
      return this.#problem(
        at,
        `group '${name}' is defined in several imports: ${found.map(([c]) => c.map.url).join(', ')}`,
      );
    }
    const visible = [this, ...this.#library.imported(this.map)].flatMap((c) => c.map.groups.map((g) => g.name));
    return (
      found[0] ??
      this.#problem(at, `there is no group '${name}' in this map or its imports${didYouMean(name, visible)}`)
    );
  }

  /** Checks arguments against the parameters and gives the group compiled for them. */
  #call(group: Group, args: readonly Argument[], problem: (message: string) => undefined): GroupCall | undefined {
    if (args.length !== group.inputs.length) {
      return problem(`group '${group.name}' has ${group.inputs.length} parameters, not ${args.length}`);
    }
    const types: (ValueType | undefined)[] = [];
    for (const [i, input] of group.inputs.entries()) {
      const arg = args[i];
      const declared = input.type && this.#findType(input.type.name);
      if (input.type && !declared) return undefined;
      if (input.mode === 'target' && !arg?.writable) {
        return problem(`the parameter '${input.name}' of group '${group.name}' is a target: pass a target variable`);
      }
      if (declared && !accepts(declared, arg?.type)) {
        return problem(
          `the parameter '${input.name}' of group '${group.name}' is a ${declared.name}, not ${typeLabel(arg?.type)}`,
        );
      }
      types.push(mergeTypes(declared, arg?.type));
    }
    return this.#specialise(group, types);
  }

  #typeGroup(source: StructureType, target: StructureType, at: Position): GroupCall | undefined {
    const candidates = [this, ...this.#library.imported(this.map)].flatMap((compiler) =>
      compiler.map.groups
        .filter((group) => group.typeMode && compiler.#isDefaultFor(group, source, target))
        .map((group): [MapCompiler, Group] => [compiler, group]),
    );
    if (candidates.length > 1) {
      const names = candidates.map(([, group]) => `'${group.name}'`).join(', ');
      return this.#problem(at, `several groups map ${source.name} to ${target.name}: ${names}`);
    }
    const [found] = candidates;
    if (!found) return undefined;
    const args = [
      { type: source, writable: false },
      { type: target, writable: true },
    ];
    return found[0].#call(found[1], args, (message) => this.#problem(at, message));
  }

  #isDefaultFor(group: Group, source: StructureType, target: StructureType): boolean {
    const [from, to] = this.#declaredTypes(group) ?? [];
    return (
      group.inputs.length === 2 &&
      from?.key === source.key &&
      to !== undefined &&
      to.name === target.name &&
      fits(to, target)
    );
  }

  #context(scope: Scope): Omit<RuleContext, 'rule'> {
    return {
      file: this.map.file,
      problems: this.#library.problems,
      types: this.#library.types,
      constants: this.map.constants,
      scope,
      findType: (name) => this.#findType(name),
      conceptTable: (url, at) => this.#library.conceptTable(this.map, url, at),
      group: (name, args, at) => {
        const found = this.#findGroup(name, at);
        if (!found) return undefined;
        const [owner, target] = found;
        return owner.#call(target, args, (message) => this.#problem(at, message));
      },
      typeGroup: (source, target, at) => this.#typeGroup(source, target, at),
    };
  }
}

function accepts(declared: StructureType, given: ValueType | undefined): boolean {
  if (!isStructure(given)) return false;
  return fits(given, declared) || (given.kind === 'nested' && ['BackboneElement', 'Element'].includes(declared.name));
}

/** The more telling of the two: an Encounter stays an Encounter in a parameter that takes any Resource. */
function mergeTypes(declared: StructureType | undefined, given: ValueType | undefined): ValueType | undefined {
  if (!declared || !isStructure(given)) return declared ?? given;
  return declared.abstract || given.name === declared.name ? given : declared;
}

const keyOf = (type: ValueType | undefined): string =>
  !type ? '?' : type.kind === 'choice' ? `${type.element.owner.key}.${type.element.name}[x]` : type.key;
