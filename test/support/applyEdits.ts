import assert from 'node:assert/strict';
import type { TextEdit } from '../../src/model/text';

/** A file's text with the edits that are for it; fails when they overlap. */
export function applyEdits(uri: string, text: string, edits: readonly TextEdit[]): string {
  const own = edits.filter((edit) => edit.uri === uri).sort((a, b) => b.range.start - a.range.start);
  let result = text;
  let before = Infinity;
  for (const { range, newText } of own) {
    assert.ok(range.start <= range.end && range.end <= before, 'edits overlap');
    before = range.start;
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  }
  return result;
}
