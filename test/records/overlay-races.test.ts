/**
 * An episode and its discharge written at the same moment, in every order that their calls of the store can meet in:
 * none undoes the other.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#concurrency
 */
import type { EpisodeOfCare } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import type { RecordDeps } from '../../src/records/records-parts.ts';
import { deleteRecord } from '../../src/records/write/delete-record.ts';
import { writeRecord } from '../../src/records/write/write-record.ts';
import type { ResourceStore } from '../../src/store/resource-store.ts';
import { type Agency, example, type RecordsService, startRecords } from './service.ts';

let service: RecordsService;
let agency: Agency;

beforeAll(async () => {
  service = await startRecords();
  agency = service.agency();
  await agency.sendExamplesUpTo('referrals');
});
afterAll(() => service.stop());

/** More calls than a write makes; past its end nothing meets, and the other write is made afterwards. */
const CALLS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The parts with a store that does `between` once, before its nth call, and how many calls there were. */
function interrupted(nth: number, between: () => Promise<unknown>): { deps: RecordDeps; calls(): number } {
  let calls = 0;
  const store = new Proxy(service.parts.store, {
    get: (target, name: keyof ResourceStore) => {
      const method = target[name] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        if (++calls === nth) await between();
        return method.apply(target, args);
      };
    },
  });
  return { deps: { ...service.parts, store }, calls: () => calls };
}

const write = (kind: string, record: JsonObject, deps: RecordDeps = service.parts) =>
  writeRecord({ grant: agency.grant, kind, sourceId: String(record.id), json: record }, deps);

const episodeOf = (name: string): JsonObject => ({ ...example('episodes'), id: `episode-${name}` });
const dischargeOf = (name: string): JsonObject => ({
  ...example('discharges'),
  id: `discharge-${name}`,
  episodeId: `episode-${name}`,
});
const moved = (name: string): JsonObject => ({ ...episodeOf(name), start: '2026-01-10' });

async function stands(name: string): Promise<(string | undefined)[]> {
  const { status, period } = (await agency.resource('EpisodeOfCare', `episode-${name}`)) as unknown as EpisodeOfCare;
  return period?.end === undefined ? [status, period?.start] : [status, period.start, period.end];
}

test.each(CALLS)('a discharge, and the episode before its call %i', async (nth) => {
  const name = `a${nth}`;
  await write('episodes', episodeOf(name));
  const { deps, calls } = interrupted(nth, () => write('episodes', moved(name)));
  await write('discharges', dischargeOf(name), deps);
  if (calls() < nth) await write('episodes', moved(name));
  expect(await stands(name)).toEqual(['finished', '2026-01-10', '2026-11-30']);
});

test.each(CALLS)('a discharge taken back, and the episode before its call %i', async (nth) => {
  const name = `b${nth}`;
  await write('episodes', episodeOf(name));
  await write('discharges', dischargeOf(name));
  const { deps, calls } = interrupted(nth, () => write('episodes', moved(name)));
  await deleteRecord({ grant: agency.grant, kind: 'discharges', sourceId: `discharge-${name}` }, deps);
  if (calls() < nth) await write('episodes', moved(name));
  expect(await stands(name)).toEqual(['active', '2026-01-10']);
});

describe('an episode', () => {
  test.each(CALLS)('and its discharge before call %i', async (nth) => {
    const name = `c${nth}`;
    await write('episodes', episodeOf(name));
    const { deps, calls } = interrupted(nth, () => write('discharges', dischargeOf(name)));
    await write('episodes', moved(name), deps);
    if (calls() < nth) await write('discharges', dischargeOf(name));
    expect(await stands(name)).toEqual(['finished', '2026-01-10', '2026-11-30']);
  });

  test.each(CALLS)('and its discharge taken back before call %i', async (nth) => {
    const name = `d${nth}`;
    await write('episodes', episodeOf(name));
    await write('discharges', dischargeOf(name));
    const takeBack = () =>
      deleteRecord({ grant: agency.grant, kind: 'discharges', sourceId: `discharge-${name}` }, service.parts);
    const { deps, calls } = interrupted(nth, takeBack);
    await write('episodes', moved(name), deps);
    if (calls() < nth) await takeBack();
    expect(await stands(name)).toEqual(['active', '2026-01-10']);
  });
});

test('a write makes fewer calls than are tried here', async () => {
  await write('episodes', episodeOf('count'));
  const { deps, calls } = interrupted(0, async () => undefined);
  await write('discharges', dischargeOf('count'), deps);
  expect(calls()).toBeGreaterThan(3);
  expect(calls()).toBeLessThan(CALLS.length);
});
