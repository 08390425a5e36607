/**
 * The definition index: all slimmed core definitions in one file, each readable on its own.
 *
 * A start reads the index at the end of the file (a few hundred kilobytes) and parses a definition only when it is
 * asked for. Layout: a header of HEADER_BYTES (JSON, padded with spaces), one JSON text after the other, the index as
 * JSON. One file and one rename, so two processes that build at once leave one whole file.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ConformanceResource, coreDefinitionsVersion, readCoreDefinitions } from './core-definitions.ts';

/** Raise it when the layout or the slimming changes: older files are then rebuilt. */
const FORMAT = 1;
const HEADER_BYTES = 256;

interface Header {
  format: number;
  definitions: string;
  indexOffset: number;
  indexLength: number;
}

/** Where a definition is. `base` is filled for SearchParameters only. */
export interface DefinitionEntry {
  resourceType: string;
  url: string;
  version: string | undefined;
  offset: number;
  length: number;
  base: readonly string[];
}

type StoredEntry = [
  resourceType: string,
  url: string,
  version: string | null,
  offset: number,
  length: number,
  base?: string[],
];

export interface DefinitionFile {
  readonly entries: readonly DefinitionEntry[];
  /** Reads and parses one definition. Throws when the file is damaged. */
  read(entry: DefinitionEntry): ConformanceResource;
  close(): void;
}

/** Path of the index file for the installed definitions; the name changes with version and format. */
export const definitionFilePath = (cacheDir: string): string =>
  join(cacheDir, `fhir-r4-definitions-${coreDefinitionsVersion()}-${FORMAT}.bin`);

/**
 * Builds the index file in `cacheDir` (created when absent) and returns its path. Takes one to three seconds.
 * Safe when several processes do it at once: each writes its own file and renames it into place.
 */
export function buildDefinitionIndex(cacheDir: string): string {
  mkdirSync(cacheDir, { recursive: true });
  const path = definitionFilePath(cacheDir);
  const draft = `${path}.${randomUUID()}`;
  const fd = openSync(draft, 'w');
  try {
    const index: StoredEntry[] = [];
    let offset = HEADER_BYTES;
    for (const resource of readCoreDefinitions()) {
      const bytes = Buffer.from(JSON.stringify(resource));
      writeFully(fd, bytes, offset);
      const entry: StoredEntry = [resource.resourceType, resource.url, resource.version ?? null, offset, bytes.length];
      if (resource.resourceType === 'SearchParameter') entry.push((resource.base as string[] | undefined) ?? []);
      index.push(entry);
      offset += bytes.length;
    }
    const indexBytes = Buffer.from(JSON.stringify(index));
    writeFully(fd, indexBytes, offset);
    const header: Header = {
      format: FORMAT,
      definitions: coreDefinitionsVersion(),
      indexOffset: offset,
      indexLength: indexBytes.length,
    };
    writeFully(fd, Buffer.from(JSON.stringify(header).padEnd(HEADER_BYTES)), 0);
  } catch (error) {
    closeSync(fd);
    rmSync(draft, { force: true });
    throw error;
  }
  closeSync(fd);
  renameSync(draft, path);
  return path;
}

/** Opens the index file in `cacheDir`; undefined when it is absent, of another version, or not whole. */
export function openDefinitionFile(cacheDir: string): DefinitionFile | undefined {
  let fd: number;
  try {
    fd = openSync(definitionFilePath(cacheDir), 'r');
  } catch {
    return undefined;
  }
  const entries = readIndex(fd);
  if (!entries) {
    closeSync(fd);
    return undefined;
  }
  return {
    entries,
    read: (entry) => {
      const resource = JSON.parse(readText(fd, entry.offset, entry.length)) as ConformanceResource;
      if (resource.url !== entry.url) throw new Error(`The definition index is damaged at ${entry.url}.`);
      return resource;
    },
    close: () => closeSync(fd),
  };
}

function readIndex(fd: number): DefinitionEntry[] | undefined {
  try {
    const header = JSON.parse(readText(fd, 0, HEADER_BYTES)) as Header;
    const { indexOffset, indexLength } = header;
    if (header.format !== FORMAT || header.definitions !== coreDefinitionsVersion()) return undefined;
    if (fstatSync(fd).size !== indexOffset + indexLength) return undefined;
    const stored = JSON.parse(readText(fd, indexOffset, indexLength)) as StoredEntry[];
    return stored.map(([resourceType, url, version, offset, length, base]) => ({
      resourceType,
      url,
      version: version ?? undefined,
      offset,
      length,
      base: base ?? [],
    }));
  } catch {
    // Not JSON where JSON must be: the file is damaged, and the caller builds it anew.
    return undefined;
  }
}

function readText(fd: number, offset: number, length: number): string {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, buffer, done, length - done, offset + done);
    if (count === 0) throw new Error('The definition index ends too early.');
    done += count;
  }
  return buffer.toString('utf8');
}

function writeFully(fd: number, bytes: Buffer, offset: number): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
}
