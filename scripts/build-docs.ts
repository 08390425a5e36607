/**
 * `npm run docs`: writes the pages that come from the sources. test/docs.test.ts compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeConfig } from '../src/config/config.ts';
import { loadEngines } from '../src/engines.ts';
import { describeRecords } from '../src/records/description/describe-records.ts';
import { folderOf, sourceImports } from './source-imports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path of each generated page and its text. */
export function generatedPages(): Map<string, string> {
  return new Map([
    ['docs/configuration.md', describeConfig()],
    ['docs/records.md', describeRecords(loadEngines(root).schemas)],
    ['docs/architecture.md', describeArchitecture()],
  ]);
}

/** The folder diagram and, for each folder, what its files are, in the words of their first comment lines. */
function describeArchitecture(): string {
  const imports = sourceImports({ types: false });
  const edges = new Set<string>();
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [folderOf(file), folderOf(target)];
      if (from !== to) edges.add(`  ${from} --> ${to}`);
    }
  }
  const folders = Map.groupBy([...imports.keys()], folderOf);
  const sections = [...folders].map(([folder, files]) =>
    [`## ${folder}`, '', ...files.map((file) => `- \`${file}\`: ${firstSentence(file)}`), ''].join('\n'),
  );
  return `# Architecture

Generated from the sources by \`npm run docs\`. An arrow says: imports at run time. Arrows point down; a test fails on a
cycle.

\`\`\`mermaid
flowchart TD
${[...edges].sort().join('\n')}
\`\`\`

${sections.join('\n')}`;
}

function firstSentence(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const prose = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, ''))
    .join('\n')
    .trim()
    .split('\n\n')[0];
  const [sentence = ''] = (prose ?? '').replaceAll('\n', ' ').split(/(?<=[.:;]) /);
  return sentence.replace(/[:;]$/, '.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generatedPages()) writeFileSync(join(root, path), text);
}
