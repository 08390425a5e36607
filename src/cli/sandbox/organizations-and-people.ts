/** The sandbox's agency, the organizations around it, and the people who work there. All invented. */
import { line, type RecordLine } from './record-line.ts';

const address = (city: string, state: string, postalCode: string, street: string) => ({
  lines: [street],
  city,
  state,
  postalCode,
});

export const organizations: RecordLine[] = [
  line('organizations', {
    id: 'agency',
    kind: 'agency',
    name: 'Bridgeway Mentoring Collaborative',
    npi: '1679576722',
    phone: '413-555-0100',
    email: 'office@bridgeway.example',
    address: address('Springfield', 'MA', '01103', '12 Court Square'),
    programs: ['state-cys', 'masshealth-cbhi', 'va-hr-csa', 'ct-dcf-tss'],
    contractAttestedOn: '2025-12-01',
  }),
  line('organizations', { id: 'payer-state', kind: 'payer', name: 'State Behavioral Health Authority' }),
  line('organizations', { id: 'payer-masshealth', kind: 'payer', name: 'MassHealth (sandbox)' }),
  line('organizations', { id: 'payer-hr-csa', kind: 'payer', name: 'Harrisonburg-Rockingham CSA (sandbox)' }),
  line('organizations', { id: 'payer-ct-dcf', kind: 'payer', name: 'Connecticut DCF (sandbox)' }),
  line('organizations', {
    id: 'hub-harbor',
    kind: 'hub-provider',
    name: 'Harbor In-Home Therapy',
    phone: '413-555-0140',
    address: address('Holyoke', 'MA', '01040', '88 Maple Street'),
  }),
  line('organizations', {
    id: 'clinic-elm',
    kind: 'referrer',
    name: 'Elm Street Family Health',
    phone: '413-555-0150',
  }),
];

const ALL_COMPETENCIES = [
  'delivery-systems-knowledge',
  'child-mh-sud-knowledge',
  'collaboration-negotiation',
  'motivational-engagement',
  'child-development',
  'consumer-rights',
  'technological-supports',
  'evidence-based-practice-knowledge',
];

const TRAININGS = [
  'therapeutic-mentoring-core',
  'motivational-skills',
  'service-activities',
  'child-youth-development',
  'mh-sud-signs-symptoms',
  'relapse-prevention',
  'community-resources',
];

interface MentorFacts {
  id: string;
  given: string;
  family: string;
  birthDate: string;
  programs: string[];
  languages: string[];
  years: number;
}

/** A mentor with degree, core and yearly trainings, a cleared check and a supervisor. */
const mentor = ({ id, given, family, birthDate, programs, languages, years }: MentorFacts): RecordLine =>
  line('mentors', {
    id,
    family,
    given: [given],
    role: 'therapeutic-mentor',
    organizationId: 'agency',
    programs,
    birthDate,
    phone: `413-555-01${id.slice(-2).padStart(2, '2')}`,
    email: `${given.toLowerCase()}@bridgeway.example`,
    languages,
    start: '2024-09-01',
    supervisorId: 'supervisor-01',
    yearsWithYouth: years,
    competencies: ALL_COMPETENCIES,
    degrees: [
      { degree: 'BS', field: 'human-services', awardedOn: '2019-05-18', institution: 'Pioneer Valley College' },
    ],
    trainings: TRAININGS.map((topic, index) => ({
      topic,
      completedOn: `2025-${String(9 + (index % 3)).padStart(2, '0')}-15`,
    })),
    backgroundChecks: [
      { check: 'criminal-history', result: 'cleared', checkedOn: '2024-08-12', expiresOn: '2027-08-11' },
      { check: 'child-abuse-registry', result: 'cleared', checkedOn: '2024-08-14', expiresOn: '2027-08-13' },
    ],
  });

const professional = (
  id: string,
  given: string,
  family: string,
  role: string,
  organizationId: string,
  phone: string,
): RecordLine => line('mentors', { id, family, given: [given], role, organizationId, phone, languages: ['en'] });

export const people: RecordLine[] = [
  line('mentors', {
    id: 'supervisor-01',
    family: 'Okafor',
    given: ['Adaeze'],
    role: 'clinical-supervisor',
    organizationId: 'agency',
    programs: ['state-cys', 'masshealth-cbhi', 'va-hr-csa', 'ct-dcf-tss'],
    npi: '1234567893',
    phone: '413-555-0110',
    email: 'adaeze@bridgeway.example',
    languages: ['en'],
    start: '2023-01-09',
    degrees: [{ degree: 'MS', field: 'mental-health', awardedOn: '2012-05-20', institution: 'Berkshire University' }],
    licenses: [
      {
        license: 'LICSW',
        number: '0000001',
        field: 'mental-health',
        issuedOn: '2014-07-01',
        expiresOn: '2028-06-30',
        issuer: 'MA Board of Social Work',
      },
    ],
  }),
  mentor({
    id: 'mentor-21',
    given: 'Jordan',
    family: 'Blake',
    birthDate: '1996-03-02',
    programs: ['state-cys', 'masshealth-cbhi'],
    languages: ['en'],
    years: 4,
  }),
  mentor({
    id: 'mentor-22',
    given: 'Lucia',
    family: 'Ferreira',
    birthDate: '1992-11-19',
    programs: ['masshealth-cbhi', 'ct-dcf-tss'],
    languages: ['en', 'es', 'pt'],
    years: 7,
  }),
  mentor({
    id: 'mentor-23',
    given: 'Darnell',
    family: 'Hughes',
    birthDate: '1990-07-07',
    programs: ['va-hr-csa', 'ct-dcf-tss'],
    languages: ['en'],
    years: 9,
  }),
  professional('dr-lee', 'Hana', 'Lee', 'licensed-clinician', 'clinic-elm', '413-555-0151'),
  professional('hub-clinician', 'Tomas', 'Reyes', 'hub-clinician', 'hub-harbor', '413-555-0141'),
  professional('case-manager', 'Ellen', 'Whitmore', 'case-manager', 'payer-hr-csa', '540-555-0160'),
  professional('dcf-worker', 'Priya', 'Nair', 'case-manager', 'payer-ct-dcf', '860-555-0170'),
];
