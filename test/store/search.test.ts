/**
 * https://hl7.org/fhir/R4/search.html: what each kind of clause finds and what it must not find.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  DateMatch,
  IndexEntries,
  SearchClause,
  SearchPrefix,
  SearchQuery,
} from '../../src/store/resource-store.ts';
import { clock, encounter, GRANT, onEveryEngine, put, remove } from './stores.ts';

const day = (text: string, days = 1): { from: number; to: number } => {
  const from = Date.parse(`${text}T00:00:00Z`);
  return { from, to: from + days * 86_400_000 };
};
const match = (prefix: SearchPrefix, range: { from: number; to: number }): DateMatch => ({ prefix, ...range });

onEveryEngine('search', (place) => {
  const resources = () => place.store().resources;

  /** Stores resources that carry these index rows, all of a type of their own so that tests do not meet. */
  const store = async (rows: Record<string, Partial<IndexEntries>>, language = 'en') => {
    await resources().commit(GRANT, {
      resources: Object.entries(rows).map(([id, entries]) => put(id, 0, encounter(entries, { language }))),
    });
  };
  const found = async (clauses: SearchClause[], more: Partial<SearchQuery> = {}): Promise<string[]> => {
    const page = await resources().search(GRANT, {
      resourceType: 'Encounter',
      clauses,
      count: 1000,
      sort: [{ by: 'id', descending: false }],
      ...more,
    });
    if (more.total !== 'none') expect(page.total).toBe(page.versions.length);
    return page.versions.map((version) => version.id);
  };

  describe('token', () => {
    const token = (code: string, system: string | undefined, value: string) => ({ tokens: [{ code, system, value }] });
    beforeAll(() =>
      store({
        't-a': token('t', 'urn:a', 'x'),
        't-b': token('t', 'urn:b', 'x'),
        't-none': token('t', undefined, 'x'),
        't-other': token('t', 'urn:a', 'y'),
        't-param': token('u', 'urn:a', 'x'),
        't-pipe': token('t', 'urn:a|x', ''),
        't-twice': {
          tokens: [
            { code: 't', system: 'urn:a', value: 'z' },
            { code: 't', system: 'urn:a', value: 'z' },
          ],
        },
      }),
    );
    const rows: [title: string, any: { system?: string | null; code?: string }[], ids: string[]][] = [
      ['code', [{ code: 'x' }], ['t-a', 't-b', 't-none']],
      ['system|code', [{ system: 'urn:a', code: 'x' }], ['t-a']],
      ['|code', [{ system: null, code: 'x' }], ['t-none']],
      ['system|', [{ system: 'urn:a' }], ['t-a', 't-other', 't-twice']],
      ['several of one form', [{ code: 'y' }, { code: 'z' }], ['t-other', 't-twice']],
      [
        'several of all forms',
        [{ system: 'urn:b' }, { code: 'y' }, { system: null, code: 'x' }],
        ['t-b', 't-none', 't-other'],
      ],
      ['another case is another code', [{ code: 'X' }], []],
      ['an unknown system', [{ system: 'urn:c', code: 'x' }], []],
      ['neither system nor code', [{}], []],
      ['no value at all', [], []],
    ];
    for (const [title, any, ids] of rows) {
      test(title, async () => expect(await found([{ kind: 'token', code: 't', any }])).toEqual(ids));
    }
  });

  describe('reference, id, and several clauses', () => {
    beforeAll(() =>
      store({
        'r-1': {
          references: [
            { code: 'patient', target: 'Patient/1' },
            { code: 'subject', target: 'Patient/1' },
          ],
          tokens: [{ code: 'rs', system: undefined, value: 'on' }],
        },
        'r-2': {
          references: [{ code: 'patient', target: 'Patient/2' }],
          tokens: [{ code: 'rs', system: undefined, value: 'on' }],
        },
        'r-3': {
          references: [{ code: 'patient', target: 'https://ehr.example/fhir/Patient/1' }],
          tokens: [{ code: 'rs', system: undefined, value: 'off' }],
        },
      }),
    );
    const patient = (...any: string[]): SearchClause => ({ kind: 'reference', code: 'patient', any });
    const on: SearchClause = { kind: 'token', code: 'rs', any: [{ code: 'on' }] };
    const rows: [title: string, clauses: SearchClause[], ids: string[]][] = [
      ['one target', [patient('Patient/1')], ['r-1']],
      ['an absolute target is another one', [patient('https://ehr.example/fhir/Patient/1')], ['r-3']],
      ['several targets', [patient('Patient/1', 'Patient/2')], ['r-1', 'r-2']],
      ['the same target by another parameter', [{ kind: 'reference', code: 'subject', any: ['Patient/2'] }], []],
      [
        'AND of two clauses',
        [patient('Patient/1', 'Patient/2', 'https://ehr.example/fhir/Patient/1'), on],
        ['r-1', 'r-2'],
      ],
      ['AND that nothing meets', [patient('Patient/1'), patient('Patient/2')], []],
      ['ids', [{ kind: 'id', any: ['r-3', 'r-1', 'nobody'] }], ['r-1', 'r-3']],
      ['no ids', [{ kind: 'id', any: [] }], []],
    ];
    for (const [title, clauses, ids] of rows) test(title, async () => expect(await found(clauses)).toEqual(ids));

    test('another type has its own index', async () => {
      expect(
        (await resources().search(GRANT, { resourceType: 'Task', clauses: [patient('Patient/1')], count: 9 })).total,
      ).toBe(0);
    });

    test('an updated resource is found by its new rows only, a deleted one by none', async () => {
      const by = (target: string) => found([patient(target)]);
      await store({
        'r-moves': {
          tokens: [{ code: 'moves', system: 'urn:a', value: 'before' }],
          references: [{ code: 'patient', target: 'Patient/old' }],
          dates: [{ code: 'moves', ...day('2026-01-01') }],
          strings: [{ code: 'n', value: 'before' }],
        },
      });
      await resources().commit(GRANT, {
        resources: [put('r-moves', 1, encounter({ references: [{ code: 'patient', target: 'Patient/new' }] }))],
      });
      expect([await by('Patient/old'), await by('Patient/new')]).toEqual([[], ['r-moves']]);
      const before: SearchClause[] = [
        { kind: 'token', code: 'moves', any: [{ code: 'before' }] },
        { kind: 'date', code: 'moves', any: [match('eq', day('2026-01-01'))] },
        { kind: 'string', code: 'n', match: 'starts', any: ['before'] },
      ];
      for (const clause of before) expect([clause.kind, await found([clause])]).toEqual([clause.kind, []]);
      await resources().commit(GRANT, { resources: [remove('r-moves', 2)] });
      expect(await by('Patient/new')).toEqual([]);
      expect(await found([{ kind: 'id', any: ['r-moves'] }])).toEqual([]);
    });
  });

  describe('date prefixes', () => {
    // The value is 2026-01-10, one day. Resources lie around it, as R4's section on prefixes draws them.
    beforeAll(() =>
      store({
        'd-before': { dates: [{ code: 'd', ...day('2026-01-08') }] },
        'd-touches-start': { dates: [{ code: 'd', ...day('2026-01-09') }] },
        'd-into': { dates: [{ code: 'd', ...day('2026-01-09', 1.5) }] },
        'd-within': { dates: [{ code: 'd', ...day('2026-01-10', 0.5) }] },
        'd-same': { dates: [{ code: 'd', ...day('2026-01-10') }] },
        'd-around': { dates: [{ code: 'd', ...day('2026-01-09', 3) }] },
        'd-open': { dates: [{ code: 'd', from: Date.parse('2026-01-10T12:00:00Z'), to: 1e300 }] },
        'd-touches-end': { dates: [{ code: 'd', ...day('2026-01-11') }] },
        'd-none': { dates: [{ code: 'other', ...day('2026-01-10') }] },
      }),
    );
    const value = day('2026-01-10');
    const all = ['around', 'before', 'into', 'open', 'same', 'touches-end', 'touches-start', 'within'];
    const rows: [prefix: SearchPrefix, names: string[]][] = [
      ['eq', ['same', 'within']],
      ['ne', ['around', 'before', 'into', 'open', 'touches-end', 'touches-start']],
      ['gt', ['around', 'open', 'touches-end']],
      ['lt', ['around', 'before', 'into', 'touches-start']],
      ['ge', ['around', 'open', 'same', 'touches-end', 'within']],
      ['le', ['around', 'before', 'into', 'same', 'touches-start', 'within']],
      ['sa', ['touches-end']],
      ['eb', ['before', 'touches-start']],
    ];
    for (const [prefix, names] of rows) {
      test(`${prefix}2026-01-10 finds ${names.join(', ')}`, async () => {
        expect(await found([{ kind: 'date', code: 'd', any: [match(prefix, value)] }])).toEqual(
          names.map((name) => `d-${name}`),
        );
      });
    }

    test('ge and lt together are a month, as payers ask for it', async () => {
      const january: SearchClause[] = [
        { kind: 'date', code: 'd', any: [match('ge', day('2026-01-09', 1))] },
        { kind: 'date', code: 'd', any: [match('lt', day('2026-01-11', 1))] },
      ];
      expect(await found(january)).toEqual(
        all.filter((name) => !['before', 'touches-end'].includes(name)).map((name) => `d-${name}`),
      );
    });

    test('ap widens by a tenth of the distance from now', async () => {
      // Now is noon of 2026-03-01: 49.5 days after the end of January 10th, so that day reaches 4.95 days further.
      expect(clock.now().toISOString().slice(0, 10)).toBe('2026-03-01');
      const nearby = async (date: string) =>
        (await found([{ kind: 'date', code: 'd', any: [match('ap', day(date))] }])).length;
      expect(await nearby('2026-01-10')).toBe(all.length);
      expect(await nearby('2026-01-04')).toBe(7); // reaches to 2026-01-10T13:12: all but the day after
      expect(await nearby('2026-01-02')).toBe(1); // reaches to 2026-01-08T18:00
      expect(await nearby('2025-12-20')).toBe(0);
    });

    test('several values are OR-ed', async () => {
      expect(
        await found([{ kind: 'date', code: 'd', any: [match('eq', day('2026-01-08')), match('sa', value)] }]),
      ).toEqual(['d-before', 'd-touches-end']);
    });

    test('lastUpdated follows the same prefixes, for an instant', async () => {
      const only: SearchClause = { kind: 'id', any: ['at-0', 'at-1', 'at-2'] };
      const start = clock.at.getTime() + 1000;
      for (const n of [0, 1, 2]) {
        clock.at = new Date(start + n * 1000);
        await store({ [`at-${n}`]: {} });
      }
      const second = { from: start + 1000, to: start + 2000 };
      const expected: Record<SearchPrefix, string> = {
        eq: '1',
        ne: '02',
        gt: '2',
        lt: '0',
        ge: '12',
        le: '01',
        sa: '2',
        eb: '0',
        ap: '1',
      };
      for (const [prefix, digits] of Object.entries(expected)) {
        const ids = await found([only, { kind: 'lastUpdated', any: [match(prefix as SearchPrefix, second)] }]);
        expect([prefix, ids]).toEqual([prefix, [...digits].map((digit) => `at-${digit}`)]);
      }
    });
  });

  describe('string', () => {
    const long = 'long '.repeat(80);
    beforeAll(() =>
      store({
        's-obrien': { strings: [{ code: 'name', value: "Máiréad O'Brien" }] },
        's-nunez': { strings: [{ code: 'name', value: 'Núñez-Peña' }] },
        's-soren': { strings: [{ code: 'name', value: 'Sørensen' }] },
        's-long-a': { strings: [{ code: 'name', value: `${long}a` }] },
        's-long-b': { strings: [{ code: 'name', value: `${long}b` }] },
        's-percent': { strings: [{ code: 'name', value: '100% Sure_Thing' }] },
        's-dash': { strings: [{ code: 'name', value: '--' }] },
        's-other': { strings: [{ code: 'city', value: 'Brien' }] },
      }),
    );
    const rows: [match: 'starts' | 'exact' | 'contains', value: string, ids: string[]][] = [
      ['starts', 'mairead', ['s-obrien']],
      ['starts', 'MÁIRÉAD  obrien', ['s-obrien']],
      ['starts', 'brien', []],
      ['contains', 'brien', ['s-obrien']],
      ['contains', 'Ñez', ['s-nunez']],
      ['starts', 'sorensen', ['s-soren']],
      ['exact', "Máiréad O'Brien", ['s-obrien']],
      ['exact', "Mairead O'Brien", []],
      ['exact', 'Máiréad', []],
      ['starts', `${long}a`, ['s-long-a']],
      ['exact', `${long}b`, ['s-long-b']],
      ['starts', long, ['s-long-a', 's-long-b']],
      ['starts', '100%', ['s-percent']],
      ['contains', 'u%e', []],
      ['contains', 'u_e', []],
      ['contains', 'et', ['s-percent']],
      ['starts', '--', []],
      ['contains', "'", []],
      ['exact', '--', ['s-dash']],
    ];
    for (const [how, value, ids] of rows) {
      test(`${how} ${value.length > 40 ? `${value.length} characters` : JSON.stringify(value)}`, async () => {
        expect(await found([{ kind: 'string', code: 'name', match: how, any: [value] }])).toEqual(ids);
      });
    }

    test('several values are OR-ed', async () => {
      expect(await found([{ kind: 'string', code: 'name', match: 'starts', any: ['nunez', 'soren'] }])).toEqual([
        's-nunez',
        's-soren',
      ]);
    });
  });
});
