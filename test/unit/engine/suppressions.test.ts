import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { markSuppressed } from '../../../src/engine/suppressions';
import type { Finding } from '../../../src/model/finding';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

function findingAt(text: string, word: string, rule: string): Finding {
  const start = text.indexOf(word);
  return {
    uri: 'file:///t.py',
    range: { start, end: start + word.length },
    rule,
    severity: 'error',
    confidence: 'certain',
    message: '',
    related: [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}

describe('markSuppressed', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  /** [comment behind the line, rule, suppressed, reason]. */
  const cases: readonly (readonly [string, string, boolean, string | null])[] = [
    ['', 'IL102', false, null],
    ['  # noqa', 'IL102', true, null],
    ['  # noqa: IL102', 'IL102', true, null],
    ['  # noqa: il102', 'IL102', true, null],
    ['  # noqa: E501,IL102 our image has it', 'IL102', true, 'our image has it'],
    ['  # noqa: IL101', 'IL102', false, null],
    ['  # noqa: E501', 'IL102', false, null],
    ["  # says '# noqa: IL101'", 'IL102', false, null],
  ];
  for (const [comment, rule, suppressed, reason] of cases) {
    it(`${rule} with "${comment}"`, () => {
      const text = `a = 1  # noqa: IL101\nrun('lsblk')${comment}\nb = 2  # noqa\n`;
      const [marked] = markSuppressed([findingAt(text, 'lsblk', rule)], readPython('file:///t.py', text, '', parser));
      assert.deepEqual([marked?.suppressed, marked?.suppressionReason], [suppressed, reason]);
    });
  }

  it('a comment at the end of a call over several lines covers its own line alone', () => {
    const text = "run('lsblk',\n    'blkid')  # noqa\n";
    const facts = readPython('file:///t.py', text, '', parser);
    const marked = markSuppressed([findingAt(text, 'lsblk', 'IL102'), findingAt(text, 'blkid', 'IL102')], facts);
    assert.deepEqual(
      marked.map((finding) => finding.suppressed),
      [false, true],
    );
  });
});
