/** Mentoring records and the links from source ids to resources (design: idempotent by source id). */
import { beforeAll, describe, expect, test } from 'vitest';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import type { SourceLink, SourceRecordChange } from '../../src/store/resource-store.ts';
import { onEveryEngine, put, remove } from './stores.ts';

const record = (kind: string, sourceId: string, more: Partial<SourceRecordChange> = {}): SourceRecordChange => ({
  kind,
  sourceId,
  expectedVersion: 0,
  hash: '0'.repeat(64),
  content: '{}',
  deleted: false,
  map: 'urn:map|1',
  ...more,
});
const link = (resourceType: string, sourceId: string, id: string, kind: string, recordId: string): SourceLink => ({
  resourceType,
  sourceId,
  id,
  kind,
  recordId,
});

onEveryEngine('source records', (place) => {
  const resources = () => place.store().resources;
  const grant = sandboxGrant('agency-records');
  const owned = link('Encounter', 's1', 'enc-1', 'sessions', 's1');
  const alsoOwned = link('DocumentReference', 's1', 'doc-1', 'sessions', 's1');
  const dangling = link('Appointment', 's1', 'app-1', 'sessions', 's1');
  const youth = link('Patient', 'y1', 'pat-1', 'youths', 'y1');

  beforeAll(async () => {
    await resources().commit(grant, {
      resources: [
        put('enc-1', 0),
        put('doc-1', 0, { resourceType: 'DocumentReference' } as never),
        put('pat-1', 0, { resourceType: 'Patient' }),
      ],
      sourceRecords: [record('sessions', 's1'), record('youths', 'y1')],
      sourceLinks: [owned, alsoOwned, dangling, youth],
    });
    await resources().commit(grant, { resources: [remove('doc-1', 1, 'DocumentReference')] });
  });

  const named = (...keys: [resourceType: string, sourceId: string][]) =>
    keys.map(([resourceType, sourceId]) => ({ resourceType, sourceId }));

  describe('recordState', () => {
    test('gives the record, its links with their resources, and the links asked for', async () => {
      const state = await resources().recordState(
        grant,
        'sessions',
        's1',
        named(['Patient', 'y1'], ['Patient', 'y1'], ['Patient', 'y2'], ['Encounter', 'y1']),
      );
      expect(state.record).toEqual(await resources().sourceRecord(grant, 'sessions', 's1'));
      expect(state.named).toEqual([youth]);
      const byType = new Map(state.owned.map((o) => [o.link.resourceType, o]));
      expect(byType.size).toBe(3);
      expect(byType.get('Encounter')).toEqual({
        link: owned,
        current: await resources().read(grant, 'Encounter', 'enc-1'),
      });
      expect(byType.get('DocumentReference')?.current).toMatchObject({ versionId: 2, deleted: true, content: '' });
      expect(byType.get('Appointment')).toEqual({ link: dangling, current: undefined });
    });

    test('of a record that was never sent: nothing but the links it names', async () => {
      const state = await resources().recordState(grant, 'sessions', 's9', named(['Patient', 'y1']));
      expect(state).toEqual({ record: undefined, owned: [], named: [youth] });
    });

    test('of another tenant: nothing', async () => {
      const state = await resources().recordState(
        sandboxGrant('agency-else'),
        'sessions',
        's1',
        named(['Patient', 'y1']),
      );
      expect(state).toEqual({ record: undefined, owned: [], named: [] });
    });
  });

  test('links are found by source id, by resource and by record; what is missing is left out', async () => {
    expect(
      await resources().linksBySource(grant, named(['Patient', 'y1'], ['Patient', 'y1'], ['Patient', 's1'])),
    ).toEqual([youth]);
    expect(
      await resources().linksByResource(grant, [
        { resourceType: 'Patient', id: 'pat-1' },
        { resourceType: 'Encounter', id: 'pat-1' },
      ]),
    ).toEqual([youth]);
    expect((await resources().linksOfRecord(grant, 'sessions', 's1')).map((l) => l.resourceType)).toEqual([
      'Appointment',
      'DocumentReference',
      'Encounter',
    ]);
    expect(await resources().linksBySource(grant, [])).toEqual([]);
    expect(await resources().linksByResource(grant, [])).toEqual([]);
    expect(await resources().linksOfRecord(grant, 'youths', 's1')).toEqual([]);
  });

  test('two source ids may lead to one resource, and one source id to resources of two types', async () => {
    const second = link('Patient', 'y1-old', 'pat-1', 'youths', 'y1-old');
    await resources().commit(grant, { resources: [], sourceLinks: [second] });
    const found = await resources().linksByResource(grant, [{ resourceType: 'Patient', id: 'pat-1' }]);
    expect(found.map((l) => l.sourceId).sort()).toEqual(['y1', 'y1-old']);
  });

  for (const count of [1, 2, 3, 1000]) {
    test(`records of a kind are listed in byte order of their source ids, ${count} a page`, async () => {
      const ids = ['10', '9', 'A', 'a', 'Ä', 'b/c', ' lead'];
      if (!(await resources().sourceRecord(grant, 'notes', '9'))) {
        await resources().commit(grant, { resources: [], sourceRecords: ids.map((id) => record('notes', id)) });
      }
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await resources().sourceRecords(grant, 'notes', { count, ...(after !== undefined && { after }) });
        seen.push(...page.records.map((r) => r.sourceId));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([' lead', '10', '9', 'A', 'a', 'b/c', 'Ä']);
    });
  }

  test('a deleted record keeps its place, empty', async () => {
    await resources().commit(grant, { resources: [], sourceRecords: [record('goals', 'g1')] });
    await resources().commit(grant, {
      resources: [],
      sourceRecords: [record('goals', 'g1', { expectedVersion: 1, deleted: true, content: '' })],
    });
    expect(await resources().sourceRecord(grant, 'goals', 'g1')).toMatchObject({
      version: 2,
      deleted: true,
      content: '',
    });
    expect((await resources().sourceRecords(grant, 'goals', { count: 5 })).records.length).toBe(1);
    expect(await resources().sourceRecord(grant, 'goals', 'g2')).toBeUndefined();
  });
});
