/**
 * Which function answers which interaction. A row of INTERACTIONS without a handler does not compile.
 */
import { badRequest } from '../outcome/fhir-error.ts';
import type { FhirAnswer, FhirParts, FhirRequest, Handler } from './fhir-parts.ts';
import { batch } from './interactions/batch.ts';
import { capabilities } from './interactions/capabilities.ts';
import { create } from './interactions/create.ts';
import { deleteResource } from './interactions/delete.ts';
import { historyInstance } from './interactions/history-instance.ts';
import { historySystem } from './interactions/history-system.ts';
import { historyType } from './interactions/history-type.ts';
import { read } from './interactions/read.ts';
import { searchType } from './interactions/search-type.ts';
import { transaction } from './interactions/transaction.ts';
import { update } from './interactions/update.ts';
import { vread } from './interactions/vread.ts';
import type { InteractionCode } from './interactions.ts';
import { requireResource } from './requirements.ts';

export const HANDLERS: Readonly<Record<InteractionCode, Handler>> = {
  capabilities,
  'history-system': historySystem,
  transaction: processBundle,
  batch: processBundle,
  'history-type': historyType,
  'search-type': searchType,
  create,
  'history-instance': historyInstance,
  vread,
  read,
  update,
  delete: deleteResource,
};

/** POST [base]: the Bundle's type says whether it is a transaction or a batch. */
async function processBundle(request: FhirRequest, parts: FhirParts): Promise<FhirAnswer> {
  const bundle = requireResource(await request.body(), 'Bundle') as unknown as Record<string, unknown>;
  if (bundle.type === 'transaction') return transaction(request, bundle, parts, HANDLERS);
  if (bundle.type === 'batch') return batch(request, bundle, parts, HANDLERS);
  throw badRequest('value', 'A Bundle posted to the base must be of type transaction or batch.', 'Bundle.type');
}
