import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { AgentAnswer, CapabilitiesAnswer, LevelAnswer } from '../../../src/agents/answerShapes';
import { AGENT_TOOLS } from '../../../src/protocol/agentTools';
import { bundleCli, runCli, SAMPLES } from '../../support/runCli';

/** The official client at the other end of `interop-lens mcp`, on a copy of the samples. */
describe('interop-lens mcp', function () {
  this.timeout(60_000);
  let folder: string;
  let client: Client;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-mcp-'));
    cpSync(SAMPLES, folder, { recursive: true });
    client = new Client({ name: 'test', version: '1' });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [await bundleCli(), 'mcp', '--root', folder],
      stderr: 'pipe',
    });
    await client.connect(transport);
  });

  after(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask<T extends AgentAnswer>(name: string, input: Record<string, string>): Promise<T> {
    const { structuredContent, content } = await client.callTool({ name, arguments: input });
    const [text] = content as { type: string; text: string }[];
    assert.deepEqual(JSON.parse(text?.text ?? ''), structuredContent, 'text and structure say the same');
    return structuredContent as T;
  }

  it('offers the tools of the table, all of them read-only', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, title, description }) => ({ name, title, description })),
      AGENT_TOOLS.map(({ name, title, description }) => ({ name, title, description })),
    );
    for (const tool of tools) {
      assert.deepEqual([tool.annotations?.readOnlyHint, tool.annotations?.destructiveHint], [true, false]);
      const declared = AGENT_TOOLS.find(({ name }) => name === tool.name)?.inputSchema;
      assert.deepEqual(Object.keys(tool.inputSchema.properties ?? {}), Object.keys(declared?.properties ?? {}));
      assert.deepEqual(tool.inputSchema.required, declared?.required);
    }
  });

  it('answers with the time and completeness of the index, and as `explain` does', async () => {
    const explained = await runCli(['levels', '--root', folder, '--format', 'json']);
    const levels = JSON.parse(explained.stdout) as { tests: { name: string; level: string }[] };
    const expected = levels.tests.find(({ level }) => level === 'linux');
    assert.ok(expected);
    const answer = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: expected.name });
    assert.equal(answer.complete, true);
    assert.match(answer.indexedAt ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(
      answer.tests.map(({ name, level }) => [name, level]),
      [[expected.name, 'linux']],
    );
    assert.ok((answer.tests[0]?.sites[0]?.path.length ?? 0) > 0);
    const linked = await ask<CapabilitiesAnswer>('interopLens_findCapabilities', { test: expected.name });
    assert.equal(linked.problem, null);
  });

  it('sees what changed on the disk since the last answer', async () => {
    const before = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: 'test_added_later' });
    assert.match(before.problem ?? '', /No test of the workspace is called "test_added_later"/);
    const file = path.join(folder, 'test_added_later.py');
    writeFileSync(
      file,
      'import unittest\n\n\nclass Added(unittest.TestCase):\n    def test_added_later(self):\n        pass\n',
    );
    const after = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: 'test_added_later' });
    assert.deepEqual(
      after.tests.map(({ name }) => name),
      ['test_added_later.Added.test_added_later'],
    );
    writeFileSync(file, readFileSync(file, 'utf8').replace('test_added_later(', 'test_renamed_later('));
    const renamed = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: 'test_renamed_later' });
    assert.equal(renamed.problem, null);
    rmSync(file);
    const gone = await ask<LevelAnswer>('interopLens_explainGuestLevel', { test: 'test_renamed_later' });
    assert.notEqual(gone.problem, null);
  });

  it('says what is wrong with a question', async () => {
    const { isError, structuredContent } = await client.callTool({
      name: 'interopLens_explainGuidelineChange',
      arguments: { before: 'no-such', after: 'no-such' },
    });
    assert.equal(isError, true);
    assert.match(
      String((structuredContent as { problem?: unknown }).problem),
      /No guideline is called "no-such"\. There are /,
    );
    const wrong = await client.callTool({ name: 'interopLens_findTests', arguments: { capabilty: 'x' } });
    assert.equal(wrong.isError, true);
  });

  it('fails at once when a root cannot be read', async () => {
    const { code, stderr } = await runCli(['mcp', '--root', path.join(folder, 'absent')]);
    assert.deepEqual([code, stderr.includes('absent')], [2, true]);
  });
});
