/**
 * The course of one invented youth: sessions week by week, each with its note, feedback to the family, reviews and
 * outcomes. The program's own story (referral, plans, what goes wrong) is in the file of the program.
 */
import { later, moment } from './calendar.ts';
import { line, type RecordLine } from './record-line.ts';

/** Who and what every record of one youth's course refers to. */
export interface Course {
  /** Short name that leads every id, such as `marcus`. */
  key: string;
  program: string;
  mentorId: string;
  referralId: string;
  planId: string;
  goalIds: string[];
  guardianId: string;
}

interface SessionFacts {
  day: string;
  from: string;
  to: string;
  activities: string[];
  setting: string;
  /** Anything else of the session record. */
  more?: Record<string, unknown>;
}

/** A held session in person. Its id is the youth's key and the day. */
export function heldSession(course: Course, { day, from, to, activities, setting, more }: SessionFacts): RecordLine {
  return line('sessions', {
    id: `${course.key}-${day}`,
    youthId: course.key,
    program: course.program,
    type: 'session',
    status: 'held',
    start: moment(day, from),
    end: moment(day, to),
    mentorId: course.mentorId,
    referralId: course.referralId,
    episodeId: `${course.key}-episode`,
    modality: 'in-person',
    setting,
    activities,
    techniques: ['coaching', 'modeling'],
    goalIds: course.goalIds,
    confidentialityProtected: true,
    locationSafe: true,
    ...more,
  });
}

/** The progress note of a held session, written the same evening and signed. */
export function progressNote(course: Course, day: string, summary: string): RecordLine {
  return line('notes', {
    id: `${course.key}-note-${day}`,
    youthId: course.key,
    program: course.program,
    kind: 'progress-note',
    status: 'final',
    writtenOn: moment(day, '19:40'),
    authorId: course.mentorId,
    sessionIds: [`${course.key}-${day}`],
    goalIds: course.goalIds,
    planIds: [course.planId],
    summary,
    title: 'Progress note',
    text: `${summary} The youth set the pace and chose the place.\nNext: the same skill with less prompting.`,
    signatures: [{ signerId: course.mentorId, role: 'author', signedAt: moment(day, '19:42') }],
  });
}

/** A progress review or quarterly report over a time, co-signed by the supervisor. */
export function review(
  course: Course,
  kind: string,
  day: string,
  from: string,
  more: Record<string, unknown> = {},
): RecordLine {
  return line('notes', {
    id: `${course.key}-${kind}-${day}`,
    youthId: course.key,
    program: course.program,
    kind,
    status: 'final',
    writtenOn: moment(day, '10:00'),
    authorId: course.mentorId,
    goalIds: course.goalIds,
    planIds: [course.planId],
    summary: 'Fewer conflicts than at the start; two skills used without prompting. Work goes on as planned.',
    text: 'Goals reviewed one by one with the youth and the family. Strengths first, then barriers, then next steps.',
    periodStart: from,
    periodEnd: day,
    signatures: [
      { signerId: course.mentorId, role: 'author', signedAt: moment(day, '10:05') },
      { signerId: 'supervisor-01', role: 'co-signer', signedAt: moment(day, '16:30') },
    ],
    ...more,
  });
}

/** Feedback to the guardian the day after. */
export function feedback(course: Course, day: string): RecordLine {
  return line('feedbacks', {
    id: `${course.key}-feedback-${day}`,
    youthId: course.key,
    givenAt: moment(later(day, 1), '12:15'),
    mentorId: course.mentorId,
    guardianIds: [course.guardianId],
    medium: 'phone',
    goalIds: course.goalIds,
    text: 'Told how the skill went this week and how to prompt it at home.',
  });
}

/** An outcome score by one instrument, so that baseline and follow-up compare. */
export function score(course: Course, outcome: string, day: string, phase: string, value: number): RecordLine {
  return line('outcomes', {
    id: `${course.key}-${outcome}-${day}`,
    youthId: course.key,
    program: course.program,
    outcome,
    observedOn: day,
    phase,
    score: value,
    scoreUnit: 'points',
    method: 'Youth empowerment scale, sandbox version',
    reporter: 'youth',
    observedById: course.mentorId,
  });
}

const THEMES: readonly (readonly [activity: string, summary: string])[] = [
  ['skill-training-problem-solving', 'Practised naming the problem before reacting; supports the peer-conflict goal.'],
  ['skill-training-communication', 'Rehearsed asking a teacher for help; supports the communication goal.'],
  ['coping-self-management', 'Tried two calming skills at the basketball court; supports the coping goal.'],
  ['community-linkage', 'Visited the youth band rehearsal; supports building natural supports.'],
];

/** One held session and its note for each of the days, with changing themes. */
export function weekly(
  course: Course,
  sessionDays: readonly string[],
  setting: string,
  from: string,
  to: string,
): RecordLine[] {
  return sessionDays.flatMap((day, index) => {
    const [activity, summary] = THEMES[index % THEMES.length] ?? THEMES[0] ?? ['ongoing-monitoring', ''];
    return [
      heldSession(course, { day, from, to, activities: [activity], setting }),
      progressNote(course, day, summary),
      ...(index % 4 === 3 ? [feedback(course, day)] : []),
    ];
  });
}
