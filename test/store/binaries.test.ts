/** https://hl7.org/fhir/R4/binary.html: bytes in and out, broken uploads, and what is cleared away. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CommitConflict } from '../../src/store/resource-store.ts';
import { clock, GRANT, OTHER_GRANT, onEveryEngine, put } from './stores.ts';

const PIECE = 256 * 1024;

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const bytesOf = (length: number, seed = 7): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed + (i >> 8)) % 256);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const binaryResource = (id: string) => put(id, 0, { resourceType: 'Binary', contentType: 'application/pdf' });

onEveryEngine('binaries', (place) => {
  const resources = () => place.store().resources;
  const stage = (id: string, bytes: Uint8Array, size = 1000) =>
    resources().stageBinary(GRANT, id, 'application/pdf', inChunks(bytes, size));
  const read = async (id: string): Promise<Buffer | undefined> => {
    const found = await resources().binary(GRANT, id);
    if (!found) return undefined;
    const parts: Uint8Array[] = [];
    for await (const chunk of found.chunks) parts.push(chunk);
    return Buffer.concat(parts);
  };

  const sizes: [length: number, chunk: number][] = [
    [0, 10],
    [1, 10],
    [1000, 7],
    [PIECE, PIECE],
    [PIECE + 1, 65_536],
    [3 * PIECE - 1, 2 * PIECE],
  ];
  for (const [length, chunk] of sizes) {
    test(`${length} bytes that arrive ${chunk} at a time come back the same`, async () => {
      const bytes = bytesOf(length);
      const id = `size-${length}`;
      expect(await stage(id, bytes, chunk)).toEqual({ size: length, hash: sha256(bytes) });
      const found = await resources().binary(GRANT, id);
      expect(found).toMatchObject({ contentType: 'application/pdf', size: length, hash: sha256(bytes) });
      expect(Buffer.compare((await read(id)) ?? Buffer.alloc(1), bytes)).toBe(0);
    });
  }

  test('pieces that the sender reuses are not mixed up', async () => {
    const scratch = new Uint8Array(PIECE);
    async function* reused() {
      for (const value of [1, 2, 3]) yield scratch.fill(value);
    }
    await resources().stageBinary(GRANT, 'reused', 'text/plain', reused());
    const bytes = await read('reused');
    expect([bytes?.[0], bytes?.[PIECE], bytes?.[2 * PIECE]]).toEqual([1, 2, 3]);
  });

  test('what the sender throws is passed on, and nothing is kept', async () => {
    class Broken extends Error {}
    async function* breaks() {
      yield bytesOf(2 * PIECE);
      throw new Broken('the connection was closed');
    }
    await expect(resources().stageBinary(GRANT, 'broken', 'text/plain', breaks())).rejects.toBeInstanceOf(Broken);
    expect(await resources().binary(GRANT, 'broken')).toBeUndefined();
    clock.tick(1);
    expect(await resources().removeUnclaimedBinaries(new Date(0))).toBe(0);
  });

  test('staged again before a Binary claims it, the newer bytes count', async () => {
    await stage('again', bytesOf(10, 1));
    clock.tick();
    await stage('again', bytesOf(20, 2));
    expect((await read('again'))?.length).toBe(20);
  });

  test('the bytes of a Binary do not change', async () => {
    await stage('fixed', bytesOf(10));
    await resources().commit(GRANT, { resources: [binaryResource('fixed')] });
    await expect(stage('fixed', bytesOf(11))).rejects.toBeInstanceOf(CommitConflict);
    expect((await read('fixed'))?.length).toBe(10);
  });

  test('another tenant does not see them', async () => {
    await stage('private', bytesOf(3));
    expect(await resources().binary(OTHER_GRANT, 'private')).toBeUndefined();
  });

  describe('removeUnclaimedBinaries', () => {
    test('removes what is older and used by nobody; keeps Binaries, uploads of open imports, and what is new', async () => {
      clock.tick(1000);
      for (const id of ['unclaimed', 'claimed', 'importing']) await stage(id, bytesOf(PIECE + 5));
      await resources().commit(GRANT, { resources: [binaryResource('claimed')] });
      const { imports } = place.store();
      const job = {
        id: 'job',
        format: 'csv',
        status: 'queued',
        uploadId: 'importing',
        totalBytes: 5,
        position: 0,
        line: 0,
        accepted: 0,
        refused: 0,
        readerState: '',
      } as const;
      await imports.createImport(GRANT, job);
      clock.tick(1000);
      await stage('new', bytesOf(5));

      await resources().removeUnclaimedBinaries(new Date(clock.at.getTime() - 500));
      const left = await Promise.all(
        ['unclaimed', 'claimed', 'importing', 'new'].map(async (id) => (await read(id))?.length),
      );
      expect(left).toEqual([undefined, PIECE + 5, PIECE + 5, 5]);
      expect(await resources().removeUnclaimedBinaries(new Date(clock.at.getTime() - 500))).toBe(0);

      await imports.cancelImport(GRANT, 'job');
      expect(await resources().removeUnclaimedBinaries(new Date(clock.at.getTime() - 500))).toBe(1);
      expect(await read('importing')).toBeUndefined();
    });
  });
});
