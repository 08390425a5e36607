/**
 * The bytes of Binary resources and of uploads, in pieces of 256 KiB.
 *
 * Spec: https://hl7.org/fhir/R4/binary.html
 *
 * Bytes arrive before the Binary they belong to exists. Each upload has rows of its own and counts from the moment it
 * is complete, so a broken upload never shows and a repeated one replaces the first, as long as no Binary claims them.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Grant } from '../privacy/grant.ts';
import type { SqlEngine } from './engine.ts';
import { type BinaryContent, CommitConflict } from './resource-store.ts';

const PIECE_BYTES = 256 * 1024;

interface BinaryDeps {
  engine: SqlEngine;
  now(): Date;
}

/**
 * Stores what `chunks` yields. Whatever `chunks` throws is passed on, and nothing is kept. Throws CommitConflict when
 * a Binary with this id exists: its bytes do not change.
 */
export async function stageBinary(
  { engine, now }: BinaryDeps,
  { tenant }: Grant,
  id: string,
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ size: number; hash: string }> {
  const upload = randomUUID();
  await engine.query({
    text: `INSERT INTO binary_upload (tenant, upload, id, content_type, started_at, complete, size, hash)
           VALUES ($1, $2, $3, $4, $5, false, 0, '')`,
    values: [tenant, upload, id, contentType, now().getTime()],
    writes: 1,
  });
  try {
    const digest = createHash('sha256');
    let size = 0;
    let seq = 0;
    for await (const piece of inPieces(chunks)) {
      digest.update(piece);
      size += piece.byteLength;
      await engine.query({
        name: 'binary piece',
        text: 'INSERT INTO binary_chunk (tenant, upload, seq, data) VALUES ($1, $2, $3, $4)',
        values: [tenant, upload, seq++, piece],
        writes: 1,
      });
    }
    const hash = digest.digest('hex');
    await complete(engine, { tenant, id, upload, size, hash });
    return { size, hash };
  } catch (error) {
    await discard(engine, tenant, upload).catch(() => {}); // removeUnclaimedBinaries finds what could not be discarded
    throw error;
  }
}

interface Upload {
  tenant: string;
  id: string;
  upload: string;
  size: number;
  hash: string;
}

async function complete(engine: SqlEngine, { tenant, id, upload, size, hash }: Upload): Promise<void> {
  const completed = await engine.query({
    text: `WITH done AS (
             UPDATE binary_upload SET complete = true, size = $4, hash = $5
              WHERE tenant = $1 AND upload = $3
                AND NOT EXISTS (SELECT FROM resource WHERE tenant = $1 AND resource_type = 'Binary' AND id = $2)
             RETURNING upload),
           replaced AS (
             DELETE FROM binary_upload b USING done
              WHERE b.tenant = $1 AND b.id = $2 AND b.complete AND b.upload <> done.upload
             RETURNING b.upload),
           pieces AS (
             DELETE FROM binary_chunk p USING replaced WHERE p.tenant = $1 AND p.upload = replaced.upload)
           SELECT upload::text FROM done`,
    values: [tenant, id, upload, size, hash],
    writes: 1,
  });
  if (completed.length === 0) throw new CommitConflict('Binary', id);
}

async function discard(engine: SqlEngine, tenant: string, upload: string): Promise<void> {
  await engine.query({
    text: `WITH gone AS (DELETE FROM binary_upload WHERE tenant = $1 AND upload = $2)
           DELETE FROM binary_chunk WHERE tenant = $1 AND upload = $2`,
    values: [tenant, upload],
    writes: 1,
  });
}

/** Size, hash and bytes; undefined when there are none under this id. The bytes are read while they are consumed. */
export async function binary(engine: SqlEngine, { tenant }: Grant, id: string): Promise<BinaryContent | undefined> {
  const [row] = await engine.query<{ upload: string; content_type: string; size: number; hash: string }>({
    name: 'binary',
    text: `SELECT upload::text, content_type, size, hash FROM binary_upload
            WHERE tenant = $1 AND id = $2 AND complete ORDER BY started_at DESC LIMIT 1`,
    values: [tenant, id],
  });
  if (!row) return undefined;
  const { upload, content_type: contentType, size, hash } = row;
  return { contentType, size, hash, chunks: pieces(engine, tenant, upload, size) };
}

async function* pieces(engine: SqlEngine, tenant: string, upload: string, size: number): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for (let seq = 0; sent < size; seq++) {
    const [row] = await engine.query<{ data: Uint8Array }>({
      name: 'binary read',
      text: 'SELECT data FROM binary_chunk WHERE tenant = $1 AND upload = $2 AND seq = $3',
      values: [tenant, upload, seq],
    });
    if (!row) throw new Error('The bytes were replaced or removed while they were read.');
    sent += row.data.byteLength;
    yield row.data;
  }
}

/**
 * Removes the bytes of every tenant that were staged before `olderThan` and that neither a Binary nor an unfinished
 * import uses. Returns how many uploads were removed.
 */
export async function removeUnclaimedBinaries(engine: SqlEngine, olderThan: Date): Promise<number> {
  const [row] = await engine.query<{ removed: number }>({
    text: `WITH gone AS (
             DELETE FROM binary_upload b
              WHERE b.started_at < $1
                AND (NOT b.complete
                     OR NOT EXISTS (SELECT FROM resource r
                                     WHERE r.tenant = b.tenant AND r.resource_type = 'Binary' AND r.id = b.id)
                    AND NOT EXISTS (SELECT FROM import_job j
                                     WHERE j.tenant = b.tenant AND j.upload_id = b.id AND j.status IN ('queued', 'running')))
             RETURNING b.tenant, b.upload),
           pieces AS (
             DELETE FROM binary_chunk p USING gone WHERE p.tenant = gone.tenant AND p.upload = gone.upload)
           SELECT count(*) AS removed FROM gone`,
    values: [olderThan.getTime()],
    writes: 1,
  });
  return row?.removed ?? 0;
}

/** The same bytes in pieces of PIECE_BYTES, the last one shorter; holds one piece at a time. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      const part = chunk.subarray(at, at + PIECE_BYTES - filled);
      piece.set(part, filled);
      filled += part.byteLength;
      at += part.byteLength;
      if (filled < PIECE_BYTES) continue;
      yield piece;
      piece = new Uint8Array(PIECE_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
