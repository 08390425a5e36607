/**
 * Reads what still arrives of a body that is refused, so that the answer is not lost.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc9112#section-9.6 (closing a connection on a client that still sends makes its
 * TCP throw away the answer)
 *
 * Bounded: who sends for ever is cut off.
 */
import type { IncomingMessage } from 'node:http';

/** False when the body did not end within `mostBytes` more, or broke off: the connection is of no further use then. */
export async function discardBody(request: IncomingMessage, mostBytes: number): Promise<boolean> {
  if (request.complete && request.readableEnded) return true;
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) return false;
    }
  } catch {
    return false;
  }
  return request.complete;
}
