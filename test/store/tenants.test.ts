/**
 * Two agencies with the same ids, at the same moment: neither sees or writes anything of the other.
 *
 * A call under way makes the next ones wait and go together (`src/store/coalesce.ts`); here those that wait belong to
 * two tenants in turns, so that a group of both would answer one of them with the other's data.
 */
import type { Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Grant, sandboxGrant } from '../../src/privacy/grant.ts';
import type { SourceLink, StoredVersion } from '../../src/store/resource-store.ts';
import { encounter, onEveryEngine, put } from './stores.ts';

const AGENCIES: readonly Grant[] = [sandboxGrant('agency-one'), sandboxGrant('agency-two')];
const IDS = ['1', '2', '3', '4', '5', '6'];

/** An Encounter that tells whose it is. */
const encounterOf = ({ tenant }: Grant, more: object = {}): Resource => encounter({}, { language: tenant, ...more });
const ownerOf = (version: StoredVersion | undefined): string | undefined =>
  version && (JSON.parse(version.content) as { language: string }).language;
const linkOf = (id: string): SourceLink => ({
  resourceType: 'Encounter',
  sourceId: id,
  id,
  kind: 'sessions',
  recordId: id,
});

/** Every id for both agencies, in turns, and with an offset so that those side by side differ in id as well. */
const inTurns = IDS.flatMap((_, at) =>
  AGENCIES.map((grant, turn) => ({ grant, id: IDS[(at + turn * 3) % IDS.length] ?? '' })),
);

onEveryEngine('two tenants at once', (place) => {
  const resources = () => place.store().resources;

  beforeAll(async () => {
    await Promise.all(
      inTurns.map(({ grant, id }) =>
        resources().commit(grant, {
          resources: [put(id, 0, encounterOf(grant))],
          sourceRecords: [
            {
              kind: 'sessions',
              sourceId: id,
              expectedVersion: 0,
              hash: '0'.repeat(64),
              content: JSON.stringify({ of: grant.tenant }),
              deleted: false,
              map: 'urn:map|1',
            },
          ],
          sourceLinks: [linkOf(id)],
        }),
      ),
    );
  });

  test('commits: each wrote its own, all of it', async () => {
    for (const { grant, id } of inTurns) {
      const { versions } = await resources().history(grant, { resourceType: 'Encounter', id, count: 10 });
      expect(versions.map((version) => [version.versionId, ownerOf(version)])).toEqual([[1, grant.tenant]]);
    }
    for (const grant of AGENCIES) {
      const { total } = await resources().search(grant, { resourceType: 'Encounter', clauses: [], count: 0 });
      expect(total).toBe(IDS.length);
    }
  });

  test('recordState: the record, its resources and the names of the caller', async () => {
    const states = await Promise.all(
      inTurns.map(({ grant, id }) =>
        resources().recordState(grant, 'sessions', id, [{ resourceType: 'Encounter', sourceId: id }]),
      ),
    );
    expect(states.map(({ record, owned, named }) => [record?.content, ownerOf(owned[0]?.current), named])).toEqual(
      inTurns.map(({ grant, id }) => [JSON.stringify({ of: grant.tenant }), grant.tenant, [linkOf(id)]]),
    );
  });

  test('readMany: the versions of the caller', async () => {
    const found = await Promise.all(
      inTurns.map(({ grant, id }) => resources().readMany(grant, [{ resourceType: 'Encounter', id }])),
    );
    expect(found.map((versions) => versions.map(ownerOf))).toEqual(inTurns.map(({ grant }) => [grant.tenant]));
  });

  describe('what only one of them has', () => {
    const [one, other] = AGENCIES as [Grant, Grant];

    test('is written to, and found by, that one alone', async () => {
      const own = (id: string) => ({ ...put(id, 0, encounterOf(one)), method: 'POST' as const });
      await Promise.all([
        resources().commit(other, { resources: [put('1', 1, encounterOf(other, { status: 'planned' }))] }),
        resources().commit(other, { resources: [put('2', 1, encounterOf(other, { status: 'planned' }))] }),
        resources().commit(other, { resources: [put('3', 1, encounterOf(other, { status: 'planned' }))] }),
        resources().commit(one, { resources: [own('only-a')] }),
        resources().commit(one, { resources: [own('only-b')] }),
      ]);
      const wanted = ['1', '2', '3', 'only-a', 'only-b'].map((id) => ({ resourceType: 'Encounter', id }));
      const versionsOf = async (grant: Grant) => {
        const versions = await resources().readMany(grant, wanted);
        return versions.map((version) => `${version.id}/${version.versionId} ${ownerOf(version)}`).sort();
      };
      expect(await versionsOf(one)).toEqual(
        ['1/1', '2/1', '3/1', 'only-a/1', 'only-b/1'].map((version) => `${version} ${one.tenant}`),
      );
      expect(await versionsOf(other)).toEqual(['1/2', '2/2', '3/2'].map((version) => `${version} ${other.tenant}`));
    });

    test('can not be changed by the other, who is told that it is not there', async () => {
      const tries = await Promise.allSettled([
        resources().commit(one, { resources: [put('4', 1, encounterOf(one))] }),
        resources().commit(one, { resources: [put('5', 1, encounterOf(one))] }),
        resources().commit(other, { resources: [put('only-a', 1, encounterOf(other))] }),
        resources().commit(one, { resources: [put('6', 1, encounterOf(one))] }),
        resources().commit(other, { resources: [put('only-b', 1, encounterOf(other))] }),
      ]);
      expect(tries.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
      ]);
      for (const id of ['only-a', 'only-b']) {
        const version = await resources().read(one, 'Encounter', id);
        expect([version?.versionId, ownerOf(version)]).toEqual([1, one.tenant]);
      }
    });
  });
});
