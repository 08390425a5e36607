/**
 * The entry of the service: keeps compiled code between starts, then starts (`start.ts`).
 *
 * https://nodejs.org/docs/latest-v24.x/api/module.html#moduleenablecompilecachecachedir: a fifth of a warm start. The
 * cache must be on before the modules it is for are loaded, hence the import below. Without a writable folder it is
 * simply not used.
 */
import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

enableCompileCache(join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache', 'compiled'));
await import('./start.ts');
