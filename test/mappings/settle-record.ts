/**
 * Arranges a random record so that it keeps the invariants of its model (profiles/fsh/records/record-invariants.fsh):
 * one function for each kind that has any.
 */
import type { Json, JsonObject } from '../../src/mapping/map-library.ts';
import type { Random } from './random.ts';
import { randomDay, randomMoment } from './random-days.ts';

/** Changes the record in place. */
export function settleRecord(kind: string, record: JsonObject, random: Random): void {
  orderDays(record, 'start', 'end');
  SETTLE[kind]?.(record, random);
}

type Settle = (record: JsonObject, random: Random) => void;

const SETTLE: Record<string, Settle> = {
  mentors: (record) => {
    if (record.phone === undefined) record.email ??= 'someone@agency.example';
  },

  plans: (record) => {
    for (const activity of objects(record.activities)) {
      if (activity.per === undefined || activity.perUnit === undefined) drop(activity, 'per', 'perUnit');
    }
    for (const goal of objects(record.goals)) {
      if (goal.targetValue !== undefined) drop(goal, 'targetText');
      else drop(goal, 'targetComparator');
      if (goal.targetValue === undefined && goal.baselineValue === undefined) drop(goal, 'targetUnit');
      if (goal.targetValue !== undefined || goal.targetText !== undefined) goal.measure ??= 'Times a week';
      if (goal.expressedBy === 'mentor') record.authorId ??= 'author-1';
    }
  },

  episodes: (record, random) => {
    for (const member of objects(record.team)) {
      if (random.chance(0.5)) {
        drop(member, 'guardianId');
        member.memberId ??= 'member-1';
      } else {
        drop(member, 'memberId');
        member.guardianId ??= 'guardian-1';
      }
      if (member.role === 'therapeutic-mentor') member.role = 'case-manager';
      orderDays(member, 'start', 'end');
    }
    // A mentor who comes back: the same one twice, from different days.
    const assignments = objects(record.assignments);
    const [first, second] = assignments;
    if (first && second && random.chance(0.5)) {
      second.mentorId = first.mentorId ?? '';
      first.start = '2023-01-01';
      second.start = '2023-06-01';
    }
    for (const assignment of assignments) orderDays(assignment, 'start', 'end');
  },

  sessions: (record, random) => {
    const { status } = record;
    if (status === 'held' || random.chance(0.5)) {
      const start = Date.UTC(2025, random.int(0, 11), random.int(1, 28), random.int(0, 23), random.int(0, 59));
      const minutes = random.int(1, 600);
      record.start = new Date(start).toISOString().replace('.000Z', 'Z');
      record.end = new Date(start + minutes * 60_000).toISOString().replace('.000Z', 'Z');
      if (record.minutes !== undefined) record.minutes = minutes;
    } else {
      drop(record, 'end', 'minutes');
      const needsStart = status === 'in-progress' || status === 'planned';
      if (needsStart || record.start !== undefined) record.start = randomMoment(random);
    }
    if (status !== 'cancelled' && status !== 'no-show') drop(record, 'cancellationReason');
    if (status === 'cancelled' && record.cancellationReason === 'no-show') record.cancellationReason = 'weather';
  },

  notes: (record, random) => {
    record.writtenOn = randomMoment(random);
    const [attachment] = objects(record.attachment);
    if (attachment && random.chance(0.5)) {
      drop(record, 'text');
      if (random.chance(0.5)) {
        drop(attachment, 'uploadId');
        attachment.data ??= 'JVBERi0xLjQ=';
      } else {
        drop(attachment, 'data');
        attachment.uploadId ??= 'upload-1';
      }
    } else {
      drop(record, 'attachment');
      record.text ??= 'Went well — “better” than last week.';
    }
    if (record.reviewedById === undefined) drop(record, 'reviewedOn');
    else record.reviewedOn ??= randomDay(random);
    orderDays(record, 'periodStart', 'periodEnd');
  },

  outcomes: (record, random) => {
    const values = ['yes', 'score', 'schoolEmployment', 'text'];
    const components = ['priorInvolvement', 'newArrest', 'newAdjudication', 'detentionDays', 'outOfHomeDays'];
    const present = values.filter((name) => record[name] !== undefined);
    const kept = present.length > 0 ? random.pick(present) : undefined;
    drop(record, ...values.filter((name) => name !== kept));
    if (record.score === undefined) drop(record, 'scoreUnit');
    if (kept === undefined && components.every((name) => record[name] === undefined)) record.yes = random.chance(0.5);
  },

  supervisions: (record, random) => {
    const day = randomDay(random);
    record.start = `${day}T09:00:00-05:00`;
    record.end = `${day}T${random.pick(['09:30:00', '10:00:00', '11:15:00'])}-05:00`;
  },
};

/** Swaps two dates that stand the wrong way round. */
function orderDays(object: JsonObject, from: string, to: string): void {
  const { [from]: start, [to]: end } = object;
  if (typeof start === 'string' && typeof end === 'string' && start > end)
    Object.assign(object, { [from]: end, [to]: start });
}

function drop(object: JsonObject, ...names: readonly string[]): void {
  for (const name of names) delete object[name];
}

/** The objects of a list field, or the one object of a single field. */
const objects = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
