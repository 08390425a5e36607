/**
 * https://hl7.org/fhir/R4/http.html#concurrency and https://hl7.org/fhir/R4/resource.html#metadata:
 * what a commit writes, what it refuses, and that a refused one leaves nothing.
 */
import { describe, expect, test } from 'vitest';
import { CommitConflict } from '../../src/store/resource-store.ts';
import { clock, encounter, GRANT, OTHER_GRANT, onEveryEngine, put, remove } from './stores.ts';

const record = (sourceId: string, expectedVersion: number, more = {}) => ({
  kind: 'sessions',
  sourceId,
  expectedVersion,
  hash: 'a'.repeat(64),
  content: `{"id":"${sourceId}"}`,
  deleted: false,
  map: 'urn:map|1',
  ...more,
});

onEveryEngine('commit', (place) => {
  const resources = () => place.store().resources;

  describe('what is stored', () => {
    test('id, versionId and lastUpdated stand in the text, first and in this order', async () => {
      clock.tick(1500);
      const meta = { profile: ['urn:p'], versionId: '77', lastUpdated: '1999-01-01T00:00:00Z' };
      const [version] = await resources().commit(GRANT, {
        resources: [put('stamp', 0, encounter({}, { id: 'not-this', meta }))],
      });
      const at = clock.now().toISOString();
      expect(
        version?.content.startsWith(
          `{"resourceType":"Encounter","id":"stamp","meta":{"versionId":"1","lastUpdated":"${at}","profile":["urn:p"]}`,
        ),
      ).toBe(true);
      expect(version).toEqual(await resources().read(GRANT, 'Encounter', 'stamp'));
      expect(version).toMatchObject({ versionId: 1, lastUpdated: at, deleted: false, method: 'PUT' });
    });

    test('create, update, delete and create again are versions 1 to 4; each stays readable', async () => {
      await resources().commit(GRANT, { resources: [put('life', 0, encounter({}, { status: 'planned' }))] });
      await resources().commit(GRANT, { resources: [put('life', 1)] });
      const [deleted] = await resources().commit(GRANT, { resources: [remove('life', 2)] });
      expect(deleted).toMatchObject({ versionId: 3, deleted: true, method: 'DELETE', content: '' });
      expect(await resources().read(GRANT, 'Encounter', 'life')).toEqual(deleted);
      await resources().commit(GRANT, { resources: [put('life', 3)] });

      const versions = await Promise.all([1, 2, 3, 4, 5].map((n) => resources().vread(GRANT, 'Encounter', 'life', n)));
      expect(versions.map((v) => v && [v.versionId, v.method, v.deleted])).toEqual([
        [1, 'PUT', false],
        [2, 'PUT', false],
        [3, 'DELETE', true],
        [4, 'PUT', false],
        undefined,
      ]);
      expect(versions[0]?.content).toContain('"status":"planned"');
      expect(versions[1]?.content).toContain('"versionId":"2"');
    });

    test('text keeps every character PostgreSQL can hold', async () => {
      const text = `quote " backslash \\ brace {} comma , null NULL newline \n emoji 👩‍👧 \\u0000 spelt out`;
      const [version] = await resources().commit(GRANT, {
        resources: [put('text', 0, encounter({}, { language: text }))],
      });
      const read = await resources().read(GRANT, 'Encounter', 'text');
      expect(read?.content).toBe(version?.content);
      expect(JSON.parse(read?.content ?? '').language).toBe(text);
    });

    test('the new versions come back in the order of the changes', async () => {
      await resources().commit(GRANT, { resources: [put('order-b', 0)] });
      const versions = await resources().commit(GRANT, {
        resources: [put('order-c', 0), put('order-b', 1), put('order-a', 0)],
      });
      expect(versions.map((v) => `${v.id}/${v.versionId}`)).toEqual(['order-c/1', 'order-b/2', 'order-a/1']);
    });

    test('in a commit of new and changed resources each gets its own index rows', async () => {
      const named = (value: string) => encounter({ tokens: [{ code: 'mixed', system: undefined, value }] });
      await resources().commit(GRANT, { resources: [put('mixed-1', 0), put('mixed-4', 0)] });
      const changes = [put('mixed-4', 1, named('d')), put('mixed-3', 0, named('c')), put('mixed-2', 0, named('b'))];
      await resources().commit(GRANT, { resources: [...changes, put('mixed-1', 1, named('a'))] });
      for (const [value, id] of Object.entries({ a: 'mixed-1', b: 'mixed-2', c: 'mixed-3', d: 'mixed-4' })) {
        const page = await resources().search(GRANT, {
          resourceType: 'Encounter',
          clauses: [{ kind: 'token', code: 'mixed', any: [{ code: value }] }],
          count: 9,
        });
        expect([value, page.versions.map((version) => version.id)]).toEqual([value, [id]]);
      }
    });

    test('two thousand resources in one commit, then all of them again', async () => {
      const ids = Array.from({ length: 2000 }, (_, i) => `many-${i}`);
      const entries = {
        tokens: [{ code: 'many', system: 'urn:s', value: 'yes' }],
        dates: [{ code: 'date', from: 0, to: 1 }],
      };
      await resources().commit(GRANT, { resources: ids.map((id) => put(id, 0, encounter(entries))) });
      const versions = await resources().commit(GRANT, { resources: ids.map((id) => put(id, 1, encounter(entries))) });
      expect(versions.length).toBe(2000);
      const found = await resources().search(GRANT, {
        resourceType: 'Encounter',
        count: 0,
        clauses: [{ kind: 'token', code: 'many', any: [{ code: 'yes' }] }],
      });
      expect(found.total).toBe(2000);
    });

    test('a record, its history and its links are written with the resource', async () => {
      const link = { resourceType: 'Encounter', sourceId: 's-1', id: 'rec-1', kind: 'sessions', recordId: 's-1' };
      await resources().commit(GRANT, {
        resources: [put('rec-1', 0)],
        sourceRecords: [record('s-1', 0)],
        sourceLinks: [link],
      });
      await resources().commit(GRANT, {
        resources: [put('rec-1', 1)],
        sourceRecords: [record('s-1', 1, { content: '{"v":2}', hash: 'b'.repeat(64) })],
        sourceLinks: [{ ...link, mapped: '{"resourceType":"Encounter"}' }],
      });
      expect(await resources().sourceRecord(GRANT, 'sessions', 's-1')).toEqual({
        kind: 'sessions',
        sourceId: 's-1',
        version: 2,
        hash: 'b'.repeat(64),
        content: '{"v":2}',
        deleted: false,
        map: 'urn:map|1',
        receivedAt: clock.now().toISOString(),
      });
      expect(await resources().linksBySource(GRANT, [{ resourceType: 'Encounter', sourceId: 's-1' }])).toEqual([
        { ...link, mapped: '{"resourceType":"Encounter"}' },
      ]);
    });

    test('writing a link again changes nothing; the last mention of a source id in a set counts', async () => {
      const link = { resourceType: 'Patient', sourceId: 'y-1', id: 'pat-1', kind: 'youths', recordId: 'y-1' };
      await resources().commit(GRANT, { resources: [], sourceLinks: [link] });
      await resources().commit(GRANT, { resources: [], sourceLinks: [{ ...link, id: 'pat-0' }, link] });
      expect(await resources().linksOfRecord(GRANT, 'youths', 'y-1')).toEqual([link]);
    });

    test('nothing to write is no error', async () => {
      expect(await resources().commit(GRANT, { resources: [] })).toEqual([]);
    });
  });

  describe('what is refused', () => {
    const conflicts: [title: string, change: () => ReturnType<typeof put>][] = [
      ['a create of what exists', () => put('taken', 0)],
      ['an update of an older version', () => put('taken', 1)],
      ['an update of a version that is not there yet', () => put('taken', 3)],
      ['an update of what does not exist', () => put('nobody', 1)],
      ['a delete of an older version', () => remove('taken', 1)],
      ['a delete of what does not exist', () => remove('nobody', 1)],
    ];
    for (const [title, change] of conflicts) {
      test(`${title} is a conflict that names it, and nothing of its set is written`, async () => {
        if (!(await resources().read(GRANT, 'Encounter', 'taken'))) {
          await resources().commit(GRANT, { resources: [put('taken', 0)] });
          await resources().commit(GRANT, { resources: [put('taken', 1)] });
          await resources().commit(GRANT, { resources: [put('bystander', 0)] });
        }
        const refused = change();
        const attempt = resources().commit(GRANT, {
          resources: [put('leftover', 0), refused, put('bystander', 1)],
          sourceRecords: [record('leftover', 0)],
          sourceLinks: [
            { resourceType: 'Encounter', sourceId: 'leftover', id: 'leftover', kind: 'sessions', recordId: 'leftover' },
          ],
        });
        await expect(attempt).rejects.toBeInstanceOf(CommitConflict);
        await expect(attempt).rejects.toMatchObject({ resourceType: 'Encounter', id: refused.id });

        expect(await resources().read(GRANT, 'Encounter', 'leftover')).toBeUndefined();
        expect((await resources().read(GRANT, 'Encounter', 'bystander'))?.versionId).toBe(1);
        expect((await resources().read(GRANT, 'Encounter', 'taken'))?.versionId).toBe(2);
        const bystander = { resourceType: 'Encounter', id: 'bystander', count: 9 };
        expect((await resources().history(GRANT, bystander)).versions.length).toBe(1);
        expect(await resources().sourceRecord(GRANT, 'sessions', 'leftover')).toBeUndefined();
        expect(await resources().linksOfRecord(GRANT, 'sessions', 'leftover')).toEqual([]);
      });
    }

    for (const [title, expectedVersion] of [
      ['a record that exists already', 0],
      ['a record at an older version', 1],
    ] as const) {
      test(`${title} is a conflict, and its resource is not written`, async () => {
        if (!(await resources().sourceRecord(GRANT, 'sessions', 'r/1'))) {
          await resources().commit(GRANT, { resources: [], sourceRecords: [record('r/1', 0)] });
          await resources().commit(GRANT, { resources: [], sourceRecords: [record('r/1', 1)] });
        }
        const attempt = resources().commit(GRANT, {
          resources: [put('beside-record', 0)],
          sourceRecords: [record('r/1', expectedVersion)],
        });
        await expect(attempt).rejects.toMatchObject({ name: 'CommitConflict', resourceType: 'sessions', id: 'r/1' });
        expect(await resources().read(GRANT, 'Encounter', 'beside-record')).toBeUndefined();
      });
    }

    const unstorable: [title: string, more: object][] = [
      ['U+0000 in a resource', { language: 'a\u0000b' }],
      ['a lone surrogate in a resource', { language: 'a\ud83db' }],
      ['U+0000 behind a backslash', { language: '\\\u0000' }],
    ];
    for (const [title, more] of unstorable) {
      test(`${title} is told as a bad request, and the store goes on`, async () => {
        const attempt = resources().commit(GRANT, { resources: [put('unstorable', 0, encounter({}, more))] });
        await expect(attempt).rejects.toMatchObject({ name: 'FhirError', status: 400 });
        expect(await resources().read(GRANT, 'Encounter', 'unstorable')).toBeUndefined();
      });
    }

    test('U+0000 and lone surrogates in ids, index values and records are told the same way', async () => {
      const strings = { strings: [{ code: 'name', value: 'x\u0000' }] };
      const attempts = [
        () => resources().commit(GRANT, { resources: [put('nul\u0000', 0)] }),
        () => resources().commit(GRANT, { resources: [put('nul', 0, encounter(strings))] }),
        () => resources().commit(GRANT, { resources: [], sourceRecords: [record('nul', 0, { content: '\udc00' })] }),
        () => resources().read(GRANT, 'Encounter', '\u0000'),
        () =>
          resources().search(GRANT, {
            resourceType: 'Encounter',
            count: 1,
            clauses: [{ kind: 'id', any: ['\u0000'] }],
          }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ name: 'FhirError', status: 400 });
    });

    test('a set that contradicts itself is our mistake and says so', async () => {
      const sets = [
        { resources: [put('twice', 0), put('twice', 0)] },
        { resources: [{ ...put('typed', 0), resourceType: 'Patient' }] },
        { resources: [{ ...put('bodiless', 0), method: 'DELETE' as const }] },
        { resources: [remove('never', 0)] },
        { resources: [], sourceRecords: [record('twice', 0), record('twice', 1)] },
      ];
      for (const set of sets)
        await expect(resources().commit(GRANT, set)).rejects.toThrow(/twice|Encounter|wrong body|deleted/);
      expect(await resources().read(GRANT, 'Encounter', 'twice')).toBeUndefined();
    });
  });

  describe('races', () => {
    const outcomes = async (attempts: Promise<unknown>[]) => {
      const settled = await Promise.allSettled(attempts);
      const lost = settled.filter((s) => s.status === 'rejected').map((s) => s.reason);
      expect(lost.every((reason) => reason instanceof CommitConflict)).toBe(true);
      return settled.length - lost.length;
    };

    test('of 8 creates of one id exactly one wins', async () => {
      for (const round of [1, 2, 3, 4, 5]) {
        const id = `race-${round}`;
        const tries = Array.from({ length: 8 }, (_, n) =>
          resources().commit(GRANT, {
            resources: [put(id, 0, encounter({}, { language: `try-${n}` })), put(`${id}-${n}`, 0)],
          }),
        );
        expect(await outcomes(tries)).toBe(1);
        const winner = JSON.parse((await resources().read(GRANT, 'Encounter', id))?.content ?? '').language;
        const beside = await resources().readMany(
          GRANT,
          tries.map((_, n) => ({ resourceType: 'Encounter', id: `${id}-${n}` })),
        );
        expect(beside.map((v) => v.id)).toEqual([`${id}-${winner.replace('try-', '')}`]);
      }
    });

    test('of 8 updates of one version exactly one wins, and its rows are the ones in the index', async () => {
      await resources().commit(GRANT, { resources: [put('race-update', 0)] });
      const tries = Array.from({ length: 8 }, (_, n) =>
        resources().commit(GRANT, {
          resources: [
            put('race-update', 1, encounter({ tokens: [{ code: 'try', system: undefined, value: String(n) }] })),
          ],
        }),
      );
      expect(await outcomes(tries)).toBe(1);
      const found = await Promise.all(
        tries.map((_, n) =>
          resources().search(GRANT, {
            resourceType: 'Encounter',
            count: 9,
            clauses: [{ kind: 'token', code: 'try', any: [{ code: String(n) }] }],
          }),
        ),
      );
      expect(found.map((page) => page.total ?? 0).reduce((a, b) => a + b)).toBe(1);
    });

    test('of 8 writers of one record exactly one wins', async () => {
      const tries = Array.from({ length: 8 }, () =>
        resources().commit(GRANT, { resources: [], sourceRecords: [record('race', 0)] }),
      );
      expect(await outcomes(tries)).toBe(1);
    });

    test('writers that meet in several resources in opposite order all come through', async () => {
      const ids = ['meet-1', 'meet-2', 'meet-3', 'meet-4'];
      await resources().commit(GRANT, { resources: ids.map((id) => put(id, 0)) });
      for (let version = 1; version <= 5; version++) {
        const tries = [ids, ids.toReversed(), ids, ids.toReversed()].map((order) =>
          resources().commit(GRANT, { resources: order.map((id) => put(id, version)) }),
        );
        expect(await outcomes(tries)).toBe(1);
      }
    });
  });

  describe('tenants', () => {
    test('one tenant neither sees nor disturbs the other', async () => {
      await resources().commit(GRANT, { resources: [put('mine', 0)], sourceRecords: [record('mine', 0)] });
      await resources().commit(OTHER_GRANT, {
        resources: [put('theirs', 0), put('mine', 0, encounter({}, { status: 'planned' }))],
      });
      expect(await resources().read(GRANT, 'Encounter', 'theirs')).toBeUndefined();
      expect((await resources().read(GRANT, 'Encounter', 'mine'))?.content).toContain('finished');
      expect(await resources().sourceRecord(OTHER_GRANT, 'sessions', 'mine')).toBeUndefined();
      const seen = await resources().search(OTHER_GRANT, { resourceType: 'Encounter', clauses: [], count: 100 });
      expect(seen.versions.map((v) => v.id).sort()).toEqual(['mine', 'theirs']);
    });
  });
});
