/**
 * What does not come back from FHIR as it was is declared in mappings/losses.json. Each line there is shown here to be
 * true, and nothing is declared that is not shown.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { recordKind } from '../../src/records/record-kinds.ts';
import { readRecordModel } from '../../src/records/schema/record-model.ts';
import { agency, definitions, fromFhir, readJsonFile, root, toFhir } from './maps-under-test.ts';

interface Shown {
  map: string;
  path: string;
  kind: string;
  record: JsonObject;
  back: JsonObject;
}

const referral = {
  id: 'r',
  youthId: 'y',
  program: 'state-cys',
  status: 'draft',
  intent: 'proposal',
  referredOn: '2026-01-05',
};
const episode = { id: 'e', youthId: 'y', program: 'state-cys', status: 'active' };
const session = { id: 's', youthId: 'y', program: 'state-cys', type: 'session', status: 'planned', mentorId: 'm' };

const SHOWN: readonly Shown[] = [
  { map: '*', path: '[]', kind: 'sessions', record: { ...session, barriers: [] }, back: session },
  {
    map: 'referral-to-fhir',
    path: 'performerId',
    kind: 'referrals',
    record: { ...referral, performerId: agency.organizationId },
    back: referral,
  },
  {
    map: 'episode-to-fhir',
    path: 'organizationId',
    kind: 'episodes',
    record: { ...episode, organizationId: agency.organizationId },
    back: episode,
  },
];

const declared = Object.entries(readJsonFile(join(root, 'mappings', 'losses.json'))).flatMap(([map, losses]) =>
  (losses as { path: string; why: string }[]).map((loss) => ({ map, ...loss })),
);

test.each(SHOWN)('$map: $path', ({ kind, record, back }) => {
  expect(fromFhir(recordKind(kind), toFhir(recordKind(kind), record))).toEqual(back);
});

test.each(SHOWN.filter(({ path }) => path !== '[]'))('the documentation of $kind.$path says so', ({ kind, path }) => {
  const { fields } = readRecordModel(kind, recordKind(kind).model, definitions);
  expect(fields.find((field) => field.path === path)?.meaning).toMatch(/comes back as an absent field/);
});

test('the list is the one shown here, with a reason for each', () => {
  expect(declared.map(({ map, path }) => `${map} ${path}`)).toEqual(SHOWN.map(({ map, path }) => `${map} ${path}`));
  expect(declared.filter(({ why }) => why.length < 20)).toEqual([]);
});
