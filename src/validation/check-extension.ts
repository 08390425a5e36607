/**
 * Extensions: their url, whether they are known, and whether they may stand where they stand.
 *
 * Spec: https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/defining-extensions.html#context
 *
 * An unknown extension is allowed (FHIR says so) unless it claims to be one of ours. An unknown modifierExtension is an
 * error: it may change what the element means. Contexts of type `fhirpath` are not checked, nor those of R4's own
 * extensions on definitions.
 */
import type { StructureDefinition } from '@medplum/fhirtypes';
import { CANONICAL_BASE } from '../conformance/canonical.ts';
import type { Definitions } from '../conformance/definitions.ts';
import { isObject, quote } from './json-value.ts';
import type { Run } from './run.ts';

/** Where an extension stands. */
export interface ExtensionPlace {
  /** Path of the owning element in its StructureDefinition, such as `Encounter.participant` or `HumanName.given`. */
  ownerPath: string;
  /** Type of the owner, such as `HumanName`; for a resource its type. */
  ownerType: string;
  ownerIsResource: boolean;
  /** `url` of the extension around, when the owner is one. */
  outerUrl: string | undefined;
  modifier: boolean;
}

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** R4 uses its own extensions on its own definitions in places that their contexts do not name. */
const DEFINITIONAL = new Set([
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'OperationDefinition',
  'SearchParameter',
]);

/** Types with no DomainResource above them. */
const PLAIN_RESOURCES = new Set(['Bundle', 'Binary', 'Parameters']);

/**
 * Checks url and place of an extension and returns the canonical of its definition, when that is known. The walk stands
 * at the extension. What the extension holds is checked by the walk, against the definition.
 */
export function checkExtension(
  extension: unknown,
  place: ExtensionPlace,
  definitions: Definitions,
  run: Run,
): string | undefined {
  if (!isObject(extension) || typeof extension.url !== 'string') return undefined;
  const { url } = extension;
  const values = Object.keys(extension).some((name) => /^_?value./.test(name));
  if (values === (extension.extension !== undefined)) {
    run.error('invariant', 'An extension has either a value or extensions of its own, and not both.', {
      constraint: 'ext-1',
    });
  }
  if (!url.includes(':')) {
    if (place.outerUrl === undefined) {
      run.error('extension', `The url of an extension must be absolute, found ${quote(url)}.`, { child: 'url' });
    }
    return undefined;
  }
  const definition = definitions.structure(url);
  if (definition?.type !== 'Extension') {
    reportUnknown(url, place, run);
    return undefined;
  }
  const modifier = definition.snapshot?.element?.[0]?.isModifier === true;
  if (modifier !== place.modifier) {
    const right = modifier ? 'modifierExtension' : 'extension';
    run.error('extension', `The extension ${url} belongs under ${right}.`, { child: 'url' });
  }
  if (!contextAllows(definition, place, run)) {
    const allowed = (definition.context ?? []).map((context) => context.expression).join(', ');
    run.error('extension', `The extension ${url} is not for this element. It may stand on: ${allowed}.`);
  }
  return url;
}

function reportUnknown(url: string, place: ExtensionPlace, run: Run): void {
  const shown = quote(url, 200);
  if (place.modifier) {
    run.error('extension', `The modifier extension ${shown} is not known here, so the element can not be understood.`);
  } else if (url.startsWith(`${CANONICAL_BASE}/`)) {
    run.error('extension', `There is no extension ${shown} in this implementation guide.`, { child: 'url' });
  }
}

function contextAllows(definition: StructureDefinition, place: ExtensionPlace, run: Run): boolean {
  const contexts = definition.context ?? [];
  if (definition.url.startsWith(CORE) && DEFINITIONAL.has(String(run.scope.resource.resourceType))) return true;
  if (contexts.length === 0) return true;
  return contexts.some(({ type, expression }) => {
    if (type === 'fhirpath') return true;
    if (type === 'extension') return place.outerUrl === expression?.split('#')[0];
    return expression !== undefined && elementContextAllows(expression.replace(/^.*#/, ''), place, run);
  });
}

function elementContextAllows(expression: string, place: ExtensionPlace, run: Run): boolean {
  // R4's own definitions say Element where they also mean resources, and its examples use them so.
  if (expression === 'Element' || expression === '*') return true;
  if (expression === place.ownerPath || expression === place.ownerType) return true;
  if (place.ownerIsResource) {
    if (expression === 'Resource') return true;
    return expression === 'DomainResource' && !PLAIN_RESOURCES.has(place.ownerType);
  }
  if (expression === 'BackboneElement') return place.ownerType === 'BackboneElement';
  // The path through datatypes, as `Patient.name.given`; a choice may be written with or without [x].
  const plain = expression.replaceAll('[x]', '');
  return plain === place.ownerPath.replaceAll('[x]', '') || plain === pathFromResource(run);
}

/** The path from the nearest resource, without indexes and without the extension itself. */
function pathFromResource(run: Run): string {
  const names = run.path.filter((step) => typeof step === 'string').slice(0, -1);
  const start = names.findLastIndex((name) => name === 'resource' || name === 'contained');
  const type = String(run.scope.resource.resourceType);
  return [type, ...names.slice(start < 0 ? 1 : start + 1)].join('.');
}
