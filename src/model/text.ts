/** Offsets are UTF-16 code units into the file's decoded text; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** 0-based line, character in UTF-16 code units (the Language Server Protocol's default). */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** A stretch of one file. `uri` is the engine's key of the file (`file:///…` on a disk). */
export interface TextLocation {
  readonly uri: string;
  readonly range: TextRange;
}

/** One replacement inside one file. Edits of a list never overlap. */
export interface TextEdit {
  readonly uri: string;
  readonly range: TextRange;
  readonly newText: string;
}

/** Offsets at which each line starts; `\n`, `\r\n` and a lone `\r` end a line, as in the Language Server Protocol. */
export function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return starts;
}

/** The 0-based position of an offset, by binary search over `lineStarts` of the same text. */
export function positionAt(lineStarts: readonly number[], offset: number): TextPosition {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (lineStarts[low] ?? 0) };
}

/** The offset of a 0-based position; a line past the end gives the last line's start. */
export function offsetAt(lineStarts: readonly number[], position: TextPosition): number {
  const line = Math.min(position.line, lineStarts.length - 1);
  return (lineStarts[line] ?? 0) + position.character;
}
