import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AGENT_TOOLS } from '../../../src/protocol/agentTools';
import { waitForIndex } from '../waiting';

const SECTION = 'interopLens.languageModelTools';

function listOurTools(): readonly string[] {
  return vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('interopLens_'));
}

describe('the tools for language models', () => {
  it('are known to the editor, with the inputs of the table', () => {
    for (const { name, inputSchema } of AGENT_TOOLS) {
      const tool = vscode.lm.tools.find((known) => known.name === name);
      assert.deepEqual(tool?.inputSchema, inputSchema, name);
    }
  });

  it('answer from the index', async () => {
    await waitForIndex();
    const { content } = await vscode.lm.invokeTool('interopLens_explainGuestLevel', {
      input: { test: 'test_verify_created_server_vcpus' },
      toolInvocationToken: undefined,
    });
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    const answer = JSON.parse(part.value) as { complete: boolean; indexedAt: string; tests: { level: string }[] };
    assert.deepEqual([answer.complete, answer.tests.map(({ level }) => level)], [true, ['linux']]);
    assert.ok(!Number.isNaN(Date.parse(answer.indexedAt)));
  });

  it('go and come with the setting', async () => {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const before = listOurTools().length;
    assert.equal(before, AGENT_TOOLS.length);
    try {
      await configuration.update('enabled', false, vscode.ConfigurationTarget.Workspace);
      await assert.rejects(
        async () =>
          vscode.lm.invokeTool('interopLens_findTests', { input: { capability: 'x' }, toolInvocationToken: undefined }),
        'a tool that is off does not answer',
      );
    } finally {
      await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
    }
    const { content } = await vscode.lm.invokeTool('interopLens_findTests', {
      input: { capability: 'x' },
      toolInvocationToken: undefined,
    });
    assert.equal(content.length, 1);
  });
});
