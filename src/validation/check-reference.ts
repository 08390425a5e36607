/**
 * References: their form, the type they point at, and whether what must be here is here.
 *
 * Spec: https://hl7.org/fhir/R4/references.html#Reference, invariant ref-1;
 *       https://hl7.org/fhir/R4/bundle.html#references
 *
 * A reference to another server, or to a resource of this one that is not in the same Bundle, is not followed.
 */
import type { Definitions } from '../conformance/definitions.ts';
import { orList } from '../outcome/nearest.ts';
import { type JsonObject, quote } from './json-value.ts';
import { parseLiteral, referencedType, resolveReference } from './reference-target.ts';
import type { TypeRule } from './rules.ts';
import type { Run } from './run.ts';

/** Bundles whose `urn:uuid:` references can lead nowhere but into the Bundle. */
const CLOSED_BUNDLES = new Set(['document', 'message', 'transaction', 'collection']);

export interface ReferenceParts {
  definitions: Definitions;
  conforms(value: unknown, profile: string, run: Run): boolean;
}

/** Checks one Reference object against the type rule of its element. */
export function checkReference(reference: JsonObject, type: TypeRule, parts: ReferenceParts, run: Run): void {
  const text = reference.reference;
  const target = typeof text === 'string' ? resolveReference(reference, run) : undefined;
  if (typeof text === 'string') checkText(text, target, parts.definitions, run);

  const named = typeof target?.resourceType === 'string' ? target.resourceType : referencedType(reference);
  if (named === undefined) return;
  if (typeof reference.type === 'string' && reference.type !== named) {
    run.error('value', `The reference is to a ${named}, but its type says ${quote(reference.type)}.`, {
      child: 'type',
    });
  }
  if (type.targetTypes && !type.targetTypes.has(named)) {
    run.error('structure', `A reference to ${orList([...type.targetTypes])} is expected here, found ${quote(named)}.`, {
      ...(typeof text === 'string' && { child: 'reference' }),
    });
    return;
  }
  if (target && type.targetProfiles.length > 0) checkTargetProfiles(target, type, parts, run);
}

function checkText(text: string, target: JsonObject | undefined, definitions: Definitions, run: Run): void {
  if (text.startsWith('#')) {
    if (!target) {
      const id = quote(text.slice(1));
      run.error('not-found', `No contained resource has the id ${id}. Contain it, or refer to it as Type/id.`, {
        child: 'reference',
        constraint: 'ref-1',
      });
    }
    return;
  }
  if (text.startsWith('urn:')) {
    if (run.scope.bundle && !target) {
      const closed = CLOSED_BUNDLES.has(run.scope.bundleType ?? '');
      run.add(closed ? 'error' : 'warning', 'not-found', `No entry of the Bundle has the fullUrl ${quote(text)}.`, {
        child: 'reference',
      });
    }
    return;
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return;
  const type = parseLiteral(text)?.type ?? /^([A-Z][A-Za-z]+)\?\S+$/.exec(text)?.[1];
  if (type === undefined) {
    run.error('value', `${quote(text)} is not a reference. Write Type/id, an absolute URL, #id or urn:uuid:….`, {
      child: 'reference',
    });
  } else if (definitions.structure(type)?.kind !== 'resource') {
    run.error('value', `${quote(type)} is not a resource type of FHIR R4.`, { child: 'reference' });
  }
}

/** Only for targets at hand, and only where the element asks for profiles. */
function checkTargetProfiles(target: JsonObject, type: TypeRule, parts: ReferenceParts, run: Run): void {
  // One that is not loaded here may be the one that the target meets.
  const known = type.targetProfiles.filter((profile) => parts.definitions.structure(profile)?.snapshot);
  if (known.length < type.targetProfiles.length) return;
  if (known.some((profile) => parts.conforms(target, profile, run))) return;
  run.error('structure', `What the reference leads to does not meet ${orList(known)}.`, { child: 'reference' });
}
