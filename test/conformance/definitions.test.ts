/**
 * https://hl7.org/fhir/R4/references.html#canonical: finding definitions; and the index that makes a start quick: built
 * when missing, rebuilt when damaged, whole when two processes build it at once.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { coreDefinitionsVersion, slimDefinition } from '../../src/conformance/core-definitions.ts';
import { buildDefinitionIndex, definitionFilePath, openDefinitionFile } from '../../src/conformance/definition-file.ts';
import { loadDefinitions } from '../../src/conformance/load-definitions.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition';
const OWN = 'https://example.org/fhir';
let folder: string;
let cacheDir: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  cacheDir = join(folder, 'cache');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packageFolder(name: string, files: Record<string, unknown>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(path, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

describe('the index file', () => {
  test('is built at the first load and used at the second', () => {
    const first = loadDefinitions({ cacheDir, packageDirs: [] });
    assert.equal(first.structure('Encounter')?.url, `${CORE}/Encounter`);
    const built = readFileSync(definitionFilePath(cacheDir));
    loadDefinitions({ cacheDir, packageDirs: [] });
    assert.ok(readFileSync(definitionFilePath(cacheDir)).equals(built));
    assert.deepEqual(readdirSync(cacheDir).length, 1, 'no drafts are left');
  });

  test('is named after the version of the definitions', () => {
    assert.ok(definitionFilePath(cacheDir).includes(coreDefinitionsVersion()));
  });

  test('is built anew when it is cut short', () => {
    truncateSync(definitionFilePath(cacheDir), 1_000_000);
    assert.equal(openDefinitionFile(cacheDir), undefined);
    assert.equal(loadDefinitions({ cacheDir, packageDirs: [] }).structure('Period')?.type, 'Period');
  });

  test('is not used when something was written after it', () => {
    const path = definitionFilePath(cacheDir);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, Buffer.from('more')]));
    assert.equal(openDefinitionFile(cacheDir), undefined);
    writeFileSync(path, bytes);
    openDefinitionFile(cacheDir)?.close();
  });

  test('is built anew when its header is of another version', () => {
    const path = definitionFilePath(cacheDir);
    const bytes = readFileSync(path);
    bytes.write(bytes.subarray(0, 256).toString().replace(coreDefinitionsVersion(), '0.0.0').padEnd(256).slice(0, 256));
    writeFileSync(path, bytes);
    assert.equal(openDefinitionFile(cacheDir), undefined);
    assert.equal(loadDefinitions({ cacheDir, packageDirs: [] }).structure('Period')?.type, 'Period');
  });

  test('is built anew when it is damaged in the middle', () => {
    const path = definitionFilePath(cacheDir);
    const bytes = readFileSync(path);
    bytes.fill('x', 256, 9_000_000);
    writeFileSync(path, bytes);
    const definitions = loadDefinitions({ cacheDir, packageDirs: [] });
    assert.equal(definitions.structure('Period')?.type, 'Period');
    assert.equal(definitions.valueSet('http://hl7.org/fhir/ValueSet/encounter-status')?.name, 'EncounterStatus');
  });

  test('is whole when two processes build it at once', async () => {
    const shared = join(folder, 'shared');
    const script = join(import.meta.dirname, '../../scripts/build-definition-index.ts');
    await Promise.all([1, 2].map(() => promisify(execFile)(process.execPath, [script, shared])));
    assert.equal(readdirSync(shared).length, 1);
    const file = openDefinitionFile(shared);
    assert.ok(file);
    for (const entry of file.entries.filter((_, index) => index % 97 === 0)) {
      assert.equal(file.read(entry).resourceType, entry.resourceType);
    }
    file.close();
  });

  test('says where it is', () => assert.equal(buildDefinitionIndex(cacheDir), definitionFilePath(cacheDir)));
});

describe('finding R4 definitions', () => {
  const definitions = () => loadDefinitions({ cacheDir, packageDirs: [] });
  const found: [title: string, find: () => { url?: string } | undefined, url: string][] = [
    ['a resource by its name', () => definitions().structure('ServiceRequest'), `${CORE}/ServiceRequest`],
    ['a datatype by its name', () => definitions().structure('HumanName'), `${CORE}/HumanName`],
    ['a profile of R4', () => definitions().structure(`${CORE}/vitalsigns`), `${CORE}/vitalsigns`],
    ['an extension', () => definitions().structure(`${CORE}/patient-birthTime`), `${CORE}/patient-birthTime`],
    ['with a version', () => definitions().structure(`${CORE}/Patient|4.0.1`), `${CORE}/Patient`],
    [
      'a ValueSet with the version of its binding',
      () => definitions().valueSet('http://terminology.hl7.org/ValueSet/v3-NullFlavor|4.0.1'),
      'http://terminology.hl7.org/ValueSet/v3-NullFlavor',
    ],
    [
      'a v2 table',
      () => definitions().codeSystem('http://terminology.hl7.org/CodeSystem/v2-0203'),
      'http://terminology.hl7.org/CodeSystem/v2-0203',
    ],
    [
      'a v3 code system',
      () => definitions().codeSystem('http://terminology.hl7.org/CodeSystem/v3-ActCode'),
      'http://terminology.hl7.org/CodeSystem/v3-ActCode',
    ],
    [
      'a ConceptMap',
      () => definitions().conceptMap('http://hl7.org/fhir/ConceptMap/cm-address-use-v2'),
      'http://hl7.org/fhir/ConceptMap/cm-address-use-v2',
    ],
  ];
  for (const [title, find, url] of found) test(title, () => assert.equal(find()?.url, url));

  const missing: [title: string, find: () => unknown][] = [
    ['a type that is none', () => definitions().structure('Youth')],
    ['the name of an object property', () => definitions().structure('constructor')],
    [
      'a ValueSet asked for as a CodeSystem',
      () => definitions().codeSystem('http://hl7.org/fhir/ValueSet/encounter-status'),
    ],
    ['an empty name', () => definitions().structure('')],
    ['a FHIRPath type', () => definitions().structure('http://hl7.org/fhirpath/System.String')],
  ];
  for (const [title, find] of missing) test(`not ${title}`, () => assert.equal(find(), undefined));

  test('the search parameters of a type, with those of its bases', () => {
    const codes = (type: string) =>
      definitions()
        .searchParameters(type)
        .map((parameter) => parameter.code);
    assert.ok(['status', 'date', '_id', '_text', 'patient'].every((code) => codes('Encounter').includes(code)));
    assert.ok(!codes('Encounter').includes('birthdate'));
    assert.ok(codes('Bundle').includes('_id'));
    assert.ok(!codes('Bundle').includes('_text'), 'Bundle is no DomainResource');
  });

  test('two versions of one code system are both there', () => {
    const url = 'http://terminology.hl7.org/CodeSystem/v2-0360';
    assert.equal(definitions().codeSystem(`${url}|2.3.1`)?.version, '2.3.1');
    assert.equal(definitions().codeSystem(`${url}|2.7`)?.version, '2.7');
  });

  test('what no rule reads is dropped, what rules read is kept', () => {
    const encounter = definitions().structure('Encounter') as unknown as Record<string, unknown>;
    assert.equal(encounter.text, undefined);
    assert.equal(encounter.differential, undefined);
    const status = definitions()
      .structure('Encounter')
      ?.snapshot?.element?.find((element) => element.id === 'Encounter.status');
    assert.equal(status?.definition, undefined);
    assert.equal(status?.binding?.strength, 'required');
    assert.equal(status?.isSummary, true);
    assert.ok(status?.short);
  });

  test('slimming leaves its argument alone', () => {
    const definition = { resourceType: 'ValueSet', url: 'urn:x', text: { div: 'x' } };
    assert.deepEqual(slimDefinition(definition), { resourceType: 'ValueSet', url: 'urn:x' });
    assert.deepEqual(definition.text, { div: 'x' });
  });
});

describe('package folders', () => {
  const structure = (id: string, version: string, extra: object = {}) => ({
    resourceType: 'StructureDefinition',
    id,
    url: `${OWN}/StructureDefinition/${id}`,
    version,
    type: 'Encounter',
    ...extra,
  });
  const load = (own: Record<string, unknown>, added: Record<string, unknown> = {}) =>
    loadDefinitions({
      cacheDir,
      packageDirs: [packageFolder(`own-${Math.random().toString(36).slice(2)}`, own), join(folder, 'absent')],
      addedPackageDirs: [packageFolder(`added-${Math.random().toString(36).slice(2)}`, added)],
    });

  test('are found by URL, and by version or its beginning', () => {
    const definitions = load({ 'a.json': structure('session', '1.2.0') });
    for (const asked of ['', '|1.2.0', '|1.2', '|1']) {
      assert.equal(definitions.structure(`${OWN}/StructureDefinition/session${asked}`)?.version, '1.2.0', asked);
    }
    for (const asked of ['|1.2.1', '|2', '|1.20', '|']) {
      assert.equal(definitions.structure(`${OWN}/StructureDefinition/session${asked}`), undefined, asked);
    }
  });

  test('ours come before added ones, and both before R4', () => {
    const status = { resourceType: 'ValueSet', url: 'http://hl7.org/fhir/ValueSet/encounter-status' };
    const definitions = load(
      { 'a.json': structure('session', '1.0.0'), 'b.json': { ...status, name: 'ours' } },
      {
        'a.json': structure('session', '1.0.0', { title: 'added' }),
        'b.json': { ...status, name: 'added' },
        'c.json': structure('other', '1'),
      },
    );
    assert.equal(definitions.valueSet(status.url)?.name, 'ours');
    assert.equal(definitions.structure(`${OWN}/StructureDefinition/session`)?.title, undefined);
    assert.equal(definitions.structure(`${OWN}/StructureDefinition/other`)?.version, '1');
  });

  test('only ours are published, and only conformance resources', () => {
    const definitions = load(
      {
        'a.json': structure('session', '1'),
        'b.json': { resourceType: 'Patient', id: 'example' },
        'package.json': { name: 'x' },
      },
      { 'c.json': structure('other', '1') },
    );
    assert.deepEqual(
      definitions.published('StructureDefinition').map(({ id }) => id),
      ['session'],
    );
    assert.deepEqual(definitions.published('Patient'), []);
    assert.deepEqual(definitions.published('ValueSet'), []);
  });

  test("search parameters of ours replace R4's of the same URL", () => {
    const url = 'http://hl7.org/fhir/SearchParameter/Encounter-status';
    const parameter = { resourceType: 'SearchParameter', url, code: 'status', base: ['Encounter'], name: 'ours' };
    const extra = { ...parameter, url: `${OWN}/SearchParameter/activity`, code: 'activity' };
    const parameters = load({ 'a.json': parameter, 'b.json': extra }).searchParameters('Encounter');
    assert.deepEqual(
      parameters.filter((one) => one.url === url).map((one) => one.name),
      ['ours'],
    );
    assert.ok(parameters.some((one) => one.code === 'activity'));
    assert.ok(parameters.some((one) => one.code === 'date'));
  });

  test('a file that is not JSON is named', () => {
    assert.throws(() => load({ 'broken.json': '{' }), /broken\.json in a package folder is not JSON/);
  });
});
