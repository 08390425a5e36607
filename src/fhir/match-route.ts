/**
 * From method and path to an interaction.
 *
 * Spec: https://hl7.org/fhir/R4/http.html#styleguide, https://hl7.org/fhir/R4/datatypes.html#id
 *
 * Used for requests and for the entries of a batch or transaction. What is not offered gets a sentence that says so:
 * 404 for paths we do not know, 405 with Allow for methods, 400 for ids that can not be ids.
 */
import { isFhirId, isTypeName } from '../conformance/fhir-id.ts';
import { badRequest, FhirError, issue } from '../outcome/fhir-error.ts';
import { INTERACTIONS, type Interaction, type InteractionCode } from './interactions.ts';
import { requireServedType } from './served-types.ts';

export interface Route {
  code: InteractionCode;
  /** Pattern of the row, such as `/:resourceType/:id`. */
  path: string;
  /** Empty at system level. */
  resourceType: string;
  id: string;
  versionId: string;
}

const ROWS = INTERACTIONS.map((row) => ({ ...row, segments: row.path.split('/').filter(Boolean) }));

/**
 * Finds the row for a decoded path below the base (`['Patient', '1']`). HEAD is answered as GET. Throws a FhirError
 * (400, 404, 405) when nothing is offered there.
 */
export function matchRoute(method: string, segments: readonly string[]): Route {
  const asked = method === 'HEAD' ? 'GET' : method;
  const [first = '', second = '', third, fourth] = segments;
  const onPath = ROWS.filter((row) => fits(row.segments, segments));
  if (onPath.length === 0) throw nothingThere(segments);

  const resourceType = isTypeName(first) ? first : '';
  const served = resourceType === '' ? undefined : requireServedType(resourceType);
  const hasId = segments.length > 1 && !second.startsWith('_');
  if (hasId && !isFhirId(second)) {
    throw badRequest('value', 'The id in the URL is not one: 1 to 64 letters, digits, "-" and ".".');
  }
  const offered = onPath.filter((row) => served?.interactions.includes(row.code) ?? true);
  const row = offered.find((candidate) => candidate.method === asked);
  if (!row) throw methodNotAllowed(asked, resourceType, offered, onPath);
  return {
    code: row.code,
    path: row.path,
    resourceType,
    id: hasId ? second : '',
    versionId: third === '_history' ? (fourth ?? '') : '',
  };
}

/** Splits and decodes a path. Throws a FhirError (400) for escapes that do not decode. */
export function pathSegments(path: string): string[] {
  const raw = path.replace(/^\//, '').replace(/\/$/, '');
  if (raw === '') return [];
  try {
    return raw.split('/').map(decodeURIComponent);
  } catch {
    throw badRequest('invalid', 'The path has a % escape that does not decode to UTF-8.');
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, at) => {
    const segment = segments[at] ?? '';
    if (part === ':resourceType') return isTypeName(segment);
    // A bad id is told apart from an unknown path below; `_x` and `$x` are never ids.
    if (part === ':id') return segment !== '' && !/^[_$]/.test(segment);
    if (part === ':versionId') return segment !== '';
    return part === segment;
  });
}

function nothingThere(segments: readonly string[]): FhirError {
  if (segments.length === 0) return baseOnly();
  const last = segments.at(-1) ?? '';
  if (last.startsWith('$')) {
    return new FhirError(404, [issue('not-supported', 'That operation is not offered. See [base]/metadata.')]);
  }
  if (isTypeName(segments[0] ?? '')) requireServedType(segments[0] ?? '');
  return new FhirError(404, [
    issue('not-found', 'Nothing is served at this path. [base]/metadata says what this service offers.'),
  ]);
}

const baseOnly = (): FhirError =>
  new FhirError(404, [
    issue('not-found', 'This is the base of a FHIR R4 API. Read [base]/metadata for what it offers.'),
  ]);

function methodNotAllowed(
  method: string,
  resourceType: string,
  offered: readonly Interaction[],
  onPath: readonly Interaction[],
): FhirError {
  if (onPath.every((row) => row.path === '/') && method === 'GET') return baseOnly();
  const methods = [...new Set(offered.map((row) => row.method))];
  const allowed = methods.length > 0 ? `Offered here: ${methods.join(', ')}.` : 'Nothing is offered at this path.';
  return new FhirError(405, [issue('not-supported', `${reason(method, resourceType, onPath)} ${allowed}`)], {
    headers: { Allow: methods.join(', ') },
  });
}

function reason(method: string, resourceType: string, onPath: readonly Interaction[]): string {
  if (method === 'PATCH') return 'patch is not offered yet; send the whole resource with PUT.';
  if (onPath.some((row) => row.path === '/:resourceType') && (method === 'PUT' || method === 'DELETE')) {
    return `Conditional ${method === 'PUT' ? 'update' : 'delete'} is not offered yet; name the id in the URL.`;
  }
  const row = onPath.find((candidate) => candidate.method === method);
  return row ? `${row.code} is not offered for ${resourceType}.` : 'That method is not offered here.';
}
