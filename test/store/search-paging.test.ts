/** https://hl7.org/fhir/R4/search.html#sort and https://hl7.org/fhir/R4/http.html#paging: order, pages, totals. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { IndexEntries, SearchClause, SearchQuery } from '../../src/store/resource-store.ts';
import { clock, encounter, GRANT, onEveryEngine, put } from './stores.ts';

/** A date range of one day. */
const day = (text: string): { from: number; to: number } => {
  const from = Date.parse(`${text}T00:00:00Z`);
  return { from, to: from + 86_400_000 };
};

onEveryEngine('search', (place) => {
  const resources = () => place.store().resources;
  const store = async (rows: Record<string, Partial<IndexEntries>>) => {
    await resources().commit(GRANT, {
      resources: Object.entries(rows).map(([id, entries]) => put(id, 0, encounter(entries))),
    });
  };

  describe('sorting and paging', () => {
    const mark: SearchClause = { kind: 'token', code: 'page', any: [{ code: 'yes' }] };
    const tokens = [{ code: 'page', system: undefined, value: 'yes' }];
    const at = (...days: string[]) => ({ tokens, dates: days.map((text) => ({ code: 'when', ...day(text) })) });
    beforeAll(async () => {
      clock.tick(10_000);
      await store({ 'p-1': at('2026-01-03'), 'p-2': at('2026-01-01'), 'p-3': at('2026-01-03') });
      clock.tick();
      await store({ 'p-4': { tokens }, 'p-5': at('2026-01-02', '2026-01-09', '2026-01-05'), 'p-6': { tokens } });
    });

    const when = { date: 'when' };
    const sorts: [title: string, sort: SearchQuery['sort'], order: string][] = [
      ['not given: newest first', undefined, '654321'],
      ['lastUpdated', [{ by: 'lastUpdated', descending: false }], '123456'],
      [
        '-lastUpdated,id',
        [
          { by: 'lastUpdated', descending: true },
          { by: 'id', descending: false },
        ],
        '456123',
      ],
      ['id', [{ by: 'id', descending: false }], '123456'],
      ['-id', [{ by: 'id', descending: true }], '654321'],
      ['date: earliest value first, none last', [{ by: when, descending: false }], '251346'],
      ['-date: latest value first, none last', [{ by: when, descending: true }], '531264'],
      [
        'date,-id',
        [
          { by: when, descending: false },
          { by: 'id', descending: true },
        ],
        '253164',
      ],
      [
        'date,-lastUpdated',
        [
          { by: when, descending: false },
          { by: 'lastUpdated', descending: true },
        ],
        '253164',
      ],
      [
        'lastUpdated,date',
        [
          { by: 'lastUpdated', descending: false },
          { by: when, descending: false },
        ],
        '213546',
      ],
      [
        'lastUpdated,-date',
        [
          { by: 'lastUpdated', descending: false },
          { by: when, descending: true },
        ],
        '312564',
      ],
      ['a date nobody has', [{ by: { date: 'never' }, descending: false }], '123456'],
      [
        'a key named twice',
        [
          { by: when, descending: false },
          { by: when, descending: true },
        ],
        '251346',
      ],
    ];
    for (const [title, sort, order] of sorts) {
      for (const count of [1, 2, 4, 6, 7]) {
        test(`${title}; pages of ${count}`, async () => {
          const seen: string[] = [];
          let after: string | undefined;
          do {
            const page = await resources().search(GRANT, {
              resourceType: 'Encounter',
              clauses: [mark],
              count,
              ...(sort && { sort }),
              ...(after && { after }),
            });
            expect(page.versions.length).toBeGreaterThan(0);
            expect(page.total).toBe(6);
            seen.push(...page.versions.map(({ id }) => id.replace('p-', '')));
            after = page.next;
          } while (after);
          expect(seen.join('')).toBe(order);
        });
      }
    }

    test('count 0 gives the total alone; total none gives the page alone', async () => {
      const query = { resourceType: 'Encounter', clauses: [mark] };
      expect(await resources().search(GRANT, { ...query, count: 0 })).toEqual({ versions: [], total: 6 });
      expect(await resources().search(GRANT, { ...query, count: 9, total: 'none' })).not.toHaveProperty('total');
    });

    test('rows that come in between two pages neither double nor hide one', async () => {
      const query: SearchQuery = {
        resourceType: 'Encounter',
        clauses: [mark],
        count: 2,
        sort: [{ by: when, descending: false }],
        total: 'none',
      };
      const seen: string[] = [];
      let after: string | undefined;
      let n = 0;
      do {
        const page = await resources().search(GRANT, { ...query, ...(after && { after }) });
        seen.push(...page.versions.map(({ id }) => id));
        after = page.next;
        n += 1;
        await store({ [`p-early-${n}`]: at('2025-12-31'), [`p-late-${n}`]: at('2026-01-03') });
      } while (after && n < 20);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => /^p-\d$/.test(id))).toEqual(['p-2', 'p-5', 'p-1', 'p-3', 'p-4', 'p-6']);
    });

    const notPositions = [
      '',
      'x',
      '!!!',
      Buffer.from('[0,1]').toString('base64url'),
      Buffer.from('[0,"a","b"]').toString('base64url'),
      Buffer.from('{"a":1}').toString('base64url'),
      Buffer.from('[0,1e99,"a"]').toString('base64url'),
    ];
    for (const after of notPositions) {
      test(`the position "${after}" is refused`, async () => {
        const query: SearchQuery = {
          resourceType: 'Encounter',
          clauses: [],
          count: 2,
          sort: [{ by: when, descending: false }],
          after,
        };
        await expect(resources().search(GRANT, query)).rejects.toMatchObject({ name: 'FhirError', status: 400 });
      });
    }
  });
});
