/**
 * The parts that need no store: definitions, validator, maps, rule packs, record schemas, admission. Built once from
 * the folders of a checkout, for the service and for the command line alike.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definitions } from './conformance/definitions.ts';
import { loadDefinitions } from './conformance/load-definitions.ts';
import { loadMaps } from './mapping/load-maps.ts';
import type { MapLibrary } from './mapping/map-library.ts';
import { createAdmission } from './programs/admission.ts';
import { loadRulePacks, type RulePacks } from './programs/rule-pack.ts';
import { sandboxData } from './programs/sandbox-data.ts';
import { compileRecordSchemas, type RecordSchemas } from './records/schema/parse-record.ts';
import type { Admission } from './validation/admission.ts';
import { createValidator } from './validation/create-validator.ts';
import type { Validator } from './validation/validator.ts';

export interface Engines {
  definitions: Definitions;
  validator: Validator;
  maps: MapLibrary;
  packs: RulePacks;
  schemas: RecordSchemas;
  admission: Admission;
}

/** The definitions of a checkout; their index is kept in its .cache folder. */
export const loadCheckoutDefinitions = (root: string): Definitions =>
  loadDefinitions({
    cacheDir: join(root, '.cache'),
    packageDirs: [join(root, 'profiles', 'package'), join(root, 'mappings', 'conceptmaps')],
  });

/**
 * `root` is the checkout: it holds profiles/ and mappings/. Throws with file and line when a profile, map or pack can
 * not be used.
 */
export function loadEngines(root: string, definitions: Definitions = loadCheckoutDefinitions(root)): Engines {
  const validator = createValidator({ definitions });
  const packs = loadRulePacks(join(root, 'profiles', 'programs'));
  return {
    definitions,
    validator,
    packs,
    maps: loadMaps(readMapFiles(join(root, 'mappings')), { definitions }),
    schemas: compileRecordSchemas(definitions),
    admission: createAdmission({ validator, packs, dataPolicy: sandboxData }),
  };
}

function readMapFiles(folder: string): { file: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.map'))
    .sort()
    .map((name) => ({ file: `mappings/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}
