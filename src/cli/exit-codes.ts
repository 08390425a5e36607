/** What the `mentoring-fhir` command answers to the shell. */
export const EXIT = {
  ok: 0,
  /** The input has errors, or some lines were refused. */
  findings: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Something else failed: a file or a server out of reach. */
  failed: 3,
} as const;

/** A mistake on the command line; the message says how to do it right. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
