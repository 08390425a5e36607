/**
 * Rule packs: which rules of the catalogue a program applies, and how heavily.
 *
 * A pack is one JSON file, profiles/programs/<program>.json. The catalogue beside it (catalogue.json) says what each
 * rule means. A new program, or a changed severity, is a change of JSON alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Severity } from '../outcome/finding.ts';

const PackFile = z.object({
  program: z.string(),
  title: z.string(),
  timeZone: z.string().optional(),
  version: z.string(),
  rules: z.array(z.object({ id: z.string(), severity: z.enum(['error', 'warning', 'information']) })),
});

export interface RulePack {
  /** Code of CodeSystem tm-program, such as `masshealth-cbhi`; `common` for the advisory rules. */
  program: string;
  title: string;
  version: string;
  /** Rule id to its weight in this program. A rule that is absent does not apply. */
  severities: ReadonlyMap<string, Severity>;
}

/** The four programs of the guide, in the order their documents were read, and the advisory pack. */
export const PROGRAMS = ['state-cys', 'masshealth-cbhi', 'va-hr-csa', 'ct-dcf-tss'] as const;

/** Reads the packs of a folder; throws with the file's name when one is not of the pack's shape. */
export function loadRulePacks(folder: string): Map<string, RulePack> {
  const packs = [...PROGRAMS, 'common'].map((program) => readPack(join(folder, `${program}.json`)));
  return new Map(packs.map((pack) => [pack.program, pack]));
}

function readPack(file: string): RulePack {
  const parsed = PackFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is not a rule pack:\n${z.prettifyError(parsed.error)}`);
  const { rules, program, title, version } = parsed.data;
  return { program, title, version, severities: new Map(rules.map((rule) => [rule.id, rule.severity])) };
}
