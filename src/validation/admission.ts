/**
 * The one gate in front of the store: which profiles a resource must meet, whether it does, and what the program's
 * rules say of it. Every write goes through it: records, FHIR create, update, transaction, import.
 *
 * The server chooses the profiles from type and program; a claim in `meta.profile` is checked too but never trusted.
 * Structural findings are always refused. Policy findings (a program's rule) refuse a request that our own agency
 * makes now; a fact that has happened is stored and carries its findings.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../outcome/finding.ts';

export interface AdmissionContext {
  /**
   * How policy findings weigh: 'request' refuses them, 'fact' stores them, 'auto' decides by type (ServiceRequest,
   * CarePlan and Goal are requests unless a payer or review body has decided).
   */
  nature: 'auto' | 'request' | 'fact';
  /** The program when the caller knows it; otherwise it is read from the resource and what the resource is based on. */
  program?: string;
  /** Reads another resource by a relative reference such as `ServiceRequest/1`, within the same write first. */
  lookup(reference: string): Promise<Resource | undefined>;
}

export interface Admitted {
  /** The resource with `meta.profile` stamped. */
  resource: Resource;
  refused: boolean;
  /** Everything found. On refusal holds at least one error. */
  findings: Finding[];
}

export interface Admission {
  admit(resource: Resource, context: AdmissionContext): Promise<Admitted>;
}
