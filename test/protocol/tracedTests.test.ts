import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CodeAction, type Diagnostic, DiagnosticSeverity, type TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { runCli } from '../support/runCli';
import { FIXTURE_FOLDER, GUIDELINE_FILE, TEST_FILE, TestEditor, textIn, toUri } from './testEditor';

const OLD_NAME = 'ServersTestJSON.test_list_all_servers';

/** What is said at the `def` of tests that guidelines name. */
describe('protocol: tests that guidelines name', function () {
  this.timeout(60_000);
  let folder: string;
  let editor: TestEditor;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-traced-'));
    cpSync(FIXTURE_FOLDER, folder, { recursive: true });
    const file = path.join(folder, GUIDELINE_FILE);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('ServersTestJSON.test_list_servers"', `${OLD_NAME}"`));
    editor = await TestEditor.startReady({ folders: [folder] });
  });
  afterEach(async () => {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const find = async (uri: string, rule: string): Promise<Diagnostic> => {
    const all = await editor.waitForDiagnostics(uri, (ones) => ones.some(({ code }) => code === rule));
    const found = all.find(({ code }) => code === rule);
    assert.ok(found);
    return found;
  };

  it('an old name is told at the def, with the entry, and put right in the guideline', async () => {
    const { uri, text } = await editor.openFile(path.join(folder, TEST_FILE));
    const found = await find(uri, 'IL301');
    assert.equal(textIn(text, found.range), 'test_list_servers');
    assert.equal(found.severity, DiagnosticSeverity.Information);
    assert.match(found.codeDescription?.href ?? '', /docs\/rules\/IL301\.md$/);
    const guideline = readFileSync(path.join(folder, GUIDELINE_FILE), 'utf8');
    const [related] = found.relatedInformation ?? [];
    assert.equal(related?.location.uri, toUri(path.join(folder, GUIDELINE_FILE)));
    assert.ok(textIn(guideline, related.location.range).endsWith(OLD_NAME));

    const context = { diagnostics: [found] };
    const parameters = { textDocument: { uri }, range: found.range, context };
    const actions = await editor.request<CodeAction[]>('textDocument/codeAction', parameters);
    const action = actions.find(({ title }) => /as alias in 2099\.01/.test(title));
    assert.ok(action, actions.map(({ title }) => title).join('\n'));
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(change?.textDocument.uri, related.location.uri);
    assert.ok(Object.values(action.edit?.changeAnnotations ?? {}).every(({ needsConfirmation }) => needsConfirmation));
    assert.equal(Object.keys(action.edit?.changeAnnotations ?? {}).length, 1, 'a change elsewhere is shown first');
    const after = TextDocument.applyEdits(TextDocument.create('', 'json', 1, guideline), change.edits);
    assert.match(after, /"aliases": \[\s*"tempest\.api\.compute\.[\w.]+\.ServersTestJSON\.test_list_servers"\s*\]/);
    assert.ok(after.includes(`${OLD_NAME}"`), 'an approved guideline keeps its key');
  });

  it('an id that is changed while typing is told on its words, and suppressed by noqa', async () => {
    const { uri, text } = await editor.openFile(path.join(folder, TEST_FILE));
    const [before, typing] = ['22222222-2222-4222-8222-222222222222', '77777777-2222-4222-8222-222222222222'];
    assert.equal(text.split(before).length, 2);
    const typed = text.replace(before, typing);
    await editor.changeText(uri, [{ text: typed }]);
    const found = await find(uri, 'IL302');
    assert.equal(textIn(typed, found.range), typing);
    const line = typed.split('\n')[found.range.start.line] ?? '';
    await editor.changeText(uri, [{ text: typed.replace(line, `${line}  # noqa: IL302 another test now`) }]);
    await editor.waitForDiagnostics(uri, (all) => !all.some(({ code }) => code === 'IL302'));
  });

  it('SARIF declares every rule, and the prompt has the findings', async () => {
    const { stdout } = await runCli(['check', '--root', folder, '--format', 'sarif']);
    const log = JSON.parse(stdout) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    const declared = log.runs[0]?.tool.driver.rules.map(({ id }) => id).filter((id) => id.startsWith('IL3')) ?? [];
    assert.deepEqual(declared, ['IL301', 'IL302', 'IL303', 'IL304', 'IL305', 'IL306', 'IL307', 'IL308']);
    assert.ok(log.runs[0]?.results.some(({ ruleId }) => ruleId === 'IL301'));
  });
});
