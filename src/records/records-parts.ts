/**
 * What the records API is made of: handed in once by the composition root.
 */

import type { MapLibrary } from '../mapping/map-library.ts';
import type { Grant } from '../privacy/grant.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import type { Admission } from '../validation/admission.ts';
import type { RecordSchemas } from './parse-record.ts';

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
  agency(tenant: string): Agency;
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
  /** Version the client expects, from `If-Match`; 0 means that the record must not exist (`If-None-Match: *`). */
  expectedVersion?: number;
}
