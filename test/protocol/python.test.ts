import assert from 'node:assert/strict';
import path from 'node:path';
import type { CodeAction, CodeLens, Diagnostic, Hover, Location, Range, TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EvidenceAnswer } from '../../src/protocol/messages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor, textIn, toUri } from './testEditor';

const file = path.join(FIXTURE_FOLDER, TEST_FILE);
const guidelineUri = toUri(path.join(FIXTURE_FOLDER, GUIDELINE_FILE));

describe('protocol: a Python file', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  let uri: string;
  let text: string;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    ({ uri, text } = await editor.openFile(file));
  });
  afterEach(() => editor.stop());

  const withRule = (rule: string) => (diagnostics: readonly Diagnostic[]) =>
    diagnostics.some(({ code }) => code === rule);
  const at = (part: string): Range['start'] => rangeOf(text, part).start;

  async function actionsAt(part: string, only?: string[]): Promise<CodeAction[]> {
    const range = rangeOf(text, part);
    const diagnostics = editor.diagnosticsOf(uri);
    return editor.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, only } });
  }

  function apply(action: CodeAction): string {
    const document = TextDocument.create(uri, 'python', 1, text);
    const [edit] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.ok(edit, action.title);
    assert.deepEqual(edit.textDocument, { uri, version: 1 });
    return TextDocument.applyEdits(
      document,
      edit.edits.filter((each) => 'newText' in each && 'range' in each),
    );
  }

  it('has a diagnostic on the exact word, with its rule, page and call path', async () => {
    const diagnostics = await editor.waitForDiagnostics(uri, withRule('IL119'));
    const found = diagnostics.find(({ code }) => code === 'IL119');
    assert.ok(found);
    assert.equal(textIn(text, found.range), '/proc/cpuinfo');
    assert.equal(found.source, 'interop-lens');
    assert.match(found.codeDescription?.href ?? '', /\/IL119\.md$/);
    assert.ok((found.relatedInformation ?? []).length > 0);
    assert.equal(found.severity, 1);
  });

  it('follows edits, incrementally', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL110'));
    await editor.changeText(uri, [{ range: rangeOf(text, '"hostname"'), text: '"uname -n"' }]);
    const after = await editor.waitForDiagnostics(uri, (diagnostics) => !withRule('IL110')(diagnostics));
    assert.ok(withRule('IL119')(after));
    assert.equal(editor.published.at(-1)?.version, 2);
  });

  it('keeps the rest of a file that is half typed', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL119'));
    await editor.changeText(uri, [
      {
        range: rangeOf(text, "output = client.exec_command('grep"),
        text: "x = (\n        output = client.exec_command('grep",
      },
    ]);
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.length >= 2);
  });

  it('takes its diagnostics along when it is closed', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL119'));
    await editor.closeFile(uri);
    await editor.waitForDiagnostics(uri, (diagnostics) => diagnostics.length === 0);
  });

  it('has a lens above each test, told when it is resolved', async () => {
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const above = lenses.find(({ range }) => range.start.line === at('test_verify_created_server_vcpus').line);
    assert.ok(above && above.command === undefined);
    const resolved = await editor.request<CodeLens>('codeLens/resolve', above);
    assert.match(resolved.command?.title ?? '', /compute-servers-verify: required \(2099\.01\) · guest: linux/);
    assert.equal(resolved.command?.command, 'interopLens.showReferences');
    const [, , locations] = (resolved.command?.arguments ?? []) as [string, unknown, Location[]];
    assert.deepEqual(
      locations.map((location) => location.uri),
      [guidelineUri],
    );
  });

  it('has a lens above a helper that reaches the guest', async () => {
    const helper = await editor.openFile(path.join(FIXTURE_FOLDER, 'tempest/common/utils/linux/remote_client.py'));
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: helper.uri } });
    const above = lenses.find(({ range }) => range.start.line === rangeOf(helper.text, 'get_disks').start.line);
    assert.ok(above);
    const resolved = await editor.request<CodeLens>('codeLens/resolve', above);
    assert.equal(resolved.command?.title, 'reaches linux · used by 1 test');
  });

  it('shows lenses as plain text to an editor that lacks the command', async () => {
    const plain = await TestEditor.startReady({ folders: [FIXTURE_FOLDER], initializationOptions: { commands: [] } });
    try {
      const [lens] = await plain.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      const resolved = await plain.request<CodeLens>('codeLens/resolve', lens);
      assert.equal(resolved.command?.command, '');
      assert.notEqual(resolved.command?.title, '');
    } finally {
      await plain.stop();
    }
  });

  it('has a card on a test: level, evidence, guards, guidelines', async () => {
    const hover = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: at('test_verify_created_server_vcpus'),
    });
    const { value } = hover.contents as { value: string };
    assert.match(value, /Guest level `linux`/);
    assert.match(value, /validation\\\.run\\_validation: else the test is skipped/);
    assert.match(value, /`compute-servers-verify` required in os\\_powered\\_compute/);
    assert.ok(value.includes(`${uri}#L`), value);
  });

  it('has a card on a guest word', async () => {
    const hover = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: at('/proc/cpuinfo'),
    });
    const { value } = hover.contents as { value: string };
    assert.match(value, /^\*\*`.*\/proc\/cpuinfo`\*\*/);
    assert.match(value, /\| windows \|/);
    assert.deepEqual(hover.range && textIn(text, hover.range), '/proc/cpuinfo');
  });

  it('has the same card anywhere in the text of the command', async () => {
    const hover = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: at('-c ^processor'),
    });
    const { value } = hover.contents as { value: string };
    assert.match(value, /^\*\*`.*\/proc\/cpuinfo`\*\*/);
    assert.deepEqual(hover.range && textIn(text, hover.range), 'grep -c ^processor /proc/cpuinfo');
  });

  it('leads from a test and from its id to the guideline entries', async () => {
    for (const part of ['test_list_servers', '11111111-1111']) {
      const params = { textDocument: { uri }, position: at(part) };
      const definitions = await editor.request<Location[]>('textDocument/definition', params);
      assert.deepEqual(
        definitions.map((location) => location.uri),
        [guidelineUri],
      );
      const references = await editor.request<Location[]>('textDocument/references', {
        ...params,
        context: { includeDeclaration: true },
      });
      assert.deepEqual(references, definitions);
    }
  });

  it('offers a safe fix, applied to the open version', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL110'));
    const actions = await actionsAt('hostname").rstrip');
    const fix = actions.find(({ isPreferred }) => isPreferred);
    assert.ok(fix, JSON.stringify(actions.map(({ title }) => title)));
    assert.equal(fix.kind, 'quickfix');
    assert.deepEqual(
      fix.diagnostics?.map(({ code }) => code),
      ['IL110'],
    );
    assert.equal(apply(fix), text.replace('exec_command("hostname")', 'exec_command("uname -n")'));
  });

  it('offers the rest of the ladder', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL119'));
    const actions = await actionsAt('/proc/cpuinfo');
    const suppress = actions.find(({ title }) => title.startsWith('Suppress IL119'));
    assert.ok(suppress, JSON.stringify(actions.map(({ title }) => title)));
    assert.match(apply(suppress), /'grep -c \^processor \/proc\/cpuinfo'\) {2}# noqa: E501,IL119\n/);
    const evidence = actions.find(({ command }) => command?.command === 'interopLens.showEvidence');
    assert.ok(evidence);
    const answer = await editor.request<EvidenceAnswer>('interopLens/evidence', evidence.command?.arguments?.[0]);
    assert.deepEqual(
      answer.steps.map(({ label }) => label),
      ['ServersTestJSON.test_verify_created_server_vcpus'],
    );
    const page = actions.find(({ command }) => command?.command === 'interopLens.openRulePage');
    assert.deepEqual(page?.command?.arguments, ['IL119']);
  });

  it('fixes all that is safe in one action of its own kind', async () => {
    await editor.waitForDiagnostics(uri, withRule('IL110'));
    const actions = await actionsAt('class ServersTestJSON', ['source.fixAll']);
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.interopLens'],
    );
    const fixed = apply(actions[0]!);
    assert.ok(fixed.includes('"uname -n"'));
    assert.ok(fixed.includes('/proc/cpuinfo'));
  });

  it('tells the evidence of a test by name', async () => {
    const test = 'tempest.api.compute.servers.test_create_server.ServersTestJSON.test_disks';
    const answer = await editor.request<EvidenceAnswer>('interopLens/evidence', { test });
    assert.match(answer.title, /^test_disks demands linux/);
    assert.deepEqual(
      answer.steps.map(({ label }) => label),
      ['ServersTestJSON.test_disks', 'RemoteClient.get_disks'],
    );
    const nothing = await editor.request<EvidenceAnswer>('interopLens/evidence', { test: 'a.b.C.test_d' });
    assert.deepEqual(nothing.steps, []);
    assert.notEqual(nothing.title, '');
  });
});
