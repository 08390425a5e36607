/**
 * The FHIR REST interactions this service offers: one row each.
 *
 * Spec: https://hl7.org/fhir/R4/http.html and
 *       https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 *
 * The dispatcher and the CapabilityStatement read this table, and the authorization check will. Types begin with a
 * capital and ids hold no `_` or `$`, so a literal such as `_history` is never taken for an id.
 */
/** A SMART permission; null where there is none: the CapabilityStatement is public, a Bundle is judged by its entries. */
type Permission = 'c' | 'r' | 'u' | 'd' | 's' | null;

export interface Interaction {
  /** A code of http://hl7.org/fhir/restful-interaction; also the name of the file that implements it. */
  code: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  permission: Permission;
}

export const INTERACTIONS = [
  { code: 'capabilities', method: 'GET', path: '/metadata', permission: null },
  { code: 'history-system', method: 'GET', path: '/_history', permission: 's' },
  { code: 'transaction', method: 'POST', path: '/', permission: null },
  { code: 'batch', method: 'POST', path: '/', permission: null },
  { code: 'search-type', method: 'POST', path: '/:resourceType/_search', permission: 's' },
  { code: 'history-type', method: 'GET', path: '/:resourceType/_history', permission: 's' },
  { code: 'search-type', method: 'GET', path: '/:resourceType', permission: 's' },
  { code: 'create', method: 'POST', path: '/:resourceType', permission: 'c' },
  { code: 'history-instance', method: 'GET', path: '/:resourceType/:id/_history', permission: 'r' },
  { code: 'vread', method: 'GET', path: '/:resourceType/:id/_history/:versionId', permission: 'r' },
  { code: 'read', method: 'GET', path: '/:resourceType/:id', permission: 'r' },
  { code: 'update', method: 'PUT', path: '/:resourceType/:id', permission: 'u' },
  { code: 'delete', method: 'DELETE', path: '/:resourceType/:id', permission: 'd' },
] as const satisfies readonly Interaction[];

export type InteractionCode = (typeof INTERACTIONS)[number]['code'];
