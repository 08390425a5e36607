/**
 * What the FHIR API is built from, and the shape of a request and an answer inside it.
 *
 * Interactions know no Express: the dispatcher makes a FhirRequest of an HTTP request or of a Bundle entry, and turns
 * the FhirAnswer into either again.
 */
import type { IncomingMessage } from 'node:http';
import type { Definitions } from '../conformance/definitions.ts';
import type { Log } from '../http/log.ts';
import type { Preferences } from '../http/prefer.ts';
import type { Grant } from '../privacy/grant.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import type { Admission } from '../validation/admission.ts';
import type { Validator } from '../validation/validator.ts';
import type { Query } from './query.ts';

export interface FhirParts {
  store: ResourceStore;
  admission: Admission;
  validator: Validator;
  definitions: Definitions;
  /** What the caller of a request may see and do. May throw a FhirError. */
  grantFor(request: IncomingMessage): Grant;
  /** Public base URL without a trailing slash, such as `https://example.org/fhir/R4`. */
  baseUrl: string;
  newId(): string;
  /** At least 32 bytes; seals page links. The same on every replica. */
  pageTokenSecret: Uint8Array;
  log: Log;
  softwareVersion: string;
  /** Canonical URLs of the profiles that resources of a type meet here. */
  supportedProfiles(resourceType: string): readonly string[];
  maxBodyBytes: number;
  /** IANA zone in which search values without a time zone are meant. Must be the indexer's. Default UTC. */
  zone?: string;
}

export interface FhirRequest {
  grant: Grant;
  /** Empty at system level. */
  resourceType: string;
  id: string;
  versionId: string;
  /** Without `_format` and `_pretty`, which the dispatcher has dealt with. */
  query: Query;
  prefer: Preferences;
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
  ifNoneExist?: string | undefined;
  /** Reads and parses the JSON body; the entry's resource in a Bundle. */
  body(): Promise<unknown>;
  /** The HTTP request itself, for the few interactions that need its bytes; absent for a Bundle entry. */
  http?: IncomingMessage;
}

export interface FhirAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** JSON text of a resource, or bytes with `contentType`. */
  body?: string | { contentType: string; chunks: AsyncIterable<Uint8Array> };
}

export type Handler = (request: FhirRequest, parts: FhirParts) => Promise<FhirAnswer>;
