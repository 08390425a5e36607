/**
 * Bundles written as text around the stored texts, which are not parsed for it.
 *
 * Spec: https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/http.html#history
 */
import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { StoredVersion } from '../store/resource-store.ts';
import { etag } from './etag.ts';

export interface BundleLink {
  relation: 'self' | 'next';
  url: string;
}

interface BundleHead {
  type: 'searchset' | 'history' | 'transaction-response' | 'batch-response';
  total?: number | undefined;
  links?: readonly BundleLink[];
}

/** A Bundle of entries that are JSON texts. An empty list leaves `entry` out, as JSON in FHIR requires. */
export function bundleText(head: BundleHead, entries: readonly string[]): string {
  const total = head.total === undefined ? '' : `,"total":${head.total}`;
  const links = head.links?.length ? `,"link":${JSON.stringify(head.links)}` : '';
  const list = entries.length > 0 ? `,"entry":[${entries.join(',')}]` : '';
  return `{"resourceType":"Bundle","type":"${head.type}"${total}${links}${list}}`;
}

/** `content` is the JSON text of the resource that matched. */
export function matchEntry(fullUrl: string, content: string): string {
  return `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${content},"search":{"mode":"match"}}`;
}

/** What the server has to say about the search itself. */
export function outcomeEntry(issues: readonly OperationOutcomeIssue[]): string {
  const resource = { resourceType: 'OperationOutcome', issue: issues };
  return JSON.stringify({ resource, search: { mode: 'outcome' } });
}

/** One version in a history: how it was made and, unless it is a deletion, what it is. */
export function historyEntry(version: StoredVersion, baseUrl: string): string {
  const { resourceType, id, versionId, method } = version;
  const request = { method, url: method === 'POST' ? resourceType : `${resourceType}/${id}` };
  const response = { status: historyStatus(version), etag: etag(versionId), lastModified: version.lastUpdated };
  const resource = version.deleted ? '' : `,"resource":${version.content}`;
  const fullUrl = JSON.stringify(`${baseUrl}/${resourceType}/${id}`);
  return `{"fullUrl":${fullUrl}${resource},"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
}

function historyStatus(version: StoredVersion): string {
  if (version.method === 'DELETE') return '204';
  return version.method === 'POST' || version.versionId === 1 ? '201' : '200';
}

interface ResponseEntry {
  fullUrl?: string | undefined;
  status: number;
  location?: string | undefined;
  etag?: string | undefined;
  /** FHIR instant. */
  lastModified?: string | undefined;
  /** JSON text of the resource. */
  resource?: string | undefined;
  /** JSON text of an OperationOutcome. */
  outcome?: string | undefined;
}

/** One entry of a batch or transaction response. */
export function responseEntry(entry: ResponseEntry): string {
  const { status, location, lastModified } = entry;
  const response = JSON.stringify({ status: String(status), location, etag: entry.etag, lastModified });
  const outcome = entry.outcome === undefined ? '' : `,"outcome":${entry.outcome}`;
  const fullUrl = entry.fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(entry.fullUrl)},`;
  const resource = entry.resource === undefined ? '' : `"resource":${entry.resource},`;
  return `{${fullUrl}${resource}"response":${response.slice(0, -1)}${outcome}}}`;
}
