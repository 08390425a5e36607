/** A process that commits one resource after the other and reports each: `node write-until-killed.ts <folder> <round>`. */
import process from 'node:process';
import { sandboxGrant } from '../../src/privacy/grant.ts';
import { openStore } from '../../src/store/open-store.ts';

const [, , dataDir = '', round = '', cacheDir = ''] = process.argv;
const indexer = () => ({
  tokens: [{ code: 'round', system: undefined, value: round }],
  references: [],
  dates: [{ code: 'date', from: 0, to: 1 }],
  strings: [{ code: 'name', value: round }],
});
const { resources } = await openStore({ dataDir, cacheDir, indexer, now: () => new Date() });
for (let n = 0; ; n++) {
  const id = `${round}-${n}`;
  const resource = { resourceType: 'Patient' as const, active: true };
  await resources.commit(sandboxGrant('agency'), {
    resources: [{ resourceType: 'Patient', id, expectedVersion: 0, method: 'PUT', resource }],
  });
  process.send?.(id);
}
