/**
 * What the records API is made of: handed in once by the composition root.
 */

import type { IncomingMessage } from 'node:http';
import type { Log } from '../http/log.ts';
import type { MapLibrary } from '../mapping/map-library.ts';
import type { Grant } from '../privacy/grant.ts';
import type { ImportStore } from '../store/import-store.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import type { Admission } from '../validation/admission.ts';
import type { ExpectedVersion } from './record-version.ts';
import type { RecordSchemas } from './schema/parse-record.ts';

/** Facts about an agency that a record does not carry; the second source of every map. */
export interface Agency {
  /** Base of its identifier systems, without a trailing slash: a session has the system `{identifierBase}/sessions`. */
  identifierBase: string;
  /** Id of the organization record of the agency itself. */
  organizationId: string;
}

/** What writing and reading a record take. */
export interface RecordDeps {
  store: ResourceStore;
  schemas: RecordSchemas;
  maps: MapLibrary;
  admission: Admission;
  /** The agency behind a tenant. */
  agencyOf(tenant: string): Agency;
  now(): Date;
  /** A new random resource id. */
  newId(): string;
}

/** How one record is to be taken. */
export interface WriteOptions {
  /** `refuse`: a broken program rule refuses a fact too. Default: facts are stored with their findings. */
  onFinding?: 'refuse';
  /** True for imported history: everything is a fact, also requests. */
  history?: boolean;
}

export interface WriteRequest extends WriteOptions {
  grant: Grant;
  kind: string;
  sourceId: string;
  /** The body as parsed from JSON. */
  json: unknown;
  /** From `If-Match` and `If-None-Match`. */
  expectedVersion?: ExpectedVersion;
}

/** What the HTTP side of the records API takes besides. */
export interface RecordsParts extends RecordDeps {
  imports: ImportStore;
  /** What the caller of a request may see and do. */
  grantFor(request: IncomingMessage): Grant;
  /** Public address of the service, without a trailing slash: `http://localhost:8080`. */
  baseUrl: string;
  log: Log;
  maxBodyBytes: number;
  maxAttachmentBytes: number;
  /** What the API description says while there is no authorization. */
  banner: string;
}
