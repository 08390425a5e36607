/**
 * Page links: the query and the position in it, sealed.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#paging (links are opaque to the client)
 *
 * No server-side cache: any replica can serve any page. Sealed with AES-256-GCM, so a link can neither be altered nor
 * read (a search by name must not turn up in a proxy's log because it had a second page), and bound to the route and
 * tenant it was made for. A token gives no access: whoever follows it is checked like anyone else.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { badRequest } from '../outcome/fhir-error.ts';
import type { Query } from './query.ts';

export interface Page {
  query: Query;
  /** Position of the last row of the page before, as the store gave it. */
  after: string;
  /** Total of the whole search, counted with the first page; absent when it was not asked for. */
  total?: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface PageTokens {
  seal(page: Page, boundTo: string): string;
  /** Throws a FhirError (400) for a token that was altered or made for something else. */
  open(token: string, boundTo: string): Page;
}

/** `secret` is at least 32 bytes; throws otherwise. `boundTo` names tenant and route. */
export function createPageTokens(secret: Uint8Array): PageTokens {
  if (secret.length < 32) throw new Error('The page token secret needs at least 32 bytes.');
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'mentoring-fhir page token', 32));
  return {
    seal: (page, boundTo) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
      const sealed = [cipher.update(JSON.stringify(page), 'utf8'), cipher.final()];
      return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open: (token, boundTo) => {
      try {
        const bytes = Buffer.from(token, 'base64url');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(boundTo))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
        return JSON.parse(text + decipher.final('utf8')) as Page;
      } catch {
        throw badRequest('invalid', 'That page link is not one of this search. Start the search again.');
      }
    },
  };
}
