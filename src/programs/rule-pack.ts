/**
 * Rule packs: which rules of the catalogue a program applies, how heavily, and which of our profiles it adds.
 *
 * A pack is one JSON file, profiles/programs/<program>.json; every pack of the folder is in force. The catalogue beside
 * them (catalogue.json) says what each rule means. A new program, or a changed severity, is a change of JSON alone,
 * besides the profiles it adds in FSH.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Severity } from '../outcome/finding.ts';

const AddedProfile = z.object({
  /** Id of the base profile of the guide, such as `tm-session`. */
  base: z.string(),
  /** Only for resources whose `category` holds one of these codes of one of our code systems. */
  category: z.object({ system: z.string(), codes: z.array(z.string()).min(1) }).optional(),
  /** Id of the narrower profile. */
  add: z.string(),
});

const PackFile = z.object({
  program: z.string(),
  title: z.string(),
  timeZone: z.string().optional(),
  version: z.string(),
  profiles: z.array(AddedProfile),
  rules: z.array(z.object({ id: z.string(), severity: z.enum(['error', 'warning', 'information']) })),
});

export type AddedProfile = z.infer<typeof AddedProfile>;

export interface RulePack {
  /** Code of CodeSystem tm-program, such as `masshealth-cbhi`; `common` for the advisory rules. */
  program: string;
  title: string;
  version: string;
  profiles: readonly AddedProfile[];
  /** Rule id to its weight in this program. A rule that is absent does not apply. */
  severities: ReadonlyMap<string, Severity>;
}

/** By program. */
export type RulePacks = ReadonlyMap<string, RulePack>;

/**
 * Reads the packs of a folder. Throws with the file's name when one is not of the pack's shape, names a rule that the
 * catalogue does not hold, holds a rule twice, or is about a program that another pack is about.
 */
export function loadRulePacks(folder: string): RulePacks {
  const known = catalogueIds(join(folder, 'catalogue.json'));
  const packs = new Map<string, RulePack>();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json') || name.startsWith('catalogue')) continue;
    const pack = readPack(join(folder, name), known);
    if (packs.has(pack.program)) throw new Error(`${name}: there are two packs for the program ${pack.program}.`);
    packs.set(pack.program, pack);
  }
  return packs;
}

function readPack(file: string, known: ReadonlySet<string>): RulePack {
  const parsed = PackFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is not a rule pack:\n${z.prettifyError(parsed.error)}`);
  const { rules, program, title, version, profiles } = parsed.data;
  const severities = new Map<string, Severity>();
  for (const { id, severity } of rules) {
    if (!known.has(id)) throw new Error(`${file}: the catalogue has no rule ${id}.`);
    if (severities.has(id)) throw new Error(`${file}: the rule ${id} stands twice.`);
    severities.set(id, severity);
  }
  return { program, title, version, profiles, severities };
}

const Catalogue = z.object({
  rules: z.array(z.object({ id: z.string() })),
  structural: z.array(z.object({ id: z.string() })),
  external: z.array(z.object({ id: z.string() })),
});

function catalogueIds(file: string): Set<string> {
  const { rules, structural, external } = Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Set([...rules, ...structural, ...external].map(({ id }) => id));
}
