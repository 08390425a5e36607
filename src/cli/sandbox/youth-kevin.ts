/**
 * MassHealth (masshealth-cbhi): Kevin turns 21 in July 2026: the age rule (MAH-015) is near. He is met at work and by
 * phone; his hub is intensive care coordination.
 */
import { days } from './calendar.ts';
import { type Course, weekly } from './course.ts';
import { line, type RecordLine } from './record-line.ts';

const course: Course = {
  key: 'kevin',
  program: 'masshealth-cbhi',
  mentorId: 'mentor-21',
  referralId: 'kevin-referral',
  planId: 'kevin-hub-plan',
  goalIds: ['kevin-goal-job'],
  guardianId: 'kevin-grandmother',
};

export const kevin: RecordLine[] = [
  line('youths', {
    id: 'kevin',
    family: 'Tran',
    given: ['Kevin'],
    birthDate: '2005-07-20',
    gender: 'male',
    race: ['2028-9'],
    identifiers: [{ system: 'https://masshealth.example/member', value: '100000005522' }],
    address: { lines: ['140 State Street'], city: 'Springfield', state: 'MA', postalCode: '01109' },
    email: 'kevin.tran@mail.example',
    language: 'en',
    guardians: [
      {
        id: 'kevin-grandmother',
        family: 'Tran',
        given: ['Mai'],
        relationship: 'GRMTH',
        phone: '413-555-0126',
        language: 'vi',
      },
    ],
    coverages: [
      {
        id: 'kevin-coverage',
        payerId: 'payer-masshealth',
        memberId: '100000005522',
        start: '2023-07-01',
        end: '2026-07-31',
      },
    ],
  }),
  line('diagnoses', {
    id: 'kevin-f41',
    youthId: 'kevin',
    icd10: 'F41.1',
    description: 'Generalized anxiety disorder',
    clinicalStatus: 'active',
    certainty: 'confirmed',
    recordedOn: '2025-03-18',
    diagnosedById: 'hub-clinician',
  }),
  line('plans', {
    id: 'kevin-hub-plan',
    youthId: 'kevin',
    program: 'masshealth-cbhi',
    kind: 'individual-care-plan',
    status: 'active',
    title: 'Individual care plan (ICC)',
    start: '2026-02-16',
    authorOrganizationId: 'hub-harbor',
    strengths: ['Repairs bicycles'],
    diagnosisIds: ['kevin-f41'],
    goals: [
      {
        id: 'kevin-goal-job',
        description: 'I keep my job at the bike shop through the summer',
        status: 'active',
        start: '2026-03-02',
        skills: ['employment-skills', 'help-seeking'],
        needDomains: ['daily-living', 'communication'],
        measure: 'Shifts worked of shifts planned',
        targetText: 'Nine of ten shifts',
        due: '2026-07-15',
        baselineText: 'Six of ten shifts in February',
        diagnosisIds: ['kevin-f41'],
        expressedBy: 'youth',
      },
    ],
  }),
  line('referrals', {
    id: 'kevin-referral',
    youthId: 'kevin',
    program: 'masshealth-cbhi',
    status: 'active',
    intent: 'order',
    referredOn: '2026-02-23',
    requesterId: 'hub-clinician',
    performerId: 'agency',
    diagnosisIds: ['kevin-f41'],
    hubServices: [{ type: 'intensive-care-coordination', providerId: 'hub-harbor', startDate: '2025-04-01' }],
    goalIds: ['kevin-goal-job'],
    planIds: ['kevin-hub-plan'],
    coverageIds: ['kevin-coverage'],
  }),
  line('episodes', {
    id: 'kevin-episode',
    youthId: 'kevin',
    program: 'masshealth-cbhi',
    status: 'active',
    start: '2026-03-02',
    organizationId: 'agency',
    referralIds: ['kevin-referral'],
    assignments: [{ mentorId: 'mentor-21', start: '2026-03-02', youthAgreed: true }],
    team: [
      { memberId: 'hub-clinician', role: 'licensed-clinician' },
      { guardianId: 'kevin-grandmother', role: 'family-member' },
    ],
  }),
  ...weekly(course, days('2026-03-05', '2026-06-25', 14), 'workplace', '13:00', '14:00'),
];
