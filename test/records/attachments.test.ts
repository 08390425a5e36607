/**
 * The files of notes: uploaded beforehand, or inline; told by their bytes; never stored in a resource.
 *
 * Spec: https://hl7.org/fhir/R4/binary.html, https://mimesniff.spec.whatwg.org/
 */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attachmentProblem, checkedAttachment } from '../../src/records/attachments/attachment-type.ts';
import { sha256Hex } from '../../src/records/resources/canonical-json.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

const PDF = Buffer.from('%PDF-1.7\nInvented form\n%%EOF');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
const EXE = Buffer.from('MZ\u0090\u0000\u0003');

describe('what the bytes are', () => {
  const rows: [contentType: string, bytes: Uint8Array, problem: string | undefined][] = [
    ['application/pdf', PDF, undefined],
    ['image/png', PNG, undefined],
    ['image/jpeg', JPEG, undefined],
    ['text/plain', Buffer.from('Grüße\n\tmit Tab'), undefined],
    ['text/plain', Buffer.from('\ufeffText with a mark'), undefined],
    ['text/plain', Buffer.from(' \n '), undefined],
    ['text/plain', Buffer.from('< 5 sessions, > 3 weeks'), undefined],
    ['text/plain', Buffer.from('<youth> said: <html> is fun'), undefined],
    ['text/plain', Buffer.from('<bold> plans for %PDF-files'), undefined],
    ['text/plain', Buffer.from('<b'), undefined],
    ['text/plain', PDF, 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('\n %PDF-1.4'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('%PDF-'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('%!PS-Adobe-3.0'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<!DOCTYPE html><p>x'), 'is not text/plain: its content is something else.'],
    [
      'text/plain',
      Buffer.from(`\ufeff \r\n\t${' '.repeat(900)}<!doctype HTML>`),
      'is not text/plain: its content is something else.',
    ],
    ['text/plain', Buffer.from('<html lang="en">'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<HTML>'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<script>alert(1)</script>'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<svg/onload=alert(1)>'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<?xml version="1.0"?>'), 'is not text/plain: its content is something else.'],
    ['text/plain', Buffer.from('<p>'), 'is not text/plain: its content is something else.'],
    ['application/pdf', PNG, 'is not application/pdf: its content is something else.'],
    ['application/pdf', Buffer.from(' %PDF-1.7'), 'is not application/pdf: its content is something else.'],
    ['image/png', JPEG, 'is not image/png: its content is something else.'],
    ['image/jpeg', EXE, 'is not image/jpeg: its content is something else.'],
    ['text/plain', EXE, 'is not plain text in UTF-8.'],
    ['text/plain', PNG, 'is not plain text in UTF-8.'],
    ['text/plain', Buffer.from([0x47, 0xfc]), 'is not plain text in UTF-8.'],
    ['text/plain', Buffer.from('a\u0000b'), 'is not plain text in UTF-8.'],
    ['text/plain', Buffer.from([0xc3]), 'is not plain text in UTF-8.'],
    ['application/pdf', Buffer.alloc(0), 'is empty.'],
    [
      'text/html',
      Buffer.from('<p>'),
      'of type text/html is not taken. Use application/pdf, image/png, image/jpeg, text/plain.',
    ],
    ['toString', PDF, 'of type toString is not taken. Use application/pdf, image/png, image/jpeg, text/plain.'],
  ];
  test.each(rows)('%s %s', async (contentType, bytes, problem) => {
    expect(attachmentProblem(contentType, bytes)).toBe(problem);
    // Whole, and byte by byte: a stream may be cut anywhere, also inside a character.
    for (const size of [Math.max(bytes.length, 1), 1]) {
      const passed = collect(checkedAttachment(pieces(bytes, size), contentType, 1000));
      if (problem)
        await expect(passed).rejects.toThrow(
          contentType === 'toString' || contentType === 'text/html' ? 'is not taken' : problem,
        );
      else expect(await passed).toEqual(Buffer.from(bytes));
    }
  });

  test('an upload that is too large breaks off in the middle', async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield Buffer.from('text ');
      }
    }
    await expect(collect(checkedAttachment(endless(), 'text/plain', 100))).rejects.toMatchObject({ status: 413 });
    expect(asked).toBe(21);
  });
});

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** A client that looks at nothing before its body is out; resolves to the answer as text. */
function sendThenRead(
  url: string,
  tenant: string,
  contentType: string,
  bytes: number,
  extra: readonly string[],
): Promise<string> {
  const chunked = extra.some((line) => line.includes('chunked'));
  const head = [
    'POST /mentoring/attachments HTTP/1.1',
    'Host: records.example',
    `X-Tenant: ${tenant}`,
    `Content-Type: ${contentType}`,
    'Connection: close',
    ...(chunked ? [] : [`Content-Length: ${bytes}`]),
    ...extra,
    '',
    '',
  ].join('\r\n');
  const piece = Buffer.alloc(30_000, 'x');
  const framed = chunked ? Buffer.concat([Buffer.from('7530\r\n'), piece, Buffer.from('\r\n')]) : piece;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname).on('error', reject).pause();
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('end', () => resolve(text));
    let sent = 0;
    const next = (): void => {
      if (sent < bytes) {
        sent += piece.length;
        // With pauses, as a network has them: the answer is out before the body is.
        socket.write(framed, () => setTimeout(next, 2));
      } else {
        if (chunked) socket.write('0\r\n\r\n');
        socket.resume();
      }
    };
    socket.write(head, next);
  });
}

describe('over HTTP', () => {
  let service: RecordsService;
  let agency: Agency;

  beforeAll(async () => {
    service = await startRecords();
    agency = service.agency();
    await agency.sendExamplesUpTo('mentors');
  });
  afterAll(() => service.stop());
  afterEach(() => expect(service.errors).toEqual([]));

  const upload = (bytes: Uint8Array | string, contentType: string) =>
    agency.send('POST', '/attachments', bytes, { 'content-type': contentType });

  const note = (id: string, attachment: object) => {
    const { text: _text, ...rest } = example('notes');
    const { sessionIds: _s, goalIds: _g, planIds: _p, ...note } = rest;
    return { ...note, id, attachment } as never;
  };

  const bytesOf = async (id: string): Promise<Buffer> => {
    const content = await service.store.resources.binary(agency.grant, id);
    if (!content) throw new Error('no bytes');
    return collect(content.chunks);
  };

  test('an upload is answered with its id, size and hash, and a note claims it', async () => {
    const uploaded = await upload(PDF, 'application/pdf');
    expect(uploaded.status).toBe(201);
    const { uploadId, ...rest } = uploaded.json;
    expect(rest).toEqual({ contentType: 'application/pdf', size: PDF.length, hash: `sha256:${sha256Hex(PDF)}` });

    const record = note('uploaded', { contentType: 'application/pdf', uploadId });
    const written = await agency.put('notes', record);
    expect(written.json.resources).toContain(`Binary/${uploadId}`);
    const document = (await agency.resource('DocumentReference', 'uploaded')) as never as {
      id: string;
      content: { attachment: { url: string } }[];
    };
    expect(document.content[0]?.attachment.url).toBe(`Binary/${uploadId}`);
    const binary = await agency.resource('Binary', uploadId);
    expect(binary).toMatchObject({
      contentType: 'application/pdf',
      securityContext: { reference: `DocumentReference/${document.id}` },
    });
    expect(binary).not.toHaveProperty('data');
    expect(await bytesOf(uploadId)).toEqual(PDF);
    expect((await agency.get('/notes/uploaded')).json).toEqual(record);
    expect((await agency.put('notes', record)).json.outcome).toBe('unchanged');
    expect(
      (await agency.get('/notes?count=500')).json.items.find((item: { id: string }) => item.id === 'uploaded')
        .resources,
    ).toContain(`Binary/${uploadId}`);
  });

  test('an upload belongs to one note', async () => {
    const { uploadId } = (await upload(PNG, 'image/png')).json;
    await agency.put('notes', note('first', { contentType: 'image/png', uploadId }));
    const second = await agency.send('PUT', '/notes/second', note('second', { contentType: 'image/png', uploadId }));
    expect(second.status).toBe(422);
    expect(second.json.issue[0].diagnostics).toMatch(/belongs to notes\/first already/);
  });

  test('an unknown upload, another type, another tenant’s upload', async () => {
    const unknown = await agency.send('PUT', '/notes/x', note('x', { contentType: 'image/png', uploadId: 'nowhere' }));
    expect(unknown.json.issue.map((issue: { diagnostics: string }) => issue.diagnostics)).toContain(
      'attachment.uploadId: there is no upload "nowhere". Upload the file to /mentoring/attachments first; an upload that no note uses is removed after a day.',
    );
    const { uploadId } = (await upload(PNG, 'image/png')).json;
    const other = await agency.send('PUT', '/notes/x', note('x', { contentType: 'application/pdf', uploadId }));
    expect(other.json.issue[0].diagnostics).toBe(
      'attachment.contentType is "application/pdf", but "image/png" was uploaded.',
    );
    const stranger = service.agency();
    await stranger.sendExamplesUpTo('mentors');
    const stolen = await stranger.send('PUT', '/notes/x', note('x', { contentType: 'image/png', uploadId }));
    expect(stolen.status).toBe(422);
    expect((await agency.get('/notes/x')).status).toBe(404);
  });

  test('inline data leaves the resource, and comes back with the record', async () => {
    const record = note('inline', { contentType: 'text/plain', data: Buffer.from('Erste Fassung').toString('base64') });
    await agency.put('notes', record);
    const binary = await agency.resource('Binary', 'inline');
    expect(binary).not.toHaveProperty('data');
    expect((await bytesOf(binary.id ?? '')).toString()).toBe('Erste Fassung');
    expect((await agency.get('/notes/inline')).json).toEqual(record);
  });

  test('changed bytes are another Binary; the old one is deleted, and comes back with its bytes', async () => {
    const version = (text: string) =>
      note('changing', { contentType: 'text/plain', data: Buffer.from(text).toString('base64') });
    await agency.put('notes', version('one'));
    const first = await agency.resource('Binary', 'changing');
    await agency.put('notes', version('two'));
    const second = await agency.resource('Binary', 'changing');
    expect(second.id).not.toBe(first.id);
    expect((await service.store.resources.read(agency.grant, 'Binary', first.id ?? ''))?.deleted).toBe(true);
    await agency.put('notes', version('one'));
    expect((await agency.resource('Binary', 'changing')).id).toBe(first.id);
    expect((await bytesOf(first.id ?? '')).toString()).toBe('one');
    expect((await agency.get('/notes/changing')).json).toEqual(version('one'));
  });

  test('inline data that is not what it says', async () => {
    const record = note('fake', { contentType: 'application/pdf', data: PNG.toString('base64') });
    const answer = await agency.send('PUT', '/notes/fake', record);
    expect([answer.status, answer.json.issue[0].expression, answer.json.issue[0].diagnostics]).toEqual([
      422,
      ['attachment.data'],
      'attachment is not application/pdf: its content is something else.',
    ]);
  });

  test('inline data beyond what a record may have is told the way for large files', async () => {
    const record = note('large', { contentType: 'text/plain', data: 'QUFB'.repeat(300_000) });
    const answer = await agency.send('PUT', '/notes/large', record);
    expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([
      413,
      'The body is larger than 1048576 bytes. Upload the file of the note to /mentoring/attachments first, and name its uploadId instead of attachment.data.',
    ]);
    const other = await agency.send('PUT', '/youths/large', record);
    expect([other.status, other.json.issue[0].diagnostics]).toEqual([
      413,
      'The body is larger than 1048576 bytes. No record is that large: check what was sent. Send many records with POST /mentoring/$import.',
    ]);
  });

  test('eight writers of one note with a file at once', async () => {
    const record = note('race', { contentType: 'text/plain', data: Buffer.from('race').toString('base64') });
    const answers = await Promise.all(Array.from({ length: 8 }, () => agency.send('PUT', '/notes/race', record)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect((await agency.get('/notes/race')).json).toEqual(record);
  });

  const refused: [what: string, bytes: Uint8Array | string, contentType: string, status: number][] = [
    ['a type that is not taken', '<p>', 'text/html', 415],
    ['another charset', 'text', 'text/plain; charset=iso-8859-1', 415],
    ['content that is something else', PNG, 'application/pdf', 422],
    ['nothing', '', 'application/pdf', 422],
    ['too much', Buffer.concat([PDF, Buffer.alloc(300_000, 32)]), 'application/pdf', 413],
  ];
  test.each(refused)('%s is refused', async (_what, bytes, contentType, status) => {
    const answer = await upload(bytes, contentType);
    expect([answer.status, answer.json.resourceType]).toEqual([status, 'OperationOutcome']);
  });

  const stubborn: [what: string, contentType: string, bytes: number, extra: string[], status: number][] = [
    ['too much', 'text/plain', 570_000, [], 413],
    ['too much in chunks', 'text/plain', 570_000, ['Transfer-Encoding: chunked'], 413],
    ['a type that is not taken', 'text/html', 270_000, [], 415],
    ['no PDF', 'application/pdf', 270_000, [], 422],
  ];
  test.each(stubborn)('%s: a client that sends to the end before it reads gets its answer', async (_what, ...rest) => {
    const [contentType, bytes, extra, status] = rest;
    for (let time = 0; time < 3; time++) {
      const answer = await sendThenRead(service.url, agency.tenant, contentType, bytes, extra);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toContain('OperationOutcome');
    }
  });

  test('a client that sends for ever is cut off', async () => {
    const ended = sendThenRead(service.url, agency.tenant, 'text/plain', 5_000_000, []).catch(() => 'cut off');
    expect(await ended).toMatch(/^HTTP\/1\.1 413 |^cut off$/);
  });

  test('too much in a stream without a length is refused while it arrives', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('text '.repeat(2000)));
      },
    });
    const answer = await agency
      .send('POST', '/attachments', body, { 'content-type': 'text/plain' })
      .catch((error: unknown) => error as Error);
    // The client may see the answer, or only that the connection was closed on it while it was still sending.
    if (!(answer instanceof Error)) expect(answer.status).toBe(413);
    expect((await upload(PDF, 'application/pdf')).status).toBe(201);
  });
});
