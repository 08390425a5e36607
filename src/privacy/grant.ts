/**
 * What a caller may see and do. Every read and every search of the store takes one, so that a query without an
 * authorization decision does not compile.
 *
 * Until the authorization server exists there is one kind: the sandbox's, which sees everything of one tenant and
 * which the service only hands out while it holds sandbox data (see docs/adr).
 */
export interface Grant {
  /** The mentoring agency whose data this is. Leads every key of the store. */
  readonly tenant: string;
  readonly kind: 'sandbox-all';
}

/** The sandbox's grant: all of one tenant's sandbox data. */
export const sandboxGrant = (tenant: string): Grant => ({ tenant, kind: 'sandbox-all' });
