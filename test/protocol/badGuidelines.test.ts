import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic, DocumentSymbol, Hover } from 'vscode-languageserver';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TestEditor, toUri } from './testEditor';

const GOOD = readFileSync(path.join(FIXTURE_FOLDER, GUIDELINE_FILE), 'utf8');
const CAPABILITY = '"compute-servers-verify": {';

/** A file with one defect: its bytes, the word under the first message about it, and what the message says. */
interface Defect {
  readonly name: string;
  readonly bytes: string | Buffer;
  readonly line: number;
  readonly says: RegExp;
}

function lineOf(text: string, part: string): number {
  return rangeOf(text, part).start.line;
}

const TRUNCATED = GOOD.slice(0, GOOD.indexOf('"idempotent_id"') + 15);
const NO_COMMA = GOOD.replace(/,(\s*)"capabilities"/, '$1"capabilities"');
const LIST = GOOD.replace(
  /"capabilities": \{\s*"compute-servers-list"/,
  '"capabilities": [], "x": {"compute-servers-list"',
);
const LATIN = GOOD.replace('"compute-servers-verify": {', '"compute-servers-verify": { "comment": "caf\u00e9",');

const DEFECTS: readonly Defect[] = [
  { name: '2090.01.json', bytes: TRUNCATED, line: TRUNCATED.split('\n').length - 1, says: /closing brace|colon/ },
  {
    name: '2090.02.json',
    bytes: NO_COMMA,
    line: lineOf(NO_COMMA, '"capabilities": {\n    "compute'),
    says: /comma is missing/,
  },
  {
    name: '2090.03.json',
    bytes: `{"capabilities": ${'['.repeat(100_000)}, "achievements": 1`,
    line: 0,
    says: /nested more than 200 levels/,
  },
  { name: '2090.04.json', bytes: LIST, line: 0, says: /no interoperability guideline/ },
  { name: '2090.05.json', bytes: Buffer.from(LATIN, 'latin1'), line: lineOf(LATIN, 'caf'), says: /not UTF-8/ },
  {
    name: '2090.06.json',
    bytes: GOOD.replace('"capabilities": {', `"padding": "${'x'.repeat(20_000_000)}", "capabilities": {`),
    line: 0,
    says: /20\.\d MB|19\.\d MB/,
  },
  {
    name: '2090.07.json',
    bytes: GOOD.replace(CAPABILITY, `"compute-servers-verify": {}, ${CAPABILITY}`),
    line: lineOf(GOOD, CAPABILITY),
    says: /stands twice/,
  },
  {
    name: '2090.08.json',
    bytes: '\ufeff' + NO_COMMA,
    line: lineOf(NO_COMMA, '"capabilities": {\n    "compute'),
    says: /comma/,
  },
  { name: 'broken-copy.json', bytes: TRUNCATED, line: TRUNCATED.split('\n').length - 1, says: /closing brace|colon/ },
];

/** JSON that is none of ours, whole or broken. */
const FOREIGN: Readonly<Record<string, string>> = {
  'package.json': '{"name": "x", "version": "1",}',
  'schema.json': '{"$schema": "x", "properties": {"capabilities": {}, "achievements": {}, "idempotent_id": {}}}',
  '2091.01.json': '{"some": "data"}',
  'empty.json': '',
};

describe('protocol: guidelines with defects', function () {
  this.timeout(120_000);
  let folder: string;
  let editor: TestEditor;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-bad-'));
    mkdirSync(path.join(folder, 'guidelines'));
    writeFileSync(path.join(folder, GUIDELINE_FILE), GOOD);
    writeFileSync(path.join(folder, 'guidelines/2092.01.json'), `\ufeff${GOOD.replaceAll('2099.01', '2092.01')}`);
    for (const { name, bytes } of DEFECTS) writeFileSync(path.join(folder, name), bytes);
    for (const [name, text] of Object.entries(FOREIGN)) writeFileSync(path.join(folder, name), text);
    editor = await TestEditor.startReady({ folders: [folder] });
  });
  after(async () => {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const uriOf = (name: string): string => toUri(path.join(folder, name));
  const saysSo = (defect: Defect) => (all: readonly Diagnostic[]) =>
    all.some(({ message }) => defect.says.test(message));

  for (const defect of DEFECTS) {
    it(`tells where ${defect.name} is wrong, without its being open: ${defect.says.source}`, async () => {
      const diagnostics = await editor.waitForDiagnostics(uriOf(defect.name), saysSo(defect));
      const found = diagnostics.find(({ message }) => defect.says.test(message));
      assert.equal(found?.range.start.line, defect.line, JSON.stringify(found));
    });
  }

  it('reads a guideline behind a byte order mark', async () => {
    const uri = uriOf('guidelines/2092.01.json');
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.ok(symbols.length > 0);
    assert.ok(editor.diagnosticsOf(uri).every(({ code }) => code !== undefined));
  });

  it('says nothing of other JSON, whole or broken', () => {
    for (const name of Object.keys(FOREIGN)) assert.deepEqual(editor.diagnosticsOf(uriOf(name)), [], name);
  });

  it('answers about a good file while a bad one of any kind is open, and takes its repair', async () => {
    const good = uriOf(GUIDELINE_FILE);
    await editor.openText(good, GOOD);
    const position = rangeOf(GOOD, 'compute-servers-list": {').start;
    for (const defect of DEFECTS) {
      const uri = uriOf(defect.name);
      const text =
        typeof defect.bytes === 'string' ? defect.bytes.replace('\ufeff', '') : defect.bytes.toString('utf8');
      await editor.openText(uri, text);
      const hover = await editor.request<Hover | null>('textDocument/hover', { textDocument: { uri: good }, position });
      assert.ok(hover, defect.name);
      await editor.changeText(uri, [{ text: GOOD }]);
      await editor.waitForDiagnostics(uri, (all) => all.length > 0 && all.every(({ code }) => code !== undefined));
      await editor.closeFile(uri);
    }
  });
});
