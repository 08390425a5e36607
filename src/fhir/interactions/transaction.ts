/**
 * FHIR `transaction`: POST [base] with a Bundle of type transaction.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#transaction, #trules
 *
 * In order: the Bundle without its resources is validated, every entry routed, ids assigned, links between entries
 * rewritten; then all writes in one commit; then the GETs, against what is stored now. R4's order DELETE, POST, PUT
 * needs no step of its own: each write has a resource of its own, and the commit makes them all at once. Nothing is
 * stored when any write is refused; a GET that fails says so in its entry. The answer has the order of the request.
 * Links are rewritten in References and in url and uri elements, not in narrative.
 */

import { badRequest, FhirError } from '../../outcome/fhir-error.ts';
import { isError, toIssue } from '../../outcome/finding.ts';
import type { Validator } from '../../validation/validator.ts';
import { createAnswerBudget } from '../answer-budget.ts';
import { locationOf, outcomeText } from '../answers.ts';
import {
  type BundleEntry,
  entriesOf,
  entryRequest,
  inEntry,
  linkKey,
  readEntry,
  writeConditions,
} from '../bundle-entry.ts';
import { bundleText, responseEntry } from '../bundle-text.ts';
import { etag } from '../etag.ts';
import type { FhirAnswer, FhirParts, FhirRequest, Handler } from '../fhir-parts.ts';
import type { InteractionCode } from '../interactions.ts';
import { rewriteLinks } from '../references.ts';
import { requireResource, requireSameId } from '../requirements.ts';
import { type Write, type Written, writeResources } from '../write-resources.ts';
import { answeredEntry } from './batch.ts';

const READS = new Set(['GET', 'HEAD']);

/** `handlers` answer the entries that read. */
export async function transaction(
  request: FhirRequest,
  bundle: Record<string, unknown>,
  parts: FhirParts,
  handlers: Readonly<Record<InteractionCode, Handler>>,
): Promise<FhirAnswer> {
  requireValidShell(bundle, parts.validator);
  const entries = entriesOf(bundle).map((entry, index) => readEntry(entry, index, parts.baseUrl));
  const writes = new Map<BundleEntry, Write>();
  for (const entry of entries) {
    if (!READS.has(entry.method)) writes.set(entry, planWrite(entry, parts));
  }
  requireDistinct(writes);
  linkEntries(writes, parts.baseUrl);

  const written = await writeResources([...writes.values()], request.grant, parts);
  const outcomes = new Map([...writes.keys()].map((entry, at) => [entry, written[at]]));

  const answers: string[] = [];
  const budget = createAnswerBudget();
  for (const entry of entries) {
    const write = writes.get(entry);
    const outcome = outcomes.get(entry);
    if (write && outcome) answers.push(writtenEntry(write, outcome, request, parts.baseUrl));
    else answers.push(await answeredEntry(entry, entryRequest(entry, request), parts, handlers, budget));
  }
  return { status: 200, headers: {}, body: bundleText({ type: 'transaction-response' }, answers) };
}

/** The Bundle's own rules; each resource is validated by the admission, with its profiles. */
function requireValidShell(bundle: Record<string, unknown>, validator: Validator): void {
  const entry = bundle.entry;
  const shell = Array.isArray(entry) ? { ...bundle, entry: entry.map(withoutResource) } : bundle;
  const errors = validator.validate(shell).filter(isError);
  if (errors.length > 0) throw new FhirError(422, errors.map(toIssue));
}

function withoutResource(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const { resource: _checkedLater, ...rest } = entry as Record<string, unknown>;
  return rest;
}

function planWrite(entry: BundleEntry, parts: FhirParts): Write {
  const { route, index } = entry;
  const { resourceType } = route;
  const at = `Bundle.entry[${index}].resource`;
  try {
    const conditions = writeConditions(entry);
    if (route.code === 'delete') return { method: 'DELETE', resourceType, id: route.id, at, ...conditions };
    const resource = requireResource(entry.resource, resourceType);
    if (route.code === 'create') return { method: 'POST', resourceType, id: parts.newId(), resource, at };
    requireSameId(resource, route.id);
    return { method: 'PUT', resourceType, id: route.id, resource, at, ...conditions };
  } catch (error) {
    throw inEntry(error, index);
  }
}

function requireDistinct(writes: ReadonlyMap<BundleEntry, Write>): void {
  const seen = new Map<string, number>();
  const links = new Map<string, number>();
  for (const [{ index, fullUrl }, { resourceType, id }] of writes) {
    const key = `${resourceType}/${id}`;
    const other = seen.get(key) ?? (fullUrl === undefined ? undefined : links.get(linkKey(fullUrl)));
    if (other !== undefined) {
      const sentence = `Entries ${other} and ${index} are about the same resource. A transaction writes each once.`;
      throw badRequest('invalid', sentence, `Bundle.entry[${index}]`);
    }
    seen.set(key, index);
    if (fullUrl !== undefined) links.set(linkKey(fullUrl), index);
  }
}

/** Replaces links to entries, by fullUrl or relative to the fullUrl of the entry they stand in, by `Type/id`. */
function linkEntries(writes: ReadonlyMap<BundleEntry, Write>, baseUrl: string): void {
  const targets = new Map<string, string>();
  for (const [{ fullUrl }, { resourceType, id, resource }] of writes) {
    if (fullUrl !== undefined && resource) targets.set(linkKey(fullUrl), `${resourceType}/${id}`);
  }
  if (targets.size === 0) return;
  for (const [{ fullUrl }, { resource, resourceType }] of writes) {
    if (!resource) continue;
    const serverOfEntry = serverOf(fullUrl, resourceType);
    rewriteLinks(resource, (link, isReference) => {
      const [literal = '', fragment] = link.split('#', 2);
      const target =
        targets.get(linkKey(literal)) ??
        (isReference ? targets.get(`${serverOfEntry ?? baseUrl}/${literal}`) : undefined);
      if (target === undefined) return undefined;
      return fragment === undefined ? target : `${target}#${fragment}`;
    });
  }
}

/** `https://other.example/fhir` of `https://other.example/fhir/Encounter/7`; undefined for a `urn:`. */
function serverOf(fullUrl: string | undefined, resourceType: string): string | undefined {
  const at = fullUrl?.lastIndexOf(`/${resourceType}/`) ?? -1;
  return at > 0 ? fullUrl?.slice(0, at) : undefined;
}

function writtenEntry(write: Write, written: Written, request: FhirRequest, baseUrl: string): string {
  const { version, created, findings } = written;
  const { prefer } = request;
  const fullUrl = write.method === 'DELETE' ? undefined : `${baseUrl}/${write.resourceType}/${write.id}`;
  const wantsResource = prefer.returnStated && prefer.return === 'representation' && write.method !== 'DELETE';
  return responseEntry({
    fullUrl,
    status: write.method === 'DELETE' ? 204 : created ? 201 : 200,
    location: version && write.method !== 'DELETE' ? locationOf(version, baseUrl) : undefined,
    etag: version && etag(version.versionId),
    lastModified: version?.lastUpdated,
    resource: wantsResource ? version?.content : undefined,
    outcome: prefer.return === 'OperationOutcome' ? outcomeText(findings) : undefined,
  });
}
