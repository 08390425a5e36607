/**
 * Several calls that meet make one statement.
 *
 * A call that finds nothing under way runs at once and alone. Calls that arrive meanwhile wait for the turn and then
 * go together, so the busier the store, the fewer statements, round trips and syncs to disk each call costs. Nobody
 * waits for company.
 *
 * A group that the database refuses is done again call by call, so that one caller's mistake is told to that caller
 * alone. A database that did not answer is told to all: what became of the group is not known, and only the callers
 * can tell what doing it again would mean.
 */
import { StoreUnavailable } from './resource-store.ts';

interface Coalescing<Request, Answer> {
  /** Answers in the order of the requests. All of them happen, or none. */
  run(requests: readonly Request[]): Promise<readonly Answer[]>;
  /** Most requests that go together. */
  most: number;
  /** Most groups under way at once. */
  groups: number;
  /** Requests with different keys never go together. */
  key(request: Request): string;
  /** What a request touches: two that touch the same never go together. Default: nothing. */
  touches?(request: Request): readonly string[];
}

interface Waiting<Request, Answer> {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** A function that answers one request, together with others where they meet. */
export function coalesce<Request, Answer>(options: Coalescing<Request, Answer>): (request: Request) => Promise<Answer> {
  let waiting: Waiting<Request, Answer>[] = [];
  let underWay = 0;

  return (request) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      startGroups();
    });

  function startGroups(): void {
    while (underWay < options.groups && waiting.length > 0) {
      underWay += 1;
      const { group, rest } = nextGroup(waiting, options);
      waiting = rest;
      void runGroup(group, options).then(() => {
        underWay -= 1;
        startGroups();
      });
    }
  }
}

function nextGroup<Request, Answer>(
  waiting: readonly Waiting<Request, Answer>[],
  { most, key, touches }: Coalescing<Request, Answer>,
): { group: Waiting<Request, Answer>[]; rest: Waiting<Request, Answer>[] } {
  const group: Waiting<Request, Answer>[] = [];
  const rest: Waiting<Request, Answer>[] = [];
  const touched = new Set<string>();
  const first = waiting[0];
  for (const one of waiting) {
    const own = touches?.(one.request) ?? [];
    const fits = group.length < most && first !== undefined && key(one.request) === key(first.request);
    if (fits && !own.some((what) => touched.has(what))) group.push(one);
    else rest.push(one);
    // Also what must wait keeps later requests on the same thing behind it.
    for (const what of own) touched.add(what);
  }
  return { group, rest };
}

/** Never rejects: every caller of the group has its answer or its error. */
async function runGroup<Request, Answer>(
  group: readonly Waiting<Request, Answer>[],
  options: Coalescing<Request, Answer>,
): Promise<void> {
  try {
    const answers = await options.run(group.map(({ request }) => request));
    group.forEach(({ resolve }, index) => {
      resolve(answers[index] as Answer);
    });
  } catch (error) {
    if (group.length === 1 || error instanceof StoreUnavailable) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const one of group) await runGroup([one], options);
  }
}
