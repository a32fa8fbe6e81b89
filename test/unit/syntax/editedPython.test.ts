import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Parser } from 'web-tree-sitter';
import { EditedPython } from '../../../src/syntax/editedPython';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

const SOURCE = readFileSync(join(__dirname, '../../fixtures/guest/attributes.py'), 'utf8');

/** One keystroke or paste: where, how much goes, what comes. */
const EDIT = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  put: fc.constantFrom(
    '',
    'x',
    ' ',
    '\n',
    '\n    ',
    '(',
    ')',
    "'",
    '"""',
    '#',
    ':',
    '\u{1f427}',
    'def f():\n    pass\n',
    '    x = 1\n',
    "f'{a}'",
    '\\',
  ),
});

function apply(text: string, edit: { at: number; length: number; put: string }): string {
  const from = edit.at % (text.length + 1);
  return text.slice(0, from) + edit.put + text.slice(from + edit.length);
}

describe('EditedPython', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  it('reads every version as if it were the first', () => {
    fc.assert(
      fc.property(fc.array(EDIT, { minLength: 1, maxLength: 8 }), (edits) => {
        const edited = new EditedPython(parser);
        let text = SOURCE;
        edited.read('u', text, '');
        for (const edit of edits) {
          text = apply(text, edit);
          assert.deepEqual(edited.read('u', text, ''), readPython('u', text, '', parser));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps files apart', () => {
    const edited = new EditedPython(parser);
    edited.read('a', 'x = 1\n', '');
    edited.read('b', 'def f(): pass\n', '');
    assert.deepEqual(edited.read('a', 'x = 12\n', ''), readPython('a', 'x = 12\n', '', parser));
  });
});
