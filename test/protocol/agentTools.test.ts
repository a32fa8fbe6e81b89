import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  AgentAnswer,
  CapabilitiesAnswer,
  ChangeAnswer,
  LevelAnswer,
  TestsAnswer,
} from '../../src/agents/answerShapes';
import { AGENT_TOOLS, ASK_TOOL_REQUEST, type AgentToolName } from '../../src/protocol/agentTools';
import { FIXTURE_FOLDER, GUIDELINE_FILE, TEST_FILE, TestEditor } from './testEditor';

const VCPUS = 'test_verify_created_server_vcpus';

describe('protocol: tools for language models', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  after(() => editor.stop());

  async function ask<T extends AgentAnswer>(name: AgentToolName, input: unknown): Promise<T> {
    const answer = await editor.request<T>(ASK_TOOL_REQUEST, { name, input });
    assert.deepEqual([answer.schema, answer.tool, answer.complete], ['interop-lens/agent/1', name, true]);
    assert.ok(answer.indexedAt !== null && !Number.isNaN(Date.parse(answer.indexedAt)));
    return answer;
  }

  async function problemOf(name: AgentToolName, input: unknown): Promise<string> {
    return (await ask(name, input)).problem ?? '';
  }

  it('find the capabilities of a test, by any of its names', async () => {
    const answer = await ask<CapabilitiesAnswer>('interopLens_findCapabilities', { test: VCPUS });
    const [first] = answer.capabilities;
    assert.ok(first);
    assert.equal(first.capability, 'compute-servers-verify');
    assert.deepEqual(first.components, { os_powered_compute: 'required' });
    assert.equal(first.file, GUIDELINE_FILE);
    const lines = readFileSync(path.join(FIXTURE_FOLDER, GUIDELINE_FILE), 'utf8').split('\n');
    assert.ok(lines[first.line - 1]?.includes(first.entry), 'the line is that of the entry');
    const [id] = answer.tests[0]?.ids ?? [];
    const byId = await ask<CapabilitiesAnswer>('interopLens_findCapabilities', { test: `id-${id}` });
    assert.deepEqual(byId.capabilities, answer.capabilities);
    const byNode = await ask<CapabilitiesAnswer>('interopLens_findCapabilities', {
      test: `${TEST_FILE}::ServersTestJSON::${VCPUS}`,
    });
    assert.deepEqual(byNode.capabilities, answer.capabilities);
  });

  it('find the tests of a capability, with what each demands', async () => {
    const answer = await ask<TestsAnswer>('interopLens_findTests', { capability: 'compute-servers-verify' });
    const [only] = answer.guidelines;
    assert.equal(answer.guidelines.length, 1);
    assert.equal(only?.level, 'linux');
    assert.equal(only?.testCount, 2);
    assert.match(only?.tests.find(({ level }) => level === 'posix')?.today ?? '', /host_name_is_same_as_server_name$/);
    assert.deepEqual(only?.tests.map(({ level }) => level).sort(), ['linux', 'posix']);
    const same = await ask<TestsAnswer>('interopLens_findTests', {
      capability: 'compute-servers-verify',
      guideline: '2099.01',
    });
    assert.deepEqual(same.guidelines, answer.guidelines);
  });

  it('explain a level, with the highest site first and its path from the test', async () => {
    const { tests } = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: VCPUS });
    const [test] = tests;
    assert.ok(test);
    assert.deepEqual([test.level, test.file], ['linux', TEST_FILE]);
    const [site] = test.sites;
    assert.ok(site);
    assert.deepEqual([site.level, site.kind], ['linux', 'ssh']);
    assert.ok(site.path[0]?.function.endsWith(VCPUS));
  });

  it('explain a change between guidelines', async () => {
    const { change } = await ask<ChangeAnswer>('interopLens_explainGuidelineChange', {
      before: '2099.01',
      after: GUIDELINE_FILE,
    });
    assert.deepEqual([change?.before.id, change?.entries, change?.capabilities], ['2099.01', [], []]);
  });

  it('say what is wrong with a question, and what there is instead', async () => {
    assert.match(
      await problemOf('interopLens_findCapabilities', { test: 'created_server' }),
      /Near it are .*created_server/,
    );
    assert.match(
      await problemOf('interopLens_findTests', { capability: 'compute-servers' }),
      /Near it are .*compute-servers-verify/,
    );
    assert.match(
      await problemOf('interopLens_findTests', { capability: 'compute-server-verfy' }),
      /Near it are compute-servers-verify\./,
    );
    assert.match(
      await problemOf('interopLens_explainGuestLevel', { test: TEST_FILE }),
      /Near it are .*test_create_server\.ServersTestJSON\./,
    );
    assert.match(
      await problemOf('interopLens_explainGuidelineChange', {
        before: '2099.01',
        after: '2099.01',
        capability: 'compute-none',
      }),
      /No capability is called "compute-none"/,
    );
    assert.match(
      await problemOf('interopLens_explainGuidelineChange', { before: '1999', after: '2099.01' }),
      /No guideline is called "1999"\. There are guidelines\/2099\.01\.json\./,
    );
    assert.equal(await problemOf('interopLens_findTests', {}), '"capability" is missing.');
    assert.equal(await problemOf('interopLens_findTests', { capability: 7 }), '"capability" must be a text.');
    assert.equal(await problemOf('interopLens_findTests', { name: 'x' }), 'There is no input "name".');
    assert.equal(await problemOf('interopLens_findTests', null), 'The input must be an object.');
  });

  it('has one answer per tool of the table', async () => {
    for (const { name } of AGENT_TOOLS) assert.notEqual(await problemOf(name, {}), '');
    const unknown = await editor.request<AgentAnswer>(ASK_TOOL_REQUEST, { name: 'interopLens_other', input: {} });
    assert.equal(unknown.problem, 'There is no tool "interopLens_other".');
  });
});

describe('protocol: tools before the index', function () {
  this.timeout(60_000);

  it('say that there is none yet', async () => {
    const editor = await TestEditor.start({ folders: [FIXTURE_FOLDER] });
    try {
      // Sent in the same breath as `initialized`: the files have not been listed.
      const answer = await editor.request<AgentAnswer>(ASK_TOOL_REQUEST, {
        name: 'interopLens_findTests',
        input: { capability: 'x' },
      });
      assert.deepEqual([answer.complete, answer.indexedAt], [false, null]);
      assert.match(answer.problem ?? '', /ask again/);
    } finally {
      await editor.stop();
    }
  });
});
