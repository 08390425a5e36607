/**
 * A folder of conformance resources, one JSON file each: our compiled implementation guide, its ConceptMaps, or a
 * package that an operator adds.
 *
 * Spec: https://hl7.org/fhir/R4/packages.html
 *
 * Read whole at start: our own package is small, and an edit must show without a rebuild. Files that hold no FHIR
 * resource (`package.json`, `.index.json`) are passed over; a file that is not JSON is an error with its name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource of a package. Examples and Measures are there too, so a canonical URL is not certain. */
export interface PackageResource {
  resourceType: string;
  id?: string | undefined;
  url?: string | undefined;
  version?: string | undefined;
  [element: string]: unknown;
}

/** Every resource in `folder` (not in its subfolders), ordered by file name. An absent folder is an empty package. */
export function readPackageFolder(folder: string): PackageResource[] {
  return jsonFiles(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (cause) {
      throw new Error(`${name} in a package folder is not JSON.`, { cause });
    }
    return isResource(parsed) ? [parsed] : [];
  });
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const isResource = (value: unknown): value is PackageResource =>
  typeof value === 'object' && value !== null && typeof (value as PackageResource).resourceType === 'string';
