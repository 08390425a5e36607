/** The demo's story, chapter by chapter, over real HTTP. Every step checks what it got. */

import { sandboxRecords } from './sandbox/sandbox-records.ts';
import type { Answer, Story } from './story.ts';

interface Issue {
  severity: string;
  diagnostics: string;
}
interface Entry {
  resource: { resourceType: string; id: string; [element: string]: unknown };
}

export async function tellChapters(story: Story): Promise<void> {
  await agencySendsRecords(story);
  await agencyImportsTheRest(story);
  await clinicianReads(story);
  await payerReads(story);
  await stateReads(story);
  await mistakesAreTold(story);
  await factsKeepTheirFindings(story);
  await recordsComeBack(story);
}

async function agencySendsRecords(story: Story): Promise<void> {
  story.chapter(
    'A mentoring agency sends a record',
    'Its own JSON in; validated FHIR resources and every finding out.',
  );
  for (const { kind, record } of sandboxRecords.slice(0, 2)) {
    const answer = await story.call('PUT', `/mentoring/${kind}/${record.id}`, { body: record });
    story.say(`${answer.json.outcome}: ${answer.json.resources.join(', ')}`);
  }
  const [first] = sandboxRecords;
  const again = await story.call('PUT', `/mentoring/${first?.kind}/${first?.record.id}`, { body: first?.record });
  story.say(`sent again: ${again.json.outcome}, still version ${again.json.version}`);
}

async function agencyImportsTheRest(story: Story): Promise<void> {
  story.chapter(
    'It imports the rest',
    'Eight invented youths in four programs, one NDJSON line for each record, a receipt for each line.',
  );
  const lines = sandboxRecords.map(({ kind, record }) => JSON.stringify({ kind, record })).join('\n');
  const startedAt = performance.now();
  const taken = await story.call('POST', '/mentoring/$import', {
    body: `${lines}\n`,
    contentType: 'application/x-ndjson',
    expect: 202,
  });
  const job = new URL(taken.headers.get('content-location') ?? '', 'http://any').pathname;
  const done = await ended(story, job);
  const seconds = (performance.now() - startedAt) / 1000;
  story.say(`${done.json.accepted} accepted, ${done.json.refused} refused in ${seconds.toFixed(1)} s`);
  if (done.json.refused > 0) {
    const receipts = await story.call('GET', `${job}/receipts?outcome=refused`);
    throw new Error(
      `The sandbox records must all be accepted:\n${JSON.stringify(receipts.json, undefined, 1).slice(0, 3000)}`,
    );
  }
}

/** Asks until the import has ended; only the last answer is shown. */
async function ended(story: Story, job: string): Promise<Answer> {
  for (;;) {
    const quiet = await story.quietly('GET', job);
    if (quiet.json.status !== 'queued' && quiet.json.status !== 'running') return story.call('GET', job);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function clinicianReads(story: Story): Promise<void> {
  story.chapter(
    'A clinician looks a youth up',
    'By the id that the state’s system uses; then the plan, its goals and the referral.',
  );
  const youth = await one(story, '/fhir/R4/Patient?identifier=https://state-bh.example/member|SB-100417');
  const plan = await one(story, `/fhir/R4/CarePlan?patient=${youth.id}&status=active`);
  story.say(`Patient/${youth.id} has the active plan CarePlan/${plan.id}`);
  const goal = await one(story, `/fhir/R4/Goal?patient=${youth.id}`);
  story.say(`goal: ${(goal.description as { text: string }).text}`);
  const referral = await one(story, `/fhir/R4/ServiceRequest?patient=${youth.id}`);
  story.say(`referral ${referral.status}, written ${referral.authoredOn}`);
}

async function payerReads(story: Story): Promise<void> {
  story.chapter('A payer asks for May', 'Sessions of one member in one month, page by page, with exact date bounds.');
  const youth = await one(story, '/fhir/R4/Patient?identifier=https://masshealth.example/member|100000004411');
  const query = `/fhir/R4/Encounter?patient=${youth.id}&status=finished&date=ge2026-05-01&date=lt2026-06-01&_count=2`;
  let page: string | undefined = query;
  let minutes = 0;
  let count = 0;
  while (page) {
    const { json }: Answer = await story.call('GET', page);
    for (const { resource } of (json.entry ?? []) as Entry[]) {
      const period = resource.period as { start: string; end: string };
      minutes += (Date.parse(period.end) - Date.parse(period.start)) / 60_000;
      count += 1;
    }
    const next = (json.link as { relation: string; url: string }[]).find((link) => link.relation === 'next')?.url;
    page = next && new URL(next).pathname + new URL(next).search;
  }
  story.say(`${count} sessions, ${minutes / 60} hours`);
}

async function stateReads(story: Story): Promise<void> {
  story.chapter('The state looks at reviews and outcomes', 'Progress reviews and what the youths say of themselves.');
  const reviews = await story.call('GET', '/fhir/R4/DocumentReference?category=progress-review&_count=5');
  story.say(`${reviews.json.total} progress reviews`);
  const outcomes = await story.call('GET', '/fhir/R4/Observation?code=empowerment&_sort=date');
  for (const { resource } of outcomes.json.entry as Entry[]) {
    const { value } = resource.valueQuantity as { value: number };
    story.say(`empowerment ${value} on ${String(resource.effectiveDateTime).slice(0, 10)}`);
  }
}

async function mistakesAreTold(story: Story): Promise<void> {
  story.chapter('Mistakes are told, with what to do', 'Nothing is stored; every problem is named at once.');
  const session = sandboxRecords.find(({ kind }) => kind === 'sessions')?.record ?? { id: '' };
  const typing = {
    ...session,
    id: 'oops-1',
    activities: ['skill-traning-communication'],
    mentor: 'mentor-21',
    end: session.start,
  };
  issues(story, await story.call('PUT', '/mentoring/sessions/oops-1', { body: typing, expect: 422 }));

  story.say('A case manager asks for 20 hours a month in Virginia, where the policy allows 15:');
  const granted = sandboxRecords.find(({ record }) => record.id === 'grace-authorization-1')?.record ?? { id: '' };
  const { approvals: _approvals, ...asked } = granted as { id: string; approvals?: unknown };
  const request = { ...asked, id: 'grace-request-2', status: 'draft', intent: 'proposal', hoursPerMonth: 20 };
  issues(story, await story.call('PUT', '/mentoring/referrals/grace-request-2', { body: request, expect: 422 }));
}

async function factsKeepTheirFindings(story: Story): Promise<void> {
  story.chapter(
    'What has happened is stored, with what it breaks',
    'A Connecticut session was held in a clinic. It is a fact, so it is kept, and the rule it breaks is named.',
  );
  const clinic = sandboxRecords.find(({ record }) => record.id === 'luis-2026-02-10')?.record ?? { id: '' };
  const answer = await story.call('PUT', `/mentoring/sessions/${clinic.id}`, { body: { ...clinic, minutes: 60 } });
  for (const finding of answer.json.findings as { severity: string; ruleId?: string; message: string }[]) {
    story.say(`${finding.severity}: ${finding.ruleId ?? ''} ${finding.message}`);
  }
}

async function recordsComeBack(story: Story): Promise<void> {
  story.chapter(
    'The way back, and the end of a record',
    'FHIR becomes the agency’s record again; a delete keeps the history.',
  );
  const back = await story.call('GET', '/mentoring/sessions/marcus-2026-01-13');
  story.say(`session of ${back.json.youthId} with ${back.json.mentorId}, ${back.json.start} to ${back.json.end}`);
  const sent = await story.call('PUT', '/mentoring/sessions/wrong-1', {
    body: { ...back.json, id: 'wrong-1', start: '2026-06-30T16:15:00-04:00', end: '2026-06-30T17:45:00-04:00' },
  });
  const [encounter] = sent.json.resources as string[];
  await story.call('DELETE', '/mentoring/sessions/wrong-1');
  const marked = await story.call('GET', `/fhir/R4/${encounter}`);
  const history = await story.call('GET', `/fhir/R4/${encounter}/_history`);
  story.say(
    `${encounter} is now ${marked.json.status}, with ${history.json.total ?? history.json.entry.length} versions`,
  );
}

/** The first resource of a search that must find one. */
async function one(story: Story, path: string): Promise<Entry['resource']> {
  const { json } = await story.call('GET', path);
  const found = (json.entry as Entry[] | undefined)?.[0]?.resource;
  if (!found) throw new Error(`${path} found nothing`);
  return found;
}

function issues(story: Story, answer: Answer): void {
  for (const { severity, diagnostics } of answer.json.issue as Issue[]) story.say(`${severity}: ${diagnostics}`);
}
