/**
 * The sandbox's invented agency: eight youths in four programs, with months of plans, sessions and notes, in the
 * order in which records can be sent (a record may only name records that were sent before it).
 */
import { days, later, moment } from './calendar.ts';
import { organizations, people } from './organizations-and-people.ts';
import { line, type RecordLine } from './record-line.ts';
import { aaliyah } from './youth-aaliyah.ts';
import { grace } from './youth-grace.ts';
import { kevin } from './youth-kevin.ts';
import { luis } from './youth-luis.ts';
import { marcus } from './youth-marcus.ts';
import { nia } from './youth-nia.ts';
import { sofia } from './youth-sofia.ts';
import { tyler } from './youth-tyler.ts';

/** Monthly supervision of each mentor, without any youth (CYS-037). */
const supervisions: RecordLine[] = ['mentor-21', 'mentor-22', 'mentor-23'].flatMap((mentorId, index) =>
  days('2025-11-18', '2026-06-30', 28).map((day) => {
    const on = later(day, index);
    return line('supervisions', {
      id: `supervision-${mentorId}-${on}`,
      mentorId,
      supervisorId: 'supervisor-01',
      status: 'held',
      start: moment(on, '09:00'),
      end: moment(on, '10:00'),
      topics: 'Boundaries, motivational interviewing, next steps',
    });
  }),
);

/** Every record of the sandbox. About 530 lines. */
export const sandboxRecords: readonly RecordLine[] = [
  ...organizations,
  ...people,
  ...marcus,
  ...aaliyah,
  ...sofia,
  ...kevin,
  ...tyler,
  ...grace,
  ...luis,
  ...nia,
  ...supervisions,
];
