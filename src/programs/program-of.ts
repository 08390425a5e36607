/**
 * Under which program a resource stands.
 *
 * A program-bound resource carries the code of CodeSystem tm-program as `meta.tag`; referrals and plans carry it as
 * `category` too. A resource without either takes the program of the referral it is based on.
 */
import type { Coding, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../conformance/canonical.ts';

const PROGRAM_SYSTEM = codeSystemUrl('tm-program');

/** The program codes a resource carries itself; several only for people, who may work in several programs. */
export function programsOn(resource: Resource): string[] {
  const found = new Set<string>();
  const add = (codings: readonly Coding[] | undefined) => {
    for (const coding of Array.isArray(codings) ? codings : []) {
      if (coding?.system === PROGRAM_SYSTEM && coding.code) found.add(coding.code);
    }
  };
  add(resource.meta?.tag);
  if (resource.resourceType === 'ServiceRequest' || resource.resourceType === 'CarePlan') {
    for (const category of Array.isArray(resource.category) ? resource.category : []) add(category?.coding);
  }
  return [...found];
}

/** As `programsOn`, and where that finds none, the program of the referral that an Encounter or episode rests on. */
export async function findPrograms(
  resource: Resource,
  lookup: (reference: string) => Promise<Resource | undefined>,
): Promise<string[]> {
  const own = programsOn(resource);
  if (own.length > 0) return own;
  for (const reference of basisOf(resource)) {
    const basis = await lookup(reference);
    const programs = basis ? programsOn(basis) : [];
    if (programs.length > 0) return programs;
  }
  return [];
}

function basisOf(resource: Resource): string[] {
  switch (resource.resourceType) {
    case 'Encounter':
      return referencesIn(resource.basedOn);
    case 'EpisodeOfCare':
      return referencesIn(resource.referralRequest);
    case 'DocumentReference':
      return referencesIn(resource.context?.encounter);
    default:
      return [];
  }
}

function referencesIn(list: readonly { reference?: string | undefined }[] | undefined): string[] {
  return (Array.isArray(list) ? list : []).flatMap((one) =>
    typeof one?.reference === 'string' ? [one.reference] : [],
  );
}
