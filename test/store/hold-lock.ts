/** A process that holds the lock of a folder until it is killed: `node hold-lock.ts <folder>`. */
import process from 'node:process';
import { lockDirectory } from '../../src/store/directory-lock.ts';

await lockDirectory(process.argv[2] ?? '');
process.send?.('held');
setInterval(() => {}, 1000);
