/**
 * What an attachment really is, told by its bytes and not by what the sender says.
 *
 * Spec: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern, https://www.rfc-editor.org/rfc/rfc8118 (PDF)
 *
 * Four types: PDF, PNG, JPEG and plain text in UTF-8. Nothing a browser would run: text that begins as a page, a
 * drawing or a PDF does is none, whatever its sender calls it.
 */
import { FhirError, issue } from '../../outcome/fhir-error.ts';

const MAGIC: ReadonlyMap<string, readonly number[]> = new Map([
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]);

export const ATTACHMENT_TYPES: readonly string[] = [...MAGIC.keys(), 'text/plain'];

const LONGEST_MAGIC = 8;

/** Why these bytes can not be an attachment of this type; undefined when they can. */
export function attachmentProblem(contentType: string, bytes: Uint8Array): string | undefined {
  const check = startCheck(contentType);
  if (!check) return `of type ${contentType} is not taken. Use ${ATTACHMENT_TYPES.join(', ')}.`;
  if (bytes.length === 0) return 'is empty.';
  if (!check(bytes)) return somethingElse(contentType);
  if (contentType !== 'text/plain') return undefined;
  const text = new PlainTextCheck();
  return text.takes(bytes) ?? text.ends();
}

const NOT_TEXT = 'is not plain text in UTF-8.';
const somethingElse = (contentType: string): string => `is not ${contentType}: its content is something else.`;

/**
 * How other formats begin that are text too, behind white space; from the patterns of
 * https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type, and SVG.
 */
const OTHER_TEXT_FORMAT =
  /^(?:%PDF-|%!PS-Adobe-|<\?xml|<!--|<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg)[\s/>])/i;
/** Enough of a text to see how it begins. */
const LONGEST_BEGINNING = 16;

function startCheck(contentType: string): ((start: Uint8Array) => boolean) | undefined {
  if (contentType === 'text/plain') return () => true;
  const magic = MAGIC.get(contentType);
  return magic && ((start) => magic.every((byte, index) => start[index] === byte));
}

/** Text piece by piece; answers what is wrong with it as soon as that shows. */
class PlainTextCheck {
  #decoder = new TextDecoder('utf-8', { fatal: true });
  /** The beginning without white space, until there is enough of it. */
  #beginning: string | undefined = '';

  takes(bytes: Uint8Array): string | undefined {
    let text: string;
    try {
      text = this.#decoder.decode(bytes, { stream: true });
    } catch {
      return NOT_TEXT;
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what gives binary data away.
    if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text)) return NOT_TEXT;
    if (this.#beginning === undefined) return undefined;
    this.#beginning = (this.#beginning + text).trimStart();
    return this.#beginning.length < LONGEST_BEGINNING ? undefined : this.#begins();
  }

  ends(): string | undefined {
    try {
      this.#decoder.decode();
    } catch {
      return NOT_TEXT;
    }
    return this.#begins();
  }

  #begins(): string | undefined {
    const beginning = this.#beginning ?? '';
    this.#beginning = undefined;
    return OTHER_TEXT_FORMAT.test(beginning) ? somethingElse('text/plain') : undefined;
  }
}

/**
 * Passes the bytes of an upload on while it checks them. Throws a FhirError: 415 for a type that is not taken, 422 when
 * the bytes are something else or there are none, 413 beyond `maxBytes`, in the middle of the stream.
 */
export async function* checkedAttachment(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const check = startCheck(contentType);
  if (!check) {
    throw new FhirError(415, [
      issue(
        'not-supported',
        `An attachment of type ${contentType || '(none given)'} is not taken. Use ${ATTACHMENT_TYPES.join(', ')}.`,
      ),
    ]);
  }
  const text = contentType === 'text/plain' ? new PlainTextCheck() : undefined;
  let start: Uint8Array | undefined = new Uint8Array(0);
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) throw attachmentTooLarge(maxBytes);
    const notText = text?.takes(chunk);
    if (notText) throw refused(notText);
    if (start && size < LONGEST_MAGIC) {
      start = Buffer.concat([start, chunk]);
      continue;
    }
    const bytes: Uint8Array = start ? Buffer.concat([start, chunk]) : chunk;
    if (start && !check(bytes)) throw refused(somethingElse(contentType));
    start = undefined;
    yield bytes;
  }
  if (size === 0) throw refused('is empty.');
  if (start) {
    if (!check(start)) throw refused(somethingElse(contentType));
    yield start;
  }
  const notText = text?.ends();
  if (notText) throw refused(notText);
}

export const attachmentTooLarge = (maxBytes: number): FhirError =>
  new FhirError(413, [issue('too-long', `An attachment may have ${maxBytes} bytes at the most.`)], {
    headers: { Connection: 'close' },
  });

const refused = (problem: string): FhirError => new FhirError(422, [issue('value', `The attachment ${problem}`)]);
