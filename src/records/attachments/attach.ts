/**
 * POST /mentoring/attachments: the file of a note, streamed into the store.
 *
 * The bytes wait under the id that the Binary of the note will have. What no note claims within a day is removed. Of a
 * refused upload the rest is read and thrown away, up to twice the limit: see discard-body.ts.
 */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { mediaType } from '../../http/content-negotiation.ts';
import { discardBody } from '../../http/discard-body.ts';
import { FhirError, issue } from '../../outcome/fhir-error.ts';
import { sendJson } from '../records-http.ts';
import type { RecordsParts } from '../records-parts.ts';
import { readQuery } from '../request-query.ts';
import { requireIdentityEncoding } from '../request-stream.ts';
import { ATTACHMENT_TYPES, attachmentTooLarge, checkedAttachment } from './attachment-type.ts';

/** Answers 201. Throws FhirError 413 for a body that is too large, 415 and 422 as attachment-type.ts says. */
export async function attach(request: Request, response: Response, parts: RecordsParts): Promise<void> {
  try {
    await takeUpload(request, response, parts);
  } catch (error) {
    if (!(await discardBody(request, 2 * parts.maxAttachmentBytes))) response.setHeader('Connection', 'close');
    throw error;
  }
}

async function takeUpload(request: Request, response: Response, parts: RecordsParts): Promise<void> {
  readQuery(request, []);
  requireIdentityEncoding(request);
  const contentType = attachmentContentType(request);
  if (Number(request.headers['content-length']) > parts.maxAttachmentBytes)
    throw attachmentTooLarge(parts.maxAttachmentBytes);
  const uploadId = parts.newId();
  const chunks = checkedAttachment(request.iterator({ destroyOnReturn: false }), contentType, parts.maxAttachmentBytes);
  const { size, hash } = await parts.store.stageBinary(parts.grantFor(request), uploadId, contentType, chunks);
  sendJson(response, 201, { uploadId, contentType, size, hash: `sha256:${hash}` });
}

function attachmentContentType(request: IncomingMessage): string {
  const { name, parameters } = mediaType(request.headers['content-type'] ?? '');
  const charset = parameters.get('charset')?.toLowerCase();
  if (!ATTACHMENT_TYPES.includes(name) || (charset !== undefined && charset !== 'utf-8')) {
    throw new FhirError(415, [
      issue(
        'not-supported',
        `Send the file itself, with its Content-Type: ${ATTACHMENT_TYPES.join(', ')} (text in UTF-8).`,
      ),
    ]);
  }
  return name;
}
