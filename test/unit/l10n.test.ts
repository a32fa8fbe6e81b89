import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const readStrings = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;

const english = readStrings('package.nls.json');
const german = readStrings('package.nls.de.json');
const bundle = readStrings('l10n/bundle.l10n.de.json');

/** The texts of `vscode.l10n.t('…')` calls below src/client, as the parser reads them. */
function collectClientStrings(): Set<string> {
  const texts = new Set<string>();
  const folder = path.join(root, 'src/client');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
        const [first] = node.arguments;
        assert.ok(first && ts.isStringLiteralLike(first), `${file}: ${node.getText()} has no literal text`);
        texts.add(first.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return texts;
}

const placeholders = (text: string): string[] => Array.from(text.matchAll(/\{\d\}/g), ([match]) => match).sort();
const commandLinks = (text: string): string[] =>
  Array.from(text.matchAll(/\(command:[\w.]+\)/g), ([match]) => match).sort();

describe('translations', () => {
  it('of the manifest have the same keys, and the same command links', () => {
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      const translated = german[key] ?? '';
      assert.notEqual(translated.trim(), '', key);
      assert.deepEqual(commandLinks(translated), commandLinks(text), key);
    }
  });

  it('of the client have every text that it shows, and none that it does not', () => {
    assert.deepEqual(Object.keys(bundle).sort(), [...collectClientStrings()].sort());
  });

  it('of the client keep the placeholders', () => {
    for (const [text, translated] of Object.entries(bundle)) {
      assert.notEqual(translated.trim(), '', text);
      assert.deepEqual(placeholders(translated), placeholders(text), text);
    }
  });
});
