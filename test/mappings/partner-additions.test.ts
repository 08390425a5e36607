/**
 * What partners add to the resources of a record stays with FHIR and does not disturb the way back: other codings,
 * identifiers, notes, participants, extensions that the record has no field for.
 *
 * Spec: https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/datatypes.html#CodeableConcept
 */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/mapping/map-library.ts';
import { RECORD_KINDS } from '../../src/records/record-kinds.ts';
import { disturbed } from './disturbed.ts';
import { agency, fromFhir, goldenCases, readJsonFile } from './maps-under-test.ts';

describe('a record comes back the same after partners have added to its resources', () => {
  const cases = RECORD_KINDS.flatMap((kind) =>
    goldenCases
      .filter(({ map }) => kind.toFhir.endsWith(`/${map}`))
      .map((golden) => ({ name: golden.name, kind, golden })),
  );

  test.each(cases)('$name', ({ kind, golden }) => {
    const bundle = readJsonFile(golden.expectedFile);
    const entry = (bundle.entry as { fullUrl: string; resource: JsonObject }[]).map(({ fullUrl, resource }) => ({
      fullUrl,
      resource: disturbed(resource),
    }));
    expect(fromFhir(kind, { ...bundle, entry }, agency)).toEqual(readJsonFile(golden.inputFile).src);
  });
});

test('an episode that a discharge has ended still reads as the episode record wrote it', () => {
  const episodes = RECORD_KINDS.find(({ kind }) => kind === 'episodes');
  const golden = goldenCases.find(({ name }) => name === 'episode-to-fhir/minimal');
  if (!episodes || !golden) throw new Error('The episode case is missing');
  const bundle = readJsonFile(golden.expectedFile) as { entry: { resource: JsonObject }[] };
  const ended = structuredClone(bundle);
  for (const { resource } of ended.entry) {
    if (resource.resourceType !== 'EpisodeOfCare') continue;
    Object.assign(resource, { status: 'finished', period: { ...(resource.period as JsonObject), end: '2026-01-31' } });
  }
  expect(fromFhir(episodes, ended as unknown as JsonObject, agency)).toEqual(readJsonFile(golden.inputFile).src);
});
