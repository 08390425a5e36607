/**
 * The ResourceStore on an SQL engine: which file does what.
 *
 * The three calls that every write makes (what stands there, what it names, commit) go together with those of other
 * writes where they meet: see `coalesce.ts`.
 */
import type { Grant } from '../privacy/grant.ts';
import { binary, removeUnclaimedBinaries, stageBinary } from './binaries.ts';
import { coalesce } from './coalesce.ts';
import { commit } from './commit.ts';
import type { SqlEngine } from './engine.ts';
import { history } from './history.ts';
import { read, readMany, vread } from './read.ts';
import type { ChangeSet, RecordState, ResourceStore, SearchIndexer, StoredVersion } from './resource-store.ts';
import { search } from './search.ts';
import {
  linksByResource,
  linksBySource,
  linksOfRecord,
  recordStates,
  type StateRequest,
  sourceRecord,
  sourceRecords,
} from './source-records.ts';

interface ResourceStoreDeps {
  /** A migrated database. Closed by the store's `close`. */
  engine: SqlEngine;
  indexer: SearchIndexer;
  /** The clock of `meta.lastUpdated` and of approximate dates. */
  now(): Date;
}

/** A sign of life that takes longer is none. */
const PING_DEADLINE_MS = 5000;

/** Most calls of a kind that go together: enough to share a round trip, few enough to keep a statement short. */
const MOST_TOGETHER = 32;

export function createResourceStore(deps: ResourceStoreDeps): ResourceStore {
  const { engine } = deps;
  // The embedded database does one thing at a time; a server has a second group ready while it answers the first.
  const together = { most: MOST_TOGETHER, groups: engine.name === 'embedded' ? 1 : 2, key: grantText };
  const states = coalesce<Asked<StateRequest>, RecordState>({
    ...together,
    run: (requests) => askStates(engine, requests),
  });
  const reads = coalesce<Asked<References>, StoredVersion[]>({
    ...together,
    run: (requests) => askMany(engine, requests),
  });
  const commits = coalesce<Asked<ChangeSet>, StoredVersion[]>({
    ...together,
    run: (requests) => commitTogether(deps, requests),
    touches: ({ asked }) => touchedBy(asked),
  });
  return {
    read: (grant, resourceType, id) => read(engine, grant, resourceType, id),
    readMany: (grant, references) => reads({ grant, asked: references }),
    vread: (grant, resourceType, id, versionId) => vread(engine, grant, resourceType, id, versionId),
    history: (grant, query) => history(engine, grant, query),
    search: (grant, query) => search(deps, grant, query),

    sourceRecord: (grant, kind, sourceId) => sourceRecord(engine, grant, kind, sourceId),
    sourceRecords: (grant, kind, page) => sourceRecords(engine, grant, kind, page),
    linksBySource: (grant, keys) => linksBySource(engine, grant, keys),
    linksByResource: (grant, keys) => linksByResource(engine, grant, keys),
    linksOfRecord: (grant, kind, recordId) => linksOfRecord(engine, grant, kind, recordId),
    recordState: (grant, kind, sourceId, named) => states({ grant, asked: { kind, sourceId, named } }),

    stageBinary: (grant, id, contentType, chunks) => stageBinary(deps, grant, id, contentType, chunks),
    binary: (grant, id) => binary(engine, grant, id),
    removeUnclaimedBinaries: (olderThan) => removeUnclaimedBinaries(engine, olderThan),

    commit: (grant, changes) => commits({ grant, asked: changes }),

    ping: async () => {
      await engine.query({ text: 'SELECT 1', values: [], deadlineMs: PING_DEADLINE_MS });
    },
    close: () => engine.close(),
  };
}

interface Asked<T> {
  grant: Grant;
  asked: T;
}
type References = readonly { resourceType: string; id: string }[];

/** Calls under different grants never go together. */
const grantText = ({ grant }: { grant: Grant }): string => JSON.stringify(grant);

/** The grant of a group: its members have the same. */
function grantOf(requests: readonly { grant: Grant }[]): Grant {
  const [first] = requests;
  if (!first) throw new Error('A group without a request');
  return first.grant;
}

const askStates = (engine: SqlEngine, requests: readonly Asked<StateRequest>[]) =>
  recordStates(
    engine,
    grantOf(requests),
    requests.map(({ asked }) => asked),
  );

/** The same version is the same object in every answer. */
async function askMany(engine: SqlEngine, requests: readonly Asked<References>[]): Promise<StoredVersion[][]> {
  const found = await readMany(
    engine,
    grantOf(requests),
    requests.flatMap(({ asked }) => asked),
  );
  const byKey = new Map(found.map((version) => [resourceKey(version), version]));
  return requests.map(({ asked }) => [...new Set(asked.map(resourceKey))].flatMap((key) => byKey.get(key) ?? []));
}

async function commitTogether(
  deps: ResourceStoreDeps,
  requests: readonly Asked<ChangeSet>[],
): Promise<StoredVersion[][]> {
  const written = await commit(deps, grantOf(requests), {
    resources: requests.flatMap(({ asked }) => asked.resources),
    sourceRecords: requests.flatMap(({ asked }) => asked.sourceRecords ?? []),
    sourceLinks: requests.flatMap(({ asked }) => asked.sourceLinks ?? []),
  });
  let next = 0;
  return requests.map(({ asked }) => {
    const own = written.slice(next, next + asked.resources.length);
    next += asked.resources.length;
    return own;
  });
}

function touchedBy({ resources, sourceRecords = [], sourceLinks = [] }: ChangeSet): string[] {
  return [
    ...resources.map(resourceKey),
    ...sourceRecords.map(({ kind, sourceId }) => `record ${kind} ${sourceId}`),
    ...sourceLinks.map(({ resourceType, sourceId }) => `link ${resourceType} ${sourceId}`),
  ];
}

const resourceKey = ({ resourceType, id }: { resourceType: string; id: string }): string => `${resourceType}/${id}`;
