/**
 * Runs a compiled map on its sources: makes the targets, runs the entry group, tidies up, answers with what was asked.
 */
import { randomUUID } from 'node:crypto';
import type { MapFile } from './ast.ts';
import { isObject, type RunState } from './frame.ts';
import { Lineage } from './lineage.ts';
import {
  type CompiledMap,
  type Json,
  type JsonObject,
  type MapResult,
  MapRunError,
  type RunOptions,
} from './map-library.ts';
import { ReadElements } from './read-elements.ts';
import type { GroupCall } from './rule-context.ts';
import type { StructureType } from './types.ts';

/** The map as callers see it; `types` are those of the entry group's parameters. */
export function runnableMap(map: MapFile, call: GroupCall, types: readonly StructureType[]): CompiledMap {
  const [entry] = map.groups;
  const inputs = (entry?.inputs ?? []).flatMap(({ mode, name }, i) => {
    const type = types[i];
    return type ? [{ mode, name, type }] : [];
  });
  const parameters = (mode: string) =>
    inputs.filter((i) => i.mode === mode).map(({ name, type }) => ({ name, type: type.url }));
  return {
    url: map.url,
    version: map.metadata.get('version') ?? '1',
    file: map.file,
    sources: parameters('source'),
    targets: parameters('target'),
    run(sources, options = {}) {
      requireSources(
        map,
        inputs.filter((i) => i.mode === 'source').map((i) => i.name),
        sources,
      );
      const targets: Record<string, JsonObject> = {};
      const values = inputs.map(({ mode, name, type }) => {
        if (mode === 'source') return sources[name];
        const target: JsonObject = type.kind === 'resource' ? { resourceType: type.name } : {};
        targets[name] = target;
        return target;
      });
      const run = runState(options);
      const paths = inputs.map(({ mode, name }) =>
        mode === 'source' ? { parent: undefined, name, index: -1 } : undefined,
      );
      call(values, paths, run);
      for (const target of Object.values(targets)) removeEmpty(target, run.lineage);
      return result(targets, sources, run);
    },
  };
}

function runState(options: RunOptions): RunState {
  const { log, uuid = randomUUID } = options;
  return {
    reads: options.report ? new ReadElements() : undefined,
    lineage: options.lineage ? new Lineage() : undefined,
    uuid,
    log: log && ((message, { file, line, name }) => log(message, { file, line, rule: name })),
    shared: undefined,
    listEnds: undefined,
  };
}

function result(targets: Record<string, JsonObject>, sources: Record<string, JsonObject>, run: RunState): MapResult {
  return {
    targets,
    unread: run.reads ? Object.entries(sources).flatMap(([name, source]) => run.reads?.unread(source, name) ?? []) : [],
    lineage: run.lineage?.rows(targets) ?? [],
  };
}

function requireSources(map: MapFile, wanted: readonly string[], given: Record<string, JsonObject>): void {
  const line = map.groups[0]?.at.line ?? map.at.line;
  const fault = (message: string) =>
    new MapRunError({ file: map.file, line, rule: map.groups[0]?.name ?? '' }, message);
  for (const name of wanted) {
    if (!isObject(given[name])) throw fault(`the source '${name}' of ${map.url} is missing or not an object`);
  }
  for (const name of Object.keys(given)) {
    if (!wanted.includes(name)) throw fault(`${map.url} has no source '${name}'; it has ${wanted.join(', ')}`);
  }
}

/** Takes out objects that stayed empty, which FHIR does not allow. Returns true when nothing is left of the value. */
function removeEmpty(container: JsonObject, lineage: Lineage | undefined): boolean {
  let properties = 0;
  for (const property in container) {
    const value = container[property];
    if (Array.isArray(value)) removeEmptyItems(container, property, value, lineage);
    if (isEmpty(value, lineage)) {
      delete container[property];
    } else properties++;
  }
  return properties === 0;
}

function isEmpty(value: Json | undefined, lineage: Lineage | undefined): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Array.isArray(value) ? value.length === 0 : removeEmpty(value, lineage);
}

function removeEmptyItems(container: JsonObject, property: string, list: Json[], lineage: Lineage | undefined): void {
  for (let i = list.length - 1; i >= 0; i--) {
    if (!isEmpty(list[i], lineage)) continue;
    list.splice(i, 1);
    lineage?.closeGap(container, property, i);
  }
}
