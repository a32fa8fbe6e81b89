import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  Hover,
  Position,
} from 'vscode-languageserver';
import { REPORT_REQUEST, type ReportAnswer } from '../../src/protocol/reportMessages';
import {
  DRAFT_REQUEST,
  type DraftAnswer,
  PROFILE_TEMPLATES_REQUEST,
  type ProfileTemplate,
} from '../../src/protocol/whatIfMessages';
import { FIXTURE_FOLDER, rangeOf, TestEditor, toUri } from './testEditor';

const PROFILE = path.join(FIXTURE_FOLDER, 'profiles/zones.interop-profile.yaml');

const BUILTIN_COUNT = 6;
const SAMPLES = path.resolve(__dirname, '../../samples');

const GOOD = `name: x
regions:
  - name: a
    virtualization: container
    guests: [linux]
    imageUpload: image
    reachability: [ping]
`;

/** `rule line: text`. */
function printFound(all: readonly Diagnostic[], text: string): string[] {
  const lines = text.split('\n');
  return all.map(({ code, range: { start, end } }) => {
    const line = lines[start.line] ?? '';
    return `${String(code)} ${start.line}: ${line.slice(start.character, start.line === end.line ? end.character : undefined)}`;
  });
}

describe('protocol: a cloud profile', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  let uri: string;
  let text: string;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    ({ uri, text } = await editor.openFile(PROFILE));
  });
  afterEach(() => editor.stop());

  const actionsAt = async (part: string): Promise<CodeAction[]> => {
    const diagnostics = await editor.waitForDiagnostics(uri, (all) => all.length > 0);
    return editor.request('textDocument/codeAction', {
      textDocument: { uri },
      range: rangeOf(text, part),
      context: { diagnostics },
    });
  };

  /** The text once the edits of an action are made. */
  const applied = (action: CodeAction | undefined): string => {
    const [change] = action?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change, 'no edit');
    const [edit] = change.edits;
    assert.ok(edit && 'newText' in edit);
    const offset = ({ line, character }: Position): number =>
      text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
    return text.slice(0, offset(edit.range.start)) + edit.newText + text.slice(offset(edit.range.end));
  };

  const show = async (next: string): Promise<void> => {
    text = next;
    await editor.changeText(uri, [{ text }]);
  };

  /** Completion at the `|` of a text, which becomes that of the profile. */
  const complete = async (marked: string): Promise<CompletionItem[]> => {
    const offset = marked.indexOf('|');
    await show(marked.replace('|', ''));
    const before = marked.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const list = await editor.request<CompletionList>('textDocument/completion', { textDocument: { uri }, position });
    return list.items;
  };
  const labels = async (marked: string): Promise<string[]> => (await complete(marked)).map(({ label }) => label);

  it('has findings where they stand, open or not, and fixes that take them away', async () => {
    const found = await editor.waitForDiagnostics(uri, (all) => all.length > 0);
    assert.deepEqual(printFound(found, text), ['IL512 6: ilumos', 'IL511 9: reachabilty']);
    const [fix] = await actionsAt('ilumos');
    assert.equal(fix?.title, 'Write "illumos"');
    await show(applied(fix));
    const [key] = await actionsAt('reachabilty');
    await show(applied(key));
    assert.deepEqual(await editor.waitForDiagnostics(uri, (all) => all.length === 0), []);
  });

  it('is suppressed by a comment, and a comment that would be part of a text is not offered', async () => {
    const suppress = (await actionsAt('reachabilty')).find(({ title }) =>
      title.startsWith('Suppress IL511 on this line'),
    );
    await show(applied(suppress));
    assert.match(text, /reachabilty: \[ping, ssh\] {2}# noqa: IL511\n/);
    const left = await editor.waitForDiagnostics(uri, (all) => all.length === 1);
    assert.deepEqual(printFound(left, text), ['IL512 6: ilumos']);
    await show('name: x\nregions: []\nnote: "one\n  # noqa: IL511 two"\n');
    const told = await editor.waitForDiagnostics(uri, (all) => all.length === 2);
    assert.deepEqual(printFound(told, text), ['IL513 1: []', 'IL511 2: note']);
    const titles = (await actionsAt('note')).map(({ title }) => title);
    assert.ok(!titles.some((title) => title.startsWith('Suppress')), titles.join('\n'));
  });

  it('gets a missing key in its own form', async () => {
    await show(GOOD.replace('    imageUpload: image\n', ''));
    await editor.waitForDiagnostics(uri, (all) => all.length === 1);
    const fix = (await actionsAt('name: a')).find(({ title }) => title.includes('imageUpload'));
    await show(applied(fix));
    assert.match(text, / {2}- imageUpload: none\n {4}name: a\n/);
    await editor.waitForDiagnostics(uri, (all) => all.length === 0);
  });

  it('completes keys, words, tools and options', async () => {
    assert.deepEqual(await labels('name: x\nregions:\n  - name: a\n    |'), [
      'virtualization',
      'guests',
      'imageUpload',
      'reachability',
      'options',
    ]);
    // What stands behind the caret is not offered again.
    assert.deepEqual(await labels(GOOD.replace('    imageUpload: image\n', '    |\n')), ['imageUpload', 'options']);
    assert.deepEqual(await labels(GOOD.replace('container', '|')), ['vm', 'container', 'baremetal']);
    assert.deepEqual(await labels(GOOD.replace('[linux]', '[|')), [
      'linux',
      'busybox',
      'freebsd',
      'illumos',
      'windows',
    ]);
    const [first] = await complete(GOOD.replace('[linux]', '|'));
    assert.equal(first?.textEdit?.newText, '[linux]');
    const tools = await labels(GOOD.replace('[linux]', '\n      - os: linux\n        tools: [|'));
    assert.ok(tools.includes('curl') && tools.includes('sudo') && !tools.includes('any'), tools.join());
    const options = await complete(`${GOOD}    options:\n      |`);
    assert.deepEqual(
      options.map(({ label, textEdit }) => [label, textEdit?.newText]),
      [['validation.run_validation', 'validation.run_validation: false']],
    );
    assert.deepEqual(await labels(`${GOOD}    # |`), []);
  });

  it('says what keys, words, tools and options mean', async () => {
    const hover = async (part: string): Promise<string> => {
      const { start } = rangeOf(text, part);
      const found = await editor.request<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: start,
      });
      return found ? (found.contents as { value: string }).value : '';
    };
    assert.match(await hover('imageUpload'), /What a user may bring[^]*- `any-kernel`:/);
    assert.match(await hover('container'), /kernel of their host/);
    assert.match(await hover('sudo'), /\| illumos \| depends on the image/);
    assert.match(
      await hover('validation.run'),
      /Where it is off: \d+ tests? (?:is|are) skipped|asks? less of the guest/,
    );
    assert.equal(await hover('Zones'), '');
  });

  it('has an outline', async () => {
    const found = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      found.map(({ name, detail }) => [name, detail]),
      [['west', 'container · no guests']],
    );
  });

  it('is offered by the report as soon as it is whole, follows edits, and stays while it is half typed', async () => {
    const offered = async (): Promise<string[]> => {
      const { model } = await editor.request<ReportAnswer>(REPORT_REQUEST, { rewrites: 'none' });
      return (model?.profiles ?? []).slice(BUILTIN_COUNT).map(({ key, profile }) => `${key}: ${profile.name}`);
    };
    assert.deepEqual(await offered(), []);
    await show(GOOD);
    assert.deepEqual(await offered(), ['profiles/zones.interop-profile.yaml: x']);
    await show(GOOD.replace('name: x', 'name: Ours'));
    assert.deepEqual(await offered(), ['profiles/zones.interop-profile.yaml: Ours']);
    await show(`${GOOD}  - na`);
    assert.deepEqual(await offered(), ['profiles/zones.interop-profile.yaml: Ours']);
  });

  it('starts from a template without a finding', async () => {
    const templates = await editor.request<ProfileTemplate[]>(PROFILE_TEMPLATES_REQUEST);
    assert.equal(templates.length, BUILTIN_COUNT);
    await editor.waitForDiagnostics(uri, (all) => all.length > 0);
    await show(templates[2]?.text ?? '');
    assert.deepEqual(await editor.waitForDiagnostics(uri, (all) => all.length === 0), []);
  });

  it('survives broken texts with a message where the trouble is', async () => {
    for (const [broken, line] of [
      ['name: [x\n', 1],
      ['name: x\nregions:\n\t- name: a\n', 2],
      ['- a\n- b\n', 0],
      ['*nowhere', 0],
      ['['.repeat(50_000), 0],
      [`name: x\n${'# long\n'.repeat(20_000)}`, 0],
    ] as const) {
      await show('name: x\n');
      await editor.waitForDiagnostics(uri, (all) => all.some(({ code }) => code === 'IL513'));
      await show(broken);
      const all = await editor.waitForDiagnostics(uri, (found) => found.some(({ code }) => code === 'IL510'));
      assert.equal(all[0]?.range.start.line, line, broken.slice(0, 20));
    }
  });
});

describe('protocol: cloud profiles in a workspace', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-profiles-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string | Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return toUri(file);
  };

  it('are read from JSON by name or content, with completion there, and told when they cannot be read', async () => {
    const bad = { name: 'x', regions: [{ name: 'a', virtualization: 'vm', guests: ['linx'] }] };
    const named = write('a.interop-profile.json', JSON.stringify(bad));
    const other = write('cloud.json', JSON.stringify(bad, null, '\t'));
    write('plain.json', '{"regions": ["a"], "virtualization": 1}');
    const latin = write('latin.interop-profile.yaml', Buffer.from([0x6e, 0xe9, 0x0a]));
    const editor = await TestEditor.startReady({ folders: [folder] });
    try {
      for (const uri of [named, other]) {
        const found = await editor.waitForDiagnostics(uri, (all) => all.length > 0);
        assert.deepEqual(found.map(({ code }) => code).sort(), ['IL512', 'IL513', 'IL513'], uri);
      }
      assert.equal((await editor.waitForDiagnostics(latin, (all) => all.length > 0))[0]?.code, 'IL510');
      assert.deepEqual(editor.published.map(({ uri }) => path.posix.basename(uri)).sort(), [
        'a.interop-profile.json',
        'cloud.json',
        'latin.interop-profile.yaml',
      ]);
      const text = '{"name": "x", "regions": [{"virtualization": "';
      await editor.openText(named, text);
      const list = await editor.request<CompletionList>('textDocument/completion', {
        textDocument: { uri: named },
        position: { line: 0, character: text.length },
      });
      assert.deepEqual(
        list.items.map(({ textEdit }) => textEdit?.newText),
        ['"vm"', '"container"', '"baremetal"'],
      );
    } finally {
      await editor.stop();
    }
  });

  it('in YAML of any name are known once they are opened, while they are half typed, and no longer when they are something else', async () => {
    const uri = write('ours.yaml', `owner: me\n${GOOD}`);
    const editor = await TestEditor.startReady({ folders: [folder] });
    try {
      await editor.openText(uri, `owner: me\n${GOOD}`);
      assert.equal((await editor.waitForDiagnostics(uri, (all) => all.length > 0))[0]?.code, 'IL511');
      await editor.changeText(uri, [{ text: `owner: [\n${GOOD}` }]);
      await editor.waitForDiagnostics(uri, (all) => all[0]?.code === 'IL510');
      await editor.changeText(uri, [{ text: 'jobs: []\n' }]);
      assert.deepEqual(await editor.waitForDiagnostics(uri, (all) => all.length === 0), []);
    } finally {
      await editor.stop();
    }
  });
});

describe('protocol: drafts of capabilities', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [SAMPLES] });
  });
  afterEach(() => editor.stop());

  it('are edits of a draft guideline for the version that is open, and refused elsewhere with the reason', async () => {
    const { uri, text } = await editor.openFile(path.join(SAMPLES, 'guidelines/next.json'));
    const { problem, files } = await editor.request<DraftAnswer>(DRAFT_REQUEST, { kind: 'E', uri });
    assert.equal(problem, null);
    assert.deepEqual([files[0]?.uri, files[0]?.version, files[0]?.edits.length], [uri, 1, 2]);
    const added = files[0]?.edits.map(({ newText }) => newText).join('') ?? '';
    assert.match(added, /"compute-guest-illumos": \{\n {6}"achievements": \[\],/);
    const none = await editor.request<DraftAnswer>(DRAFT_REQUEST, { kind: 'C', uri });
    assert.match(none.problem ?? '', /no test is one for such a capability/);
    const settled = toUri(path.join(SAMPLES, 'guidelines/2026.01.json'));
    assert.match(
      (await editor.request<DraftAnswer>(DRAFT_REQUEST, { kind: 'E', uri: settled })).problem ?? '',
      /no draft/,
    );
    await editor.changeText(uri, [{ text: text.slice(0, 200) }]);
    const broken = await editor.request<DraftAnswer>(DRAFT_REQUEST, { kind: 'E', uri });
    assert.notEqual(broken.problem, null);
  });
});
