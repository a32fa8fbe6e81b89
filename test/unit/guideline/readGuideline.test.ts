import assert from 'node:assert/strict';
import { detectGuideline, mayBeGuideline } from '../../../src/guideline/detectGuideline';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { Guideline, GuidelineTest, Ranged } from '../../../src/model/guideline';
import { ID_A, ID_B, SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON } from './guidelineSamples';

function read(text: string): Guideline {
  const { guideline, problems, complete } = readGuideline('file:///g.json', text);
  assert.deepEqual(problems, []);
  assert.ok(guideline && complete);
  return guideline;
}

function testsOf(guideline: Guideline): readonly GuidelineTest[] {
  return guideline.capabilities.flatMap((capability) => capability.tests);
}

const valueOf = (ranged: Ranged<string> | null): string | null => ranged?.value ?? null;

describe('readGuideline: schemas', () => {
  it('reads 1.0: release as id, core flag, list of tests, criteria', () => {
    const guideline = read(SAMPLE_1_0);
    assert.equal(guideline.kind, 'legacy');
    assert.equal(guideline.id.value, 'havana');
    assert.deepEqual(guideline.releases.map(valueOf), ['havana']);
    assert.equal(guideline.capabilities[0]?.core?.value, true);
    assert.deepEqual(guideline.components, []);
    assert.equal(guideline.criteria[0]?.description, 'Documented');
    assert.equal(testsOf(guideline)[0]?.idAsWritten, null);
  });

  it('reads 1.2: status on the capability, flags from the parallel list, designated sections by status', () => {
    const guideline = read(SAMPLE_1_2);
    assert.equal(guideline.capabilities[2]?.status?.value, 'removed');
    const flagged = testsOf(guideline).filter((entry) => entry.flag !== null);
    assert.deepEqual(
      flagged.map(({ name, flag }) => [name.value, flag?.key, flag?.reason]),
      [['pkg.m.K.test_b', 'list', null]],
    );
    const sections = guideline.designatedSections.map(({ project, status }) => `${status} ${project.value}`);
    assert.deepEqual(sections, ['required nova', 'informational heat']);
    assert.deepEqual(guideline.designatedSections[1]?.sections, []);
    const platform = guideline.programs[0]?.components.map(({ name, status }) => `${status} ${name.value}`);
    assert.deepEqual(platform, ['required compute', 'advisory object']);
  });

  it('reads 1.6: tags behind an id, an empty id, a misspelt id key, upper case, a string as cutoff', () => {
    const guideline = read(SAMPLE_1_6);
    const [first, second, third] = testsOf(guideline);
    assert.deepEqual([first?.id, first?.idTags], [ID_A, ['image', 'smoke']]);
    assert.equal(first?.flag?.code, 'D401');
    assert.deepEqual([second?.id, valueOf(second?.idAsWritten ?? null)], [null, '']);
    assert.equal(third?.id, ID_B);
    assert.deepEqual(
      guideline.unknownKeys?.map(({ key, meant }) => [key.value, meant]),
      [['idempotent-id', 'idempotent_id']],
    );
    assert.equal(guideline.cutoffScore?.value, 74);
    assert.equal(guideline.capabilities[0]?.requiredSince?.value, '2016.01');
    assert.deepEqual(
      guideline.testRepositories.map(({ url, reference }) => [url, reference]),
      [['http://example.org/tempest', '26149b612d']],
    );
  });

  it('reads 2.0: metadata, platforms, `flag`, a misspelt key, designated sections by project', () => {
    const guideline = read(SAMPLE_2_0);
    assert.deepEqual(
      [guideline.kind, guideline.id.value, guideline.status?.value, guideline.replaces?.value],
      ['main', '2018.11', 'approved', '2018.02'],
    );
    assert.deepEqual(guideline.capabilities[0]?.achievements.map(valueOf), ['atomic']);
    assert.deepEqual([testsOf(guideline)[0]?.flag?.key, testsOf(guideline)[0]?.flag?.code], ['flag', 'D402']);
    assert.deepEqual(guideline.components[0]?.designatedSections.required.map(valueOf), ['nova']);
    assert.equal(guideline.designatedSections[0]?.sections[0]?.designated, true);
  });

  it('reads an add-on with the platform components that it stands on, and a bare UUID', () => {
    const guideline = read(SAMPLE_ADD_ON);
    assert.equal(guideline.kind, 'add-on');
    assert.equal(testsOf(guideline)[0]?.id, ID_A);
    const components = guideline.programs[0]?.components.map(({ name, platform }) => [name.value, platform]);
    assert.deepEqual(components, [
      ['os_powered_dns', undefined],
      ['os_powered_compute', 'required'],
    ]);
  });
});

describe('readGuideline: ranges', () => {
  it('gives the content between the quotes for strings, also behind a byte order mark', () => {
    for (const text of [SAMPLE_1_6, `\ufeff${SAMPLE_1_6}`]) {
      const guideline = read(text);
      const entry = testsOf(guideline)[0];
      assert.ok(entry?.idAsWritten);
      assert.equal(text.slice(entry.name.range.start, entry.name.range.end), 'pkg.m.K.test_a');
      assert.equal(text.slice(entry.idAsWritten.range.start, entry.idAsWritten.range.end), `id-${ID_A},image,smoke`);
      assert.equal(text[entry.name.range.start - 1], '"');
    }
  });

  it('gives an empty string an empty range between its quotes', () => {
    const empty = testsOf(read(SAMPLE_1_6))[1]?.idAsWritten;
    assert.ok(empty);
    assert.equal(empty.range.start, empty.range.end);
    assert.equal(SAMPLE_1_6.slice(empty.range.start - 1, empty.range.end + 1), '""');
  });

  it('covers key and value of an entry, and the raw text of escapes', () => {
    const text = SAMPLE_2_0.replace('"description": "d", "required_since": ""', '"description": "a\\u0041\\"b"');
    const guideline = read(text);
    const description = guideline.capabilities[1]?.description;
    assert.ok(description);
    assert.equal(description.value, 'aA"b');
    assert.equal(text.slice(description.range.start, description.range.end), 'a\\u0041\\"b');
    const entry = testsOf(guideline)[1];
    assert.ok(entry);
    const written = text.slice(entry.range.start, entry.range.end);
    assert.ok(written.startsWith('"pkg.m.K.test_b"') && written.endsWith('}'));
  });
});

describe('readGuideline: bad input', () => {
  it('reports comments but reads on', () => {
    const { guideline, problems, complete } = readGuideline(
      'u',
      SAMPLE_2_0.replace('"platforms"', '// why\n"platforms"'),
    );
    assert.equal(guideline?.programs.length, 1);
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, message]),
      [['warning', 'JSON has no comments.']],
    );
    assert.ok(complete);
  });

  it('locates trailing garbage and keeps what stands before it', () => {
    const text = `${SAMPLE_2_0}\n}`;
    const { guideline, problems, complete } = readGuideline('u', text);
    assert.equal(guideline?.capabilities.length, 2);
    assert.deepEqual(
      problems.map((problem) => text.slice(problem.range.start, problem.range.end)),
      ['}'],
    );
    assert.equal(complete, false);
  });

  it('reads the start of a truncated file and says that it is not complete', () => {
    const text = SAMPLE_2_0.slice(0, SAMPLE_2_0.indexOf('"other-cap": {') + 30);
    const { guideline, problems, complete } = readGuideline('u', text);
    assert.equal(guideline?.id.value, '2018.11');
    assert.equal(guideline?.capabilities[0]?.tests.length, 1);
    assert.ok(problems.length > 0 && problems.every(({ severity }) => severity === 'error'));
    assert.equal(complete, false);
  });

  it('reads an unknown future schema as the nearest known one, with a warning at the version', () => {
    const text = SAMPLE_2_0.replace('"schema": "2.0"', '"schema": "2.7"');
    const { guideline, problems, complete } = readGuideline('u', text);
    assert.equal(guideline?.schemaVersion.value, '2.7');
    assert.deepEqual(
      problems.map(({ range, severity }) => [text.slice(range.start, range.end), severity]),
      [['2.7', 'warning']],
    );
    assert.ok(complete);
  });

  it('reads a file without a schema version by its shape, and says so', () => {
    const { guideline, problems } = readGuideline('u', SAMPLE_2_0.replace('"schema": "2.0", ', ''));
    assert.equal(guideline?.capabilities.length, 2);
    assert.equal(guideline?.schemaVersion.value, '');
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, message]),
      [['warning', 'No schema version is given; the file is read as schema 2.0.']],
    );
  });

  it('reports a wrong shape where it stands', () => {
    const text = SAMPLE_2_0.replace('"aliases": ["pkg.m.K.test_old"]', '"aliases": "pkg.m.K.test_old"');
    const { guideline, problems } = readGuideline('u', text);
    assert.equal(guideline?.capabilities.length, 2);
    assert.deepEqual(
      problems.map(({ range }) => text.slice(range.start, range.end)),
      ['"pkg.m.K.test_old"'],
    );
  });

  it('reports a name that is flagged but not listed', () => {
    const text = SAMPLE_1_2.replace('"flagged": ["pkg.m.K.test_b"]', '"flagged": ["pkg.m.K.test_x"]');
    const { problems } = readGuideline('u', text);
    assert.deepEqual(
      problems.map(({ range }) => text.slice(range.start, range.end)),
      ['pkg.m.K.test_x'],
    );
  });

  it('keeps the last of two equal keys and notes both', () => {
    const text = SAMPLE_2_0.replace('"other-cap": {', '"demo-cap": {');
    const { guideline } = readGuideline('u', text);
    assert.deepEqual(
      guideline?.capabilities.map(({ tests }) => tests[0]?.name.value),
      ['pkg.m.K.test_b'],
    );
    const [duplicate] = guideline?.duplicateKeys ?? [];
    assert.ok(duplicate && duplicate.first.start < duplicate.key.range.start);
  });

  it('stays inside a text that breaks off in a comment', () => {
    const text = `${SAMPLE_1_0.slice(0, SAMPLE_1_0.indexOf('"criteria"'))}/*`;
    const { guideline, problems } = readGuideline('u', text);
    assert.equal(guideline?.capabilities.length, 1);
    assert.ok(problems.length > 0 && problems.every(({ range }) => range.end <= text.length));
  });

  it('refuses absurd nesting without a crash', () => {
    for (const text of ['['.repeat(200_000), '{"a":'.repeat(100_000), '[},'.repeat(100_000)]) {
      const { guideline, problems, complete } = readGuideline('u', text);
      assert.equal(guideline, null);
      assert.match(problems[0]?.message ?? '', /nested more than/);
      assert.equal(complete, false);
    }
  });
});

describe('detectGuideline', () => {
  it('knows every sample', () => {
    const samples = [SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON];
    assert.deepEqual(
      samples.map((text) => detectGuideline(text)?.kind),
      ['legacy', 'main', 'main', 'main', 'add-on'],
    );
    assert.ok(samples.every(mayBeGuideline));
  });

  it('takes a vertical by its id', () => {
    assert.equal(detectGuideline(SAMPLE_2_0.replace('"id": "2018.11"', '"id": "nfv.next"'))?.kind, 'vertical');
  });

  it('leaves JSON Schemas and other JSON alone', () => {
    const schema =
      '{"$schema": "http://json-schema.org/draft-06/schema#", "properties": {"schema": {}, "capabilities": {}}}';
    const others = [
      schema,
      '{"schema": "1.0", "capabilities": {"browser": {"version": "1"}}}',
      '{"schema": "1.0", "capabilities": ["a"], "components": {}}',
      '{"name": "extension", "capabilities": {"virtualWorkspaces": true}, "components": {}}',
      '[]',
      '',
      'null',
    ];
    for (const text of others) {
      assert.equal(detectGuideline(text), null, text);
      assert.equal(readGuideline('u', text).guideline, null, text);
      assert.equal(readGuideline('u', text).problems.length, 1, text);
    }
  });

  it('passes over unrelated JSON without parsing it', () => {
    assert.equal(mayBeGuideline('{"name": "x", "dependencies": {}}'), false);
  });
});
