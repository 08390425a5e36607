/** https://hl7.org/fhir/R4/http.html#history and https://hl7.org/fhir/R4/http.html#vread. */
import { beforeAll, describe, expect, test } from 'vitest';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import type { HistoryQuery } from '../../src/store/resource-store.ts';
import { clock, encounter, GRANT, onEveryEngine, put, remove } from './stores.ts';

onEveryEngine('history', (place) => {
  const resources = () => place.store().resources;
  const grant = sandboxGrant('agency-history');
  let middle = '';

  beforeAll(async () => {
    const patient = { resourceType: 'Patient' as const };
    await resources().commit(grant, { resources: [put('a', 0), { ...put('p', 0, patient), method: 'POST' }] });
    clock.tick(10);
    middle = clock.now().toISOString();
    await resources().commit(grant, { resources: [put('a', 1), put('b', 0)] });
    clock.tick(10);
    await resources().commit(grant, { resources: [remove('a', 2)] });
    await resources().commit(GRANT, { resources: [put('a', 0)] });
  });

  const rows: [title: string, query: Omit<HistoryQuery, 'count'>, versions: string[]][] = [
    ['of one resource', { resourceType: 'Encounter', id: 'a' }, ['Encounter/a/3', 'Encounter/a/2', 'Encounter/a/1']],
    ['of a type', { resourceType: 'Encounter' }, ['Encounter/a/3', 'Encounter/b/1', 'Encounter/a/2', 'Encounter/a/1']],
    ['of the system', {}, ['Encounter/a/3', 'Encounter/b/1', 'Encounter/a/2', 'Patient/p/1', 'Encounter/a/1']],
    ['of several types', { resourceType: ['Task', 'Patient'] }, ['Patient/p/1']],
    ['of no type', { resourceType: [] }, []],
    ['of what was never there', { resourceType: 'Encounter', id: 'z' }, []],
    ['of a type without resources', { resourceType: 'Task' }, []],
  ];
  for (const [title, query, versions] of rows) {
    for (const count of [1, 2, 100]) {
      test(`${title}, newest first, in pages of ${count}`, async () => {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await resources().history(grant, { ...query, count, ...(after && { after }) });
          seen.push(...page.versions.map((v) => `${v.resourceType}/${v.id}/${v.versionId}`));
          expect(page).not.toHaveProperty('total');
          after = page.next;
        } while (after);
        expect(seen).toEqual(versions);
      });
    }
  }

  test('shows the verb of every version and an empty text for a delete', async () => {
    const { versions } = await resources().history(grant, { count: 100 });
    expect(versions.map((v) => [v.method, v.deleted, v.content === ''])).toEqual([
      ['DELETE', true, true],
      ['PUT', false, false],
      ['PUT', false, false],
      ['POST', false, false],
      ['PUT', false, false],
    ]);
  });

  test('_since includes the instant itself', async () => {
    const since = async (instant: string) =>
      (await resources().history(grant, { since: instant, count: 100 })).versions.length;
    expect(await since(middle)).toBe(3);
    expect(await since(middle.replace('Z', '+00:00'))).toBe(3);
    expect(await since(clock.now().toISOString())).toBe(1);
    clock.tick();
    expect(await since(clock.now().toISOString())).toBe(0);
  });

  describe('what must not work', () => {
    test('a since that is no instant, and a position of something else', async () => {
      const bad: HistoryQuery[] = [
        { count: 1, since: 'yesterday' },
        { count: 1, after: 'W10' },
        { count: 1, after: '' },
      ];
      for (const query of bad) await expect(resources().history(grant, query)).rejects.toMatchObject({ status: 400 });
    });

    for (const version of [0, -1, 4, 1.5, Number.NaN, 2 ** 31, 1e300]) {
      test(`version ${version} is not found`, async () => {
        expect(await resources().vread(grant, 'Encounter', 'a', version)).toBeUndefined();
      });
    }
  });

  test('readMany reads each resource once, deleted ones too, and leaves out what is not there', async () => {
    const of = (id: string, resourceType = 'Encounter') => ({ resourceType, id });
    const versions = await resources().readMany(grant, [
      of('b'),
      of('a'),
      of('b'),
      of('z'),
      of('p', 'Patient'),
      of('p'),
    ]);
    expect(versions.map((v) => `${v.resourceType}/${v.id}/${v.versionId}`).sort()).toEqual([
      'Encounter/a/3',
      'Encounter/b/1',
      'Patient/p/1',
    ]);
    expect(await resources().readMany(grant, [])).toEqual([]);
  });

  test('a version written while a clock stood earlier still comes first in its own history', async () => {
    await resources().commit(grant, { resources: [put('clock', 0)] });
    clock.tick(-5000);
    await resources().commit(grant, { resources: [put('clock', 1, encounter())] });
    clock.tick(5000);
    const { versions } = await resources().history(grant, { resourceType: 'Encounter', id: 'clock', count: 5 });
    expect(versions.map((v) => v.versionId)).toEqual([2, 1]);
  });
});
