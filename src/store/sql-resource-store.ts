/** The ResourceStore on an SQL engine: which file does what. */
import { binary, removeUnclaimedBinaries, stageBinary } from './binaries.ts';
import { commit } from './commit.ts';
import type { SqlEngine } from './engine.ts';
import { history } from './history.ts';
import { read, readMany, vread } from './read.ts';
import type { ResourceStore, SearchIndexer } from './resource-store.ts';
import { search } from './search.ts';
import {
  linksByResource,
  linksBySource,
  linksOfRecord,
  recordState,
  sourceRecord,
  sourceRecords,
} from './source-records.ts';

export interface ResourceStoreDeps {
  /** A migrated database. Closed by the store's `close`. */
  engine: SqlEngine;
  indexer: SearchIndexer;
  /** The clock of `meta.lastUpdated` and of approximate dates. */
  now(): Date;
}

/** A sign of life that takes longer is none. */
const PING_DEADLINE_MS = 5000;

export function createResourceStore(deps: ResourceStoreDeps): ResourceStore {
  const { engine } = deps;
  return {
    read: (grant, resourceType, id) => read(engine, grant, resourceType, id),
    readMany: (grant, references) => readMany(engine, grant, references),
    vread: (grant, resourceType, id, versionId) => vread(engine, grant, resourceType, id, versionId),
    history: (grant, query) => history(engine, grant, query),
    search: (grant, query) => search(deps, grant, query),

    sourceRecord: (grant, kind, sourceId) => sourceRecord(engine, grant, kind, sourceId),
    sourceRecords: (grant, kind, page) => sourceRecords(engine, grant, kind, page),
    linksBySource: (grant, keys) => linksBySource(engine, grant, keys),
    linksByResource: (grant, keys) => linksByResource(engine, grant, keys),
    linksOfRecord: (grant, kind, recordId) => linksOfRecord(engine, grant, kind, recordId),
    recordState: (grant, kind, sourceId, named) => recordState(engine, grant, kind, sourceId, named),

    stageBinary: (grant, id, contentType, chunks) => stageBinary(deps, grant, id, contentType, chunks),
    binary: (grant, id) => binary(engine, grant, id),
    removeUnclaimedBinaries: (olderThan) => removeUnclaimedBinaries(engine, olderThan),

    commit: (grant, changes) => commit(deps, grant, changes),

    ping: async () => {
      await engine.query({ text: 'SELECT 1', values: [], deadlineMs: PING_DEADLINE_MS });
    },
    close: () => engine.close(),
  };
}
