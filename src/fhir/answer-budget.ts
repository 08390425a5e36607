/**
 * How much the answer of one Bundle may hold.
 *
 * Spec: https://hl7.org/fhir/R4/valueset-issue-type.html (too-costly)
 *
 * A thousand searches fit into a Bundle of 90 kB and would answer with gigabytes. Beyond the budget further reads are
 * refused one by one, so the answer stays below the budget and the largest single answer.
 */
import { FhirError, issue } from '../outcome/fhir-error.ts';

const MOST_CHARACTERS = 32 * 1024 * 1024;

export interface AnswerBudget {
  /** Throws a FhirError (413) when nothing is left. */
  requireSome(): void;
  spend(characters: number): void;
}

export function createAnswerBudget(most = MOST_CHARACTERS): AnswerBudget {
  let left = most;
  return {
    requireSome() {
      if (left > 0) return;
      throw new FhirError(413, [
        issue(
          'too-costly',
          `The answers to this Bundle are longer than ${most} characters. Send this entry by itself.`,
        ),
      ]);
    },
    spend(characters) {
      left -= characters;
    },
  };
}
