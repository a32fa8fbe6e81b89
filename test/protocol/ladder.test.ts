import assert from 'node:assert/strict';
import path from 'node:path';
import {
  CodeActionTriggerKind,
  MarkupContent,
  type CodeAction,
  type Hover,
  type TextDocumentEdit,
} from 'vscode-languageserver';
import type { SuppressArguments } from '../../src/protocol/messages';
import { SAMPLES } from '../support/runCli';
import { FULL_CAPABILITIES, rangeOf, TestEditor, textIn } from './testEditor';

const HOSTNAME_TEST = path.join(SAMPLES, 'tempest/api/compute/servers/test_create_server.py');
const VOLUME_TEST = path.join(SAMPLES, 'tempest/api/compute/volumes/test_attach_volume.py');
const HELPER = path.join(SAMPLES, 'tempest/common/utils/linux/remote_client.py');

describe('protocol: the ladder of fixes', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  afterEach(() => editor.stop());

  const start = async (capabilities = FULL_CAPABILITIES): Promise<void> => {
    editor = await TestEditor.startReady({ folders: [SAMPLES], capabilities });
  };
  const actionsAt = async (file: string, words: string, only?: string[]): Promise<CodeAction[]> => {
    const { uri, text } = await editor.openFile(file);
    await editor.waitForDiagnostics(uri, () => true);
    const context = { diagnostics: editor.diagnosticsOf(uri), only };
    return editor.request('textDocument/codeAction', { textDocument: { uri }, range: rangeOf(text, words), context });
  };
  const titled = (actions: readonly CodeAction[], title: RegExp): CodeAction => {
    const found = actions.find((action) => title.test(action.title));
    assert.ok(found, actions.map((action) => action.title).join('\n'));
    return found;
  };

  it('has every rung on a finding, in order', async () => {
    await start();
    const actions = await actionsAt(HOSTNAME_TEST, "hostname').rstrip");
    const rungs = [
      'Use `uname -n`',
      'Fix all IL110 in the workspace',
      'Suggestion: ',
      'Suppress IL110 on this line',
      'Suppress IL110 on this line with a reason…',
      'Show the evidence path',
      'Open the page of IL110',
    ];
    const places = rungs.map((rung) =>
      actions.findIndex(({ title }) => (rung.startsWith('Suppress') ? title === rung : title.startsWith(rung))),
    );
    assert.deepEqual(
      [...places].sort((a, b) => a - b),
      places,
      actions.map(({ title }) => title).join('\n'),
    );
    assert.ok(!places.includes(-1), JSON.stringify(actions.map(({ title }) => title)));
    assert.deepEqual(
      actions.filter(({ kind }) => kind?.startsWith('source')),
      [],
      'the fixes of the whole file are made only when they are asked for',
    );
  });

  it('makes the edits of many findings when the action is chosen', async () => {
    await start();
    const action = titled(await actionsAt(HOSTNAME_TEST, "hostname').rstrip"), /^Fix all IL110 in the workspace$/);
    assert.equal(action.edit, undefined);
    const resolved = await editor.request<CodeAction>('codeAction/resolve', action);
    const changes = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(
      changes.flatMap(({ edits }) => edits.map((edit) => ('newText' in edit ? edit.newText : ''))),
      ['uname -n'],
    );
  });

  it('shows edits of several files before they are made', async () => {
    await start();
    const action = titled(
      await actionsAt(HOSTNAME_TEST, '/proc/cpuinfo'),
      /Propose a flag for .* in 2026\.01 and next/,
    );
    const { documentChanges = [], changeAnnotations = {} } = action.edit ?? {};
    const files = (documentChanges as TextDocumentEdit[]).map(({ textDocument }) =>
      path.posix.basename(textDocument.uri),
    );
    assert.deepEqual(files.sort(), ['2026.01.json', 'next.json']);
    const [[id, annotation] = []] = Object.entries(changeAnnotations);
    assert.equal(annotation?.needsConfirmation, true);
    assert.match(annotation.description ?? '', /the board decides/);
    const annotated = (documentChanges as TextDocumentEdit[]).flatMap(({ edits }) =>
      edits.map((edit) => ('annotationId' in edit ? edit.annotationId : null)),
    );
    assert.ok(annotated.every((one) => one === id));
  });

  it('offers, at a call, what can be done there about a finding in a helper', async () => {
    await start();
    const actions = await actionsAt(VOLUME_TEST, 'list_disks');
    const action = titled(actions, /^IL102: Suggestion: Count the volume attachments/);
    assert.equal(action.kind, 'refactor.rewrite.interopLens');
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.match(change?.textDocument.uri ?? '', /test_attach_volume\.py$/);
    const rewrites = await actionsAt(VOLUME_TEST, 'list_disks', ['refactor.rewrite']);
    assert.ok(rewrites.length > 0 && rewrites.every(({ kind }) => kind === 'refactor.rewrite.interopLens'));
  });

  it('gives the client what it needs to write a reason', async () => {
    await start();
    const { text } = await editor.openFile(HELPER);
    const action = titled(await actionsAt(HELPER, 'lsblk'), /with a reason…$/);
    assert.equal(action.command?.command, 'interopLens.suppressWithReason');
    const [given] = (action.command?.arguments ?? []) as SuppressArguments[];
    assert.ok(given);
    assert.equal(textIn(text, given.range), '');
    assert.match(given.newText, /^ {2}# noqa: /);
    assert.equal(given.version, 1);
  });

  describe('why nothing is offered', () => {
    const REASON = /superuser/;
    const at = async (triggerKind: CodeActionTriggerKind | undefined, capabilities = FULL_CAPABILITIES) => {
      await start(capabilities);
      const { uri, text } = await editor.openFile(HELPER);
      const context = { diagnostics: [], only: undefined, triggerKind };
      const range = rangeOf(text, 'sudo');
      const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context,
      });
      return { uri, range, disabled: actions.filter((action) => action.disabled !== undefined) };
    };

    it('is told to a user who asks', async () => {
      const { disabled } = await at(CodeActionTriggerKind.Invoked);
      assert.deepEqual(
        disabled.map(({ title, kind, edit, command }) => [title, kind, edit, command]),
        [['Fix IL108', 'quickfix', undefined, undefined]],
      );
      assert.match(disabled[0]?.disabled?.reason ?? '', REASON);
    });

    it('lights no lightbulb, and is kept from an editor that cannot show it', async () => {
      assert.deepEqual((await at(CodeActionTriggerKind.Automatic)).disabled, []);
      await editor.stop();
      const codeAction = { dataSupport: true, resolveSupport: { properties: ['edit'] } };
      const { disabled } = await at(CodeActionTriggerKind.Invoked, { textDocument: { codeAction } });
      assert.deepEqual(disabled, []);
    });

    it('stands in the card of the words', async () => {
      const { uri, range } = await at(undefined);
      const hover = await editor.request<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: range.start,
      });
      const card = MarkupContent.is(hover?.contents) ? hover.contents.value : '';
      assert.match(card, /No fix: .*superuser/);
    });

    it('is not said where there is a fix', async () => {
      await start();
      const { uri, text } = await editor.openFile(HOSTNAME_TEST);
      const hover = await editor.request<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: rangeOf(text, "hostname').rstrip").start,
      });
      assert.ok(MarkupContent.is(hover?.contents) && hover.contents.value.includes('IL110'));
      assert.doesNotMatch(hover.contents.value, /No fix/);
    });
  });

  it('offers an editor that neither resolves nor annotates what can be made at once', async () => {
    await start({ workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } } });
    const actions = await actionsAt(HOSTNAME_TEST, '/proc/cpuinfo');
    const action = titled(actions, /Propose a flag/);
    assert.equal(action.edit?.changeAnnotations, undefined);
    assert.equal(action.edit?.documentChanges?.length, 2);
    assert.ok(actions.every((one) => one.data === undefined && !one.title.endsWith('in the workspace')));
  });
});
