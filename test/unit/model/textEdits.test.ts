import assert from 'node:assert/strict';
import { applyEdits, collide, groupByFile, moveOffset } from '../../../src/model/textEdits';
import type { TextEdit } from '../../../src/model/text';

const edit = (start: number, end: number, newText: string, uri = 'a'): TextEdit => ({
  uri,
  range: { start, end },
  newText,
});

describe('text edits', () => {
  it('are applied by place, insertions at one place in the order given', () => {
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'X'), edit(1, 1, '1'), edit(1, 1, '2'), edit(2, 3, '')]), 'a12bdXf');
  });

  it('are refused when they overlap or leave the text', () => {
    assert.throws(() => applyEdits('abc', [edit(0, 2, ''), edit(1, 3, '')]), RangeError);
    assert.throws(() => applyEdits('abc', [edit(2, 4, '')]), RangeError);
    assert.throws(() => applyEdits('abc', [edit(2, 1, '')]), RangeError);
  });

  it('collide when they touch, in one file', () => {
    assert.ok(collide(edit(1, 1, 'x'), edit(1, 1, 'y')));
    assert.ok(collide(edit(0, 2, 'x'), edit(2, 3, 'y')));
    assert.ok(!collide(edit(0, 2, 'x'), edit(3, 4, 'y')));
    assert.ok(!collide(edit(0, 2, 'x'), edit(0, 2, 'y', 'b')));
  });

  it('move what stands behind them', () => {
    const edits = [edit(2, 4, 'xyz'), edit(6, 6, '12')];
    assert.deepEqual(
      [0, 2, 3, 4, 6, 7].map((offset) => moveOffset(offset, edits)),
      [0, 2, 2, 5, 9, 10],
    );
    assert.equal(applyEdits('abcdefgh', edits)[moveOffset(7, edits)], 'h');
  });

  it('are grouped by file', () => {
    const edits = [edit(0, 0, 'x'), edit(0, 0, 'y', 'b'), edit(1, 1, 'z')];
    assert.deepEqual(
      [...groupByFile(edits)].map(([uri, own]) => [uri, own.length]),
      [
        ['a', 2],
        ['b', 1],
      ],
    );
  });
});
