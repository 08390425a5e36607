/**
 * Builds the index of R4 definitions ahead of the first start: `node scripts/build-definition-index.ts [folder]`.
 * The folder defaults to `.cache` beside this script's parent. Does nothing when a whole index is already there.
 */
import { join } from 'node:path';
import { buildDefinitionIndex, openDefinitionFile } from '../src/conformance/definition-file.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '..', '.cache');
const present = openDefinitionFile(folder);
if (present) present.close();
else buildDefinitionIndex(folder);
