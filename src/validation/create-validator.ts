/**
 * Builds the validator from its parts.
 *
 * Spec: https://hl7.org/fhir/R4/validation.html
 *
 * Profiles are compiled when first used and kept. What is checked and what is not is in docs/validation.md.
 */
import type { Definitions } from '../conformance/definitions.ts';
import type { Finding } from '../outcome/finding.ts';
import { checkNestedResource, checkRoot, type ResourceParts } from './check-resource.ts';
import { createStructureCompiler } from './compile-structure.ts';
import { createInvariantCompiler } from './invariants.ts';
import { isObject, jsonKind } from './json-value.ts';
import { Run } from './run.ts';
import { createTerminology } from './terminology.ts';
import type { Validator } from './validator.ts';
import { createWalk } from './walk.ts';

export interface ValidatorParts {
  definitions: Definitions;
}

/** Creates a validator over the definitions. Creating it compiles nothing yet. */
export function createValidator({ definitions }: ValidatorParts): Validator {
  const terminology = createTerminology(definitions);
  const conforms = (value: unknown, profile: string, run: Run): boolean => {
    const rules = compiler.structure(profile);
    if (!rules || !isObject(value)) return false;
    return run.conforming(value, profile, () => {
      const { profile: before } = run;
      run.profile = rules.url;
      walk.checkStructure(value, rules, run);
      run.profile = before;
    });
  };
  const invariants = createInvariantCompiler({ terminology, conforms });
  const compiler = createStructureCompiler({ definitions, invariants, terminology, conforms });
  const walk = createWalk({
    definitions,
    terminology,
    structure: compiler.structure,
    conforms,
    checkNested: (value, element, type, run) => checkNestedResource(value, element, type, resources, run),
  });
  const resources: ResourceParts = {
    structure: compiler.structure,
    resourceTypes: () => terminology.knownCodes('http://hl7.org/fhir/ValueSet/resource-types'),
    checkStructure: walk.checkStructure,
  };

  return {
    validate: (resource, options = {}) => {
      if (!isObject(resource)) {
        const message = `A resource is a JSON object, found ${jsonKind(resource)}.`;
        return [{ severity: 'fatal', code: 'structure', message }];
      }
      const run = new Run(resource, options.claimed ?? true);
      try {
        checkRoot(resource, options.profiles ?? [], resources, run);
      } catch (error) {
        // Whatever the input was, the caller gets an answer; the message holds no content of the resource.
        run.findings.push({ severity: 'fatal', code: 'exception', message: `The check broke off: ${reason(error)}` });
      }
      return distinct(run.findings);
    },
  };
}

const reason = (error: unknown): string =>
  error instanceof RangeError ? 'the content is nested too deep or too large.' : 'an internal error.';

/** Two profiles report what they share; it is one finding. */
function distinct(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const seen = new Set<string>();
  return findings.filter(({ severity, expression, constraint, message }) => {
    const key = JSON.stringify([severity, expression, constraint, message]);
    return !seen.has(key) && seen.add(key);
  });
}
