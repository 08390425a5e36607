/**
 * Reads the JSON body of a request, bounded in bytes.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#mime-type (UTF-8 SHALL be used)
 *
 * Why not a body-parser: its messages quote the text, and it decides on content types before our OperationOutcome can.
 * A body over the limit is answered with 413; what still arrives is thrown away, up to the limit once more, because
 * closing the socket while the client is still sending would lose the answer.
 */
import type { IncomingMessage } from 'node:http';
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import { parseJsonText } from './json-text.ts';

/** 10 MiB: a transaction of some thousand sessions. */
const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024;

interface JsonBodyOptions {
  /** Default DEFAULT_MAX_BODY_BYTES. */
  maxBytes?: number;
  /** What to do with a body that is too large, as a sentence for the 413. Default: send it in smaller parts. */
  whenTooLarge?: string;
}

/**
 * The parsed body. Throws a FhirError: 413 over the limit, 415 for a charset or encoding other than plain UTF-8, 400
 * for an empty body, bytes that are not UTF-8, and text that is not JSON. Checks no media type: see
 * `requireJsonContentType`.
 */
export async function readJsonBody(request: IncomingMessage, options: JsonBodyOptions = {}): Promise<unknown> {
  requireUtf8(request);
  return parseJsonText(decodeUtf8(await readBytes(request, options)));
}

/** The body as text, under the same rules; for form bodies and CSV. */
export async function readTextBody(request: IncomingMessage, options: JsonBodyOptions = {}): Promise<string> {
  requireUtf8(request);
  return decodeUtf8(await readBytes(request, options));
}

function requireUtf8(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new FhirError(415, [issue('not-supported', 'Send the body without a Content-Encoding.')]);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new FhirError(415, [issue('not-supported', 'Send the body in UTF-8; other charsets are not read.')]);
  }
}

async function readBytes(
  request: IncomingMessage,
  { maxBytes = DEFAULT_MAX_BODY_BYTES, whenTooLarge = 'Send it in smaller parts.' }: JsonBodyOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else {
      chunks.length = 0;
      if (size > 2 * maxBytes) break;
    }
  }
  if (size > maxBytes) throw tooLarge(maxBytes, whenTooLarge);
  return Buffer.concat(chunks, size);
}

const tooLarge = (maxBytes: number, whatToDo: string): FhirError =>
  new FhirError(413, [issue('too-long', `The body is larger than ${maxBytes} bytes. ${whatToDo}`)], {
    headers: { Connection: 'close' },
  });

/** A byte order mark is taken off. */
function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('structure', 'The body is not valid UTF-8.');
  }
}
