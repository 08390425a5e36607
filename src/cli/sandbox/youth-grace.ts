/**
 * Virginia (va-hr-csa): Grace, 12: a first authorization is under way, and her case manager considers asking for more
 * hours than the policy allows (the demo shows the refusal: HRC-021).
 */
import { days } from './calendar.ts';
import { type Course, weekly } from './course.ts';
import { line, type RecordLine } from './record-line.ts';

const course: Course = {
  key: 'grace',
  program: 'va-hr-csa',
  mentorId: 'mentor-23',
  referralId: 'grace-authorization-1',
  planId: 'grace-plan',
  goalIds: ['grace-goal-talk'],
  guardianId: 'grace-foster-mother',
};

export const grace: RecordLine[] = [
  line('youths', {
    id: 'grace',
    family: 'Miller',
    given: ['Grace'],
    birthDate: '2013-10-11',
    gender: 'female',
    identifiers: [{ system: 'https://hr-csa.example/case', value: 'CSA-2026-014' }],
    address: { lines: ['18 Mill Road'], city: 'Dayton', state: 'VA', postalCode: '22821' },
    language: 'en',
    guardians: [
      { id: 'grace-foster-mother', family: 'Hess', given: ['Ruth'], relationship: 'MTHFOST', phone: '540-555-0128' },
    ],
    coverages: [{ id: 'grace-coverage', payerId: 'payer-hr-csa', memberId: 'CSA-2026-014', start: '2026-03-20' }],
  }),
  line('diagnoses', {
    id: 'grace-f94',
    youthId: 'grace',
    icd10: 'F94.1',
    description: 'Reactive attachment disorder of childhood',
    clinicalStatus: 'active',
    certainty: 'confirmed',
    recordedOn: '2025-12-15',
  }),
  line('plans', {
    id: 'grace-plan',
    youthId: 'grace',
    program: 'va-hr-csa',
    kind: 'provider-plan',
    status: 'active',
    title: 'Mentoring plan',
    start: '2026-04-01',
    createdOn: '2026-04-02',
    authorId: 'mentor-23',
    contributorIds: ['case-manager'],
    strengths: ['Bakes', 'Kind to animals'],
    diagnosisIds: ['grace-f94'],
    activities: [
      {
        activity: 'skill-training-communication',
        status: 'in-progress',
        frequency: 1,
        per: 1,
        perUnit: 'wk',
        hours: 2,
      },
    ],
    dischargePlan: {
      criteria: 'Asks for help at school and at home for eight weeks',
      skillGeneralization: 'Asks the librarian and the choir leader without the mentor there',
    },
    goals: [
      {
        id: 'grace-goal-talk',
        description: 'I say what I need in words at least once a day',
        status: 'active',
        start: '2026-04-01',
        skills: ['interpersonal-communication', 'help-seeking'],
        needDomains: ['communication'],
        measure: 'Requests in words in a week',
        targetValue: 7,
        targetComparator: '>=',
        targetUnit: 'requests per week',
        due: '2026-09-30',
        achievable: true,
        baselineValue: 1,
        diagnosisIds: ['grace-f94'],
        expressedBy: 'youth',
      },
    ],
  }),
  line('referrals', {
    id: 'grace-authorization-1',
    youthId: 'grace',
    program: 'va-hr-csa',
    status: 'active',
    intent: 'order',
    referredOn: '2026-03-24',
    requesterId: 'case-manager',
    performerId: 'agency',
    start: '2026-04-01',
    end: '2026-09-30',
    hoursPerMonth: 10,
    diagnosisIds: ['grace-f94'],
    targetPopulations: ['csa-funded-youth'],
    sequence: 1,
    dischargePlanningDiscussion: { date: '2026-03-23', participants: ['guardian', 'child', 'provider'] },
    approvals: [
      { body: 'FAPT', meetingDate: '2026-03-24', decision: 'approved', attendees: ['case-manager', 'provider'] },
    ],
    goalIds: ['grace-goal-talk'],
    coverageIds: ['grace-coverage'],
    livingSituation: 'foster-home',
  }),
  line('episodes', {
    id: 'grace-episode',
    youthId: 'grace',
    program: 'va-hr-csa',
    status: 'active',
    start: '2026-04-01',
    organizationId: 'agency',
    caseManagerId: 'case-manager',
    referralIds: ['grace-authorization-1'],
    assignments: [{ mentorId: 'mentor-23', start: '2026-04-01', youthAgreed: true, guardianAgreed: true }],
    team: [
      { guardianId: 'grace-foster-mother', role: 'guardian' },
      { memberId: 'case-manager', role: 'case-manager' },
    ],
  }),
  ...weekly(course, days('2026-04-06', '2026-06-29', 7), 'foster-home', '16:00', '18:00'),
];
