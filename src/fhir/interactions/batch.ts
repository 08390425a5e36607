/**
 * FHIR `batch`: POST [base] with a Bundle of type batch.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#transaction (rules for batch)
 *
 * Entries are independent and answered one after the other: one that is refused has its OperationOutcome in
 * `response.outcome` and the others go on. References between entries are not resolved.
 */
import { toFhirError } from '../../http/fhir-error-handler.ts';
import { type AnswerBudget, createAnswerBudget } from '../answer-budget.ts';
import { type BundleEntry, entriesOf, entryRequest, readEntry } from '../bundle-entry.ts';
import { bundleText, responseEntry } from '../bundle-text.ts';
import type { FhirAnswer, FhirParts, FhirRequest, Handler } from '../fhir-parts.ts';
import type { InteractionCode } from '../interactions.ts';

/** `handlers` answer the entries. */
export async function batch(
  request: FhirRequest,
  bundle: Record<string, unknown>,
  parts: FhirParts,
  handlers: Readonly<Record<InteractionCode, Handler>>,
): Promise<FhirAnswer> {
  const answers: string[] = [];
  const budget = createAnswerBudget();
  for (const [index, raw] of entriesOf(bundle).entries()) {
    let entry: BundleEntry;
    try {
      entry = readEntry(raw, index, parts.baseUrl);
    } catch (error) {
      answers.push(failedEntry(error, parts));
      continue;
    }
    answers.push(await answeredEntry(entry, entryRequest(entry, request), parts, handlers, budget));
  }
  return { status: 200, headers: {}, body: bundleText({ type: 'batch-response' }, answers) };
}

/** Carries out one entry and renders its answer; a failure is rendered, not thrown. */
export async function answeredEntry(
  entry: BundleEntry,
  request: FhirRequest,
  parts: FhirParts,
  handlers: Readonly<Record<InteractionCode, Handler>>,
  budget: AnswerBudget,
): Promise<string> {
  try {
    if (entry.method === 'GET' || entry.method === 'HEAD') budget.requireSome();
    const answer = await handlers[entry.route.code](request, parts);
    const body = typeof answer.body === 'string' ? answer.body : undefined;
    budget.spend(body?.length ?? 0);
    const isOutcome = body?.startsWith('{"resourceType":"OperationOutcome"') ?? false;
    const lastModified = answer.headers['Last-Modified'];
    return responseEntry({
      status: answer.status,
      location: answer.headers.Location,
      etag: answer.headers.ETag,
      lastModified: lastModified && new Date(lastModified).toISOString(),
      resource: isOutcome ? undefined : body,
      outcome: isOutcome ? body : undefined,
    });
  } catch (error) {
    return failedEntry(error, parts);
  }
}

function failedEntry(error: unknown, parts: FhirParts): string {
  const { status, outcome } = toFhirError(error, parts.log);
  return responseEntry({ status, outcome: JSON.stringify(outcome) });
}
