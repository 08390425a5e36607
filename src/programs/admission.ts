/**
 * The gate in front of every write: choose the profiles, validate, weigh by the program's rules, stamp.
 *
 * See src/validation/admission.ts for the contract. Structural errors always refuse. A policy error refuses a
 * request our own agency makes now; a fact (a session held, a note, a decision already taken) is stored with it.
 */
import type { Coding, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl, profileUrl } from '../conformance/canonical.ts';
import { type Finding, isError } from '../outcome/finding.ts';
import type { Admission, AdmissionContext, Admitted } from '../validation/admission.ts';
import type { Validator } from '../validation/validator.ts';
import { weigh } from './policy.ts';
import { isOwnPlan, profilesInForce } from './profiles-in-force.ts';
import { findPrograms } from './program-of.ts';
import type { RulePacks } from './rule-pack.ts';
import { type DataPolicy, stampLabels } from './sandbox-data.ts';

export interface AdmissionParts {
  validator: Validator;
  packs: RulePacks;
  /** What may be stored at all, and which security label everything carries. */
  dataPolicy: DataPolicy;
}

export function createAdmission({ validator, packs, dataPolicy }: AdmissionParts): Admission {
  return { admit };

  async function admit(resource: Resource, context: AdmissionContext): Promise<Admitted> {
    const programs = context.program ? [context.program] : await findPrograms(resource, context.lookup);
    const profiles = profilesInForce(resource, programs, packs);
    const found = validator.validate(resource, { profiles });
    const { structural, policy } = weigh(found, programs, packs);
    structural.push(...dataPolicy.check(resource));

    const asRequest = context.nature === 'request' || (context.nature === 'auto' && isRequest(resource));
    const refused = structural.some(isError) || (asRequest && policy.some(isError));
    const findings = [...structural, ...policy.map((finding) => (asRequest ? finding : asFact(finding)))];
    return { refused, findings, resource: refused ? resource : stamp(resource, profiles, dataPolicy.label) };
  }
}

/** On a stored fact a broken rule is told as a warning: the write succeeded, and the sentence says what it means. */
function asFact(finding: Finding): Finding {
  if (!isError(finding)) return finding;
  return { ...finding, severity: 'warning', message: `${finding.message} Stored as a fact; it breaks this rule.` };
}

/** A new request of our own agency: a referral or plan that nobody has decided on, or a goal proposed now. */
function isRequest(resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'ServiceRequest':
      return !isDecided(resource);
    case 'CarePlan':
      return isOwnPlan(resource);
    case 'Goal':
      return true;
    default:
      return false;
  }
}

/** A payer gave it a number, or a review body decided: then it is a fact, whatever we think of it. */
function isDecided(resource: Resource & { resourceType: 'ServiceRequest' }): boolean {
  const approvals = resource.extension?.filter((one) => one?.url === profileUrl('tm-approval')) ?? [];
  const decided = approvals.some((one) => one.extension?.some((part) => part?.url === 'decision'));
  return decided || (resource.identifier ?? []).some((one) => one?.type?.coding?.some(isAuthorizationNumber) ?? false);
}

const isAuthorizationNumber = (coding: Coding): boolean =>
  coding?.code === 'authorization-number' && coding.system === codeSystemUrl('tm-identifier-type');

/**
 * Our profiles replace whatever was claimed of ours; claims of other guides stay. Labels are added, never removed.
 */
function stamp(resource: Resource, profiles: readonly string[], label: Coding | undefined): Resource {
  const others = (resource.meta?.profile ?? []).filter((url) => !url.startsWith(profileUrl('')));
  const profile = [...profiles, ...others];
  const { profile: _claimed, security, ...rest } = resource.meta ?? {};
  const labels = stampLabels(security, label);
  return {
    ...resource,
    meta: {
      ...rest,
      ...(profile.length > 0 && { profile }),
      ...(labels.length > 0 && { security: labels }),
    },
  } as Resource;
}
