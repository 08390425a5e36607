/**
 * Records that must not become FHIR: a map refuses rather than drops, doubles or invents, and names the field.
 *
 * Spec: docs/mapping-language.md
 */
import { describe, expect, test } from 'vitest';
import { structureMapUrl } from '../../src/conformance/canonical.ts';
import { type JsonObject, MapRunError } from '../../src/mapping/map-library.ts';
import { recordKind } from '../../src/records/record-kinds.ts';
import { agency, goldenCases, readJsonFile, toFhir } from './maps-under-test.ts';

/** The record of a golden pair, to be changed. */
function record(name: string): JsonObject {
  const golden = goldenCases.find((candidate) => candidate.name === name);
  if (!golden) throw new Error(`There is no golden case ${name}`);
  return readJsonFile(golden.inputFile).src as JsonObject;
}

const merge = (name: string, change: JsonObject): JsonObject => ({ ...record(name), ...change });
const goal = (change: JsonObject): JsonObject =>
  merge('plan-to-fhir/minimal', { goals: [{ id: 'g', description: 'd', status: 'active', ...change }] });

const REFUSED: [title: string, kind: string, src: JsonObject, message: RegExp, field?: RegExp][] = [
  [
    'an activity nobody knows',
    'sessions',
    merge('session-to-fhir/minimal', { activities: ['ongoing-monitoring', 'juggling'] }),
    /juggling/,
    /^activities\[1\]$/,
  ],
  ['a status nobody knows', 'sessions', merge('session-to-fhir/minimal', { status: 'done' }), /done/, /^status$/],
  [
    'the reason no-show for a cancelled session',
    'sessions',
    merge('session-to-fhir/cancelled', { cancellationReason: 'no-show' }),
    /check|no-show/,
  ],
  [
    'two places for one session',
    'sessions',
    merge('session-to-fhir/minimal', { place: [{ name: 'Library' }, { name: 'Park' }] }),
    /list|place/,
  ],
  [
    'a supervision status nobody knows',
    'supervisions',
    merge('supervision-to-fhir/minimal', { status: 'done' }),
    /done/,
    /^status$/,
  ],
  [
    'a supervision that says the day only',
    'supervisions',
    merge('supervision-to-fhir/minimal', { start: '2026-01-07' }),
    /instant/,
    /^start$/,
  ],
  [
    'a note that says the day only',
    'notes',
    merge('note-to-fhir/uploaded-file', { writtenOn: '2026-01-07' }),
    /instant/,
    /^writtenOn$/,
  ],
  ['a note with a text and a file', 'notes', merge('note-to-fhir/uploaded-file', { text: 'Went well' }), /contentType/],
  [
    'a file that is inline and uploaded',
    'notes',
    merge('note-to-fhir/uploaded-file', { attachment: { contentType: 'image/png', uploadId: 'u', data: 'AA==' } }),
    /url/,
  ],
  [
    'a mentor on the team beside the assignments',
    'episodes',
    merge('episode-to-fhir/minimal', { team: [{ memberId: 'm', role: 'therapeutic-mentor' }] }),
    /check|therapeutic-mentor/,
    /^team\[0\]/,
  ],
  [
    'one team member who is two people',
    'episodes',
    merge('episode-to-fhir/minimal', { team: [{ memberId: 'm', guardianId: 'g', role: 'guardian' }] }),
    /CareTeam\.participant\.member takes one value/,
  ],
  [
    'a degree nobody knows',
    'mentors',
    merge('mentor-to-fhir/minimal', { degrees: [{ degree: 'BSC' }] }),
    /BSC/,
    /^degrees\[0\]\.degree$/,
  ],
  [
    'a race nobody knows',
    'youths',
    merge('youth-to-fhir/minimal', { race: ['2028-9', '9999-9'] }),
    /9999-9/,
    /^race\[1\]$/,
  ],
  [
    'an outcome nobody knows',
    'outcomes',
    merge('outcome-to-fhir/minimal-yes', { outcome: 'happiness' }),
    /happiness/,
    /^outcome$/,
  ],
  ['an outcome with two findings', 'outcomes', merge('outcome-to-fhir/minimal-yes', { score: 3 }), /value/],
  ['a medium nobody knows', 'feedbacks', merge('feedback-to-fhir/minimal', { medium: 'pigeon' }), /pigeon/, /^medium$/],
  [
    'a goal with a number and words as its target',
    'plans',
    goal({ measure: 'm', targetValue: 1, targetText: 'one' }),
    /detail/,
  ],
  [
    'a goal that a mentor wishes in a plan without an author',
    'plans',
    goal({ expressedBy: 'mentor' }),
    /authorId|1\.\.1|cardinality/,
  ],
  [
    'an identifier in a name space of ours',
    'youths',
    merge('youth-to-fhir/minimal', {
      identifiers: [{ system: `${agency.identifierBase}/youths`, value: 'someone-else' }],
    }),
    /check/,
    /^identifiers\[0\]/,
  ],
  [
    'a second NPI among the other identifiers',
    'organizations',
    merge('organization-to-fhir/full-agency', {
      identifiers: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1245319599' }],
    }),
    /check/,
  ],
  ['text where a number belongs', 'sessions', merge('session-to-fhir/minimal', { minutes: 'sixty' }), /sixty|minutes/],
  [
    'an object where text belongs',
    'sessions',
    merge('session-to-fhir/minimal', { youthId: { id: 'y' } }),
    /youthId|string/,
  ],
];

describe('to FHIR, refused', () => {
  test.each(REFUSED)('%s', (_, kind, src, message, field) => {
    let thrown: unknown;
    try {
      toFhir(recordKind(kind), src);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MapRunError);
    const error = thrown as MapRunError;
    expect(error.message).toMatch(message);
    expect(error.rule).not.toBe('');
    expect(error.line).toBeGreaterThan(1);
    if (field) expect(error.sourcePath).toMatch(field);
  });

  test('the records they are made from are accepted', () => {
    const names = [
      'session-to-fhir/minimal',
      'supervision-to-fhir/minimal',
      'note-to-fhir/uploaded-file',
      'episode-to-fhir/minimal',
    ];
    for (const name of names) expect(() => toFhir(kindOf(name), record(name))).not.toThrow();
    expect(() => toFhir(recordKind('plans'), goal({}))).not.toThrow();
  });
});

const kindOf = (name: string) => {
  const url = structureMapUrl(name.slice(0, name.indexOf('/')));
  const found = ['sessions', 'supervisions', 'notes', 'episodes'].map(recordKind).find((kind) => kind.toFhir === url);
  if (!found) throw new Error(`No kind has the map ${url}`);
  return found;
};
