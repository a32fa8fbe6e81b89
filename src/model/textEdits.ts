import type { TextEdit } from './text';

/**
 * One file's text after its edits. Insertions at one place come in the order of the list.
 * @param edits of this file alone
 * @throws RangeError when edits overlap or leave the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { range, newText } of sortEdits(edits)) {
    if (range.start < from || range.end < range.start || range.end > text.length)
      throw new RangeError(`edits overlap or leave the file at ${range.start}`);
    result += text.slice(from, range.start) + newText;
    from = range.end;
  }
  return result + text.slice(from);
}

/** The edits of each file, in the order in which the files first come up. */
export function groupByFile(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const known = files.get(edit.uri);
    if (known === undefined) files.set(edit.uri, [edit]);
    else known.push(edit);
  }
  return files;
}

/** True when two edits cannot both be made. Two insertions at one place cannot either: their order would be a guess. */
export function collide(a: TextEdit, b: TextEdit): boolean {
  return a.uri === b.uri && a.range.start <= b.range.end && b.range.start <= a.range.end;
}

/** Where an offset of the old text stands after the edits; inside of a replaced stretch: where the new text begins. */
export function moveOffset(offset: number, edits: readonly TextEdit[]): number {
  let moved = offset;
  for (const { range, newText } of sortEdits(edits)) {
    if (range.end <= offset) moved += newText.length - (range.end - range.start);
    else if (range.start < offset) moved -= offset - range.start;
  }
  return moved;
}

/** By place; the order of the list where the places are the same. */
function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
