/**
 * The store as the rest of the service sees it: versions of FHIR resources, the mentoring records they came from,
 * and the index that leads from a source id to a resource.
 *
 * Two engines stand behind it, PGlite (embedded) and PostgreSQL; `test/store` runs one suite on both.
 *
 * Writing is one `commit(changes)`: all of it or nothing, in one database transaction and, where it fits, in one
 * statement. Each change states the version it expects, so two writers can not overwrite each other silently.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Grant } from '../privacy/grant.ts';

/** One version of a resource. `content` is its JSON text with id, meta.versionId and meta.lastUpdated in place. */
export interface StoredVersion {
  resourceType: string;
  id: string;
  versionId: number;
  /** FHIR instant in UTC with milliseconds. */
  lastUpdated: string;
  /** True for the version that a delete made; its `content` is the empty string. */
  deleted: boolean;
  /** The HTTP verb that made this version, as history Bundles show it. */
  method: 'POST' | 'PUT' | 'DELETE';
  content: string;
}

// ---------------------------------------------------------------------------------------------- search

/** The prefixes of R4 date and number parameters. https://hl7.org/fhir/R4/search.html#prefix */
export type SearchPrefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

/** One AND-ed condition of a search; its `any` values are OR-ed. `code` is the search parameter's code. */
export type SearchClause =
  | { kind: 'id'; any: readonly string[] }
  | { kind: 'lastUpdated'; any: readonly DateMatch[] }
  /** `system` undefined = any system, null = explicitly no system (`|code`); `code` undefined = any code (`system|`). */
  | { kind: 'token'; code: string; any: readonly { system?: string | null; code?: string }[] }
  /** Relative references such as `Patient/123`, or absolute URLs. */
  | { kind: 'reference'; code: string; any: readonly string[] }
  | { kind: 'date'; code: string; any: readonly DateMatch[] }
  | { kind: 'string'; code: string; match: 'starts' | 'exact' | 'contains'; any: readonly string[] };

/**
 * The furthest points in time, in epoch milliseconds, that a JavaScript Date can name: the open ends of a period, in the
 * index and in a search.
 */
export const BEGINNING_OF_TIME = -8.64e15;
export const END_OF_TIME = 8.64e15;

/** A search value as the half-open range [from, to) that its precision spans, in epoch milliseconds. */
export interface DateMatch {
  prefix: SearchPrefix;
  from: number;
  to: number;
}

export interface SearchQuery {
  resourceType: string;
  clauses: readonly SearchClause[];
  /** Sort keys in order; the id breaks ties. Default: most recently updated first. */
  sort?: readonly { by: 'lastUpdated' | 'id' | { date: string }; descending: boolean }[];
  /** Page size, 0 to 1000. 0 asks for the total alone. */
  count: number;
  /** Opaque position of the last row of the page before, as `SearchPage.next` gave it. */
  after?: string;
  /** How to fill `total`. Default 'accurate'. */
  total?: 'none' | 'accurate';
}

export interface SearchPage {
  versions: StoredVersion[];
  total?: number;
  /** Position to hand in as `after` for the next page; absent on the last page. */
  next?: string;
}

/** No total: nobody asks how many versions there are. */
export type HistoryPage = Omit<SearchPage, 'total'>;

export interface HistoryQuery {
  /** One type, or several: those that the caller may list. Absent: every type. */
  resourceType?: string | readonly string[];
  id?: string;
  /** Only versions made at or after this instant. */
  since?: string;
  count: number;
  after?: string;
}

// ---------------------------------------------------------------------------------------------- writing

/** What to do with one resource. The store assigns meta.versionId and meta.lastUpdated. */
export interface ResourceChange {
  resourceType: string;
  id: string;
  /** The current version the caller read, or 0 when the resource must not exist yet. */
  expectedVersion: number;
  method: 'POST' | 'PUT' | 'DELETE';
  /** Absent for DELETE. `resource.id` is set by the store. */
  resource?: Resource;
}

/** One mentoring record as the agency sent it, kept so that lineage can be recomputed. */
export interface SourceRecord {
  /** Collection name, such as `sessions`. */
  kind: string;
  sourceId: string;
  version: number;
  /** SHA-256 of the canonical JSON, hex. */
  hash: string;
  /** The record's JSON text; empty when deleted. */
  content: string;
  deleted: boolean;
  /** Canonical URL and version of the map that made the resources, `url|version`. */
  map: string;
  receivedAt: string;
}

export interface SourceRecordChange extends Omit<SourceRecord, 'version' | 'receivedAt'> {
  /** 0 when the record must not exist yet. */
  expectedVersion: number;
}

/** Which resource a source id stands for. `(resourceType, sourceId)` is unique within a tenant. */
export interface SourceLink {
  resourceType: string;
  sourceId: string;
  /** Id of the FHIR resource. */
  id: string;
  /** The record that owns the resource. */
  kind: string;
  recordId: string;
  /**
   * The map's own output for this resource, kept only when the stored resource differs from it (a partner added
   * elements, or another record overlays it).
   */
  mapped?: string;
}

/** The bytes of one Binary, stored apart from its resource in chunks. */
export interface BinaryContent {
  contentType: string;
  /** In bytes. */
  size: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  chunks: AsyncIterable<Uint8Array>;
}

export interface ChangeSet {
  resources: readonly ResourceChange[];
  sourceRecords?: readonly SourceRecordChange[];
  /** Upserts. */
  sourceLinks?: readonly SourceLink[];
}

/** Thrown by `commit` when a resource or record is not at the version the caller expected; nothing was written. */
export class CommitConflict extends Error {
  readonly resourceType: string;
  readonly id: string;
  constructor(resourceType: string, id: string) {
    super(`${resourceType}/${id} was changed by someone else`);
    this.name = 'CommitConflict';
    this.resourceType = resourceType;
    this.id = id;
  }
}

/** Thrown when the database can not be reached or did not answer in time. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** The rows a resource leaves in the search index. */
export interface IndexEntries {
  tokens: { code: string; system: string | undefined; value: string }[];
  references: { code: string; target: string }[];
  dates: { code: string; from: number; to: number }[];
  strings: { code: string; value: string }[];
}

/** Extracts the search index rows of a resource; handed to the store by the composition root. */
export type SearchIndexer = (resource: Resource) => IndexEntries;

export interface ResourceStore {
  /** The current version, also when it is a deleted one; undefined when the id was never used. */
  read(grant: Grant, resourceType: string, id: string): Promise<StoredVersion | undefined>;
  /** Several current versions in one statement; missing ones are left out. */
  readMany(grant: Grant, references: readonly { resourceType: string; id: string }[]): Promise<StoredVersion[]>;
  vread(grant: Grant, resourceType: string, id: string, versionId: number): Promise<StoredVersion | undefined>;
  /** Newest first. */
  history(grant: Grant, query: HistoryQuery): Promise<HistoryPage>;
  search(grant: Grant, query: SearchQuery): Promise<SearchPage>;

  sourceRecord(grant: Grant, kind: string, sourceId: string): Promise<SourceRecord | undefined>;
  /** Records of a kind in order of source id, for listing; `after` is the last source id of the page before. */
  sourceRecords(
    grant: Grant,
    kind: string,
    page: { count: number; after?: string },
  ): Promise<{ records: SourceRecord[]; next?: string }>;
  /** Links by source id, one statement; missing ones are left out. */
  linksBySource(grant: Grant, keys: readonly { resourceType: string; sourceId: string }[]): Promise<SourceLink[]>;
  /** Links by resource id, for the way back. */
  linksByResource(grant: Grant, keys: readonly { resourceType: string; id: string }[]): Promise<SourceLink[]>;
  /** Every link of one record. */
  linksOfRecord(grant: Grant, kind: string, recordId: string): Promise<SourceLink[]>;
  /**
   * All a record write needs to know, in one statement: the record as it stands, the links it owns with the current
   * versions of their resources, and the links for the source ids it names.
   */
  recordState(
    grant: Grant,
    kind: string,
    sourceId: string,
    named: readonly { resourceType: string; sourceId: string }[],
  ): Promise<RecordState>;

  /**
   * Streams bytes into the store under the id of a Binary that a later commit will create. Never holds more than a
   * chunk in memory. Bytes whose Binary is not committed within a day are removed by `removeUnclaimedBinaries`.
   * Whatever `chunks` throws is passed on and nothing is kept.
   */
  stageBinary(
    grant: Grant,
    id: string,
    contentType: string,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<{ size: number; hash: string }>;
  binary(grant: Grant, id: string): Promise<BinaryContent | undefined>;
  /** Returns how many were removed. */
  removeUnclaimedBinaries(olderThan: Date): Promise<number>;

  /**
   * Writes every change or none. Returns the new versions in the order of `changes.resources`.
   * Throws CommitConflict when an expectation does not hold.
   */
  commit(grant: Grant, changes: ChangeSet): Promise<StoredVersion[]>;

  /** Asks the database for a sign of life; throws StoreUnavailable. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface RecordState {
  record: SourceRecord | undefined;
  /** Links this record owns, with the current version of each resource. */
  owned: { link: SourceLink; current: StoredVersion | undefined }[];
  /** Links for the source ids asked for. */
  named: SourceLink[];
}
