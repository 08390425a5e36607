/** Which file of src imports which, read from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file of src, as `src/fhir/search/parse-search.ts`, with the files it imports (types included or not). */
export function sourceImports({ types }: { types: boolean }): Map<string, string[]> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
  return new Map(files.sort().map((file) => [file, importsOf(file, types)]));
}

function importsOf(file: string, types: boolean): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '(\.[^']+)';/gms)];
  return found
    .filter(([statement, isType]) => types || !(isType || onlyTypes(statement)))
    .map(([, , path]) => relative(root, join(root, dirname(file), path ?? '')));
}

/** `import { type A, type B } from …` is gone at run time as well. */
function onlyTypes(statement: string): boolean {
  const names = /\{([^}]*)\}/s
    .exec(statement)?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '));
}

/** `fhir` for src/fhir/search/x.ts; the file itself for src/app.ts. */
export const folderOf = (file: string): string => file.split('/')[1]?.replace(/\.ts$/, '') ?? file;
