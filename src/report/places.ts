import type { TextPosition, TextRange } from '../model/text';

/** What a report must know of files to print places: the engine's index offers both. */
export interface Places {
  /** Path relative to the root that the file belongs to, with `/`. */
  pathOf(uri: string): string;
  /** 0-based position of an offset in the file's current text. */
  positionAt(uri: string, offset: number): TextPosition;
}

/** A place as every machine-readable output has it: 1-based, columns in UTF-16 code units. */
export interface PrintedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `endColumn` is exclusive, so that an empty stretch has `endColumn` equal to `column`. */
export interface PrintedRegion extends PrintedPlace {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where an offset stands. */
export function printPlace(places: Places, uri: string, offset: number): PrintedPlace {
  const position = places.positionAt(uri, offset);
  return { file: places.pathOf(uri), line: position.line + 1, column: position.character + 1 };
}

/** Where a stretch starts and ends. */
export function printRegion(places: Places, uri: string, range: TextRange): PrintedRegion {
  const end = places.positionAt(uri, range.end);
  return { ...printPlace(places, uri, range.start), endLine: end.line + 1, endColumn: end.character + 1 };
}

/** Column behind a range, or behind the first line of one that goes on below. */
export function findEndOnLine(places: Places, uri: string, range: TextRange): number {
  const { line } = places.positionAt(uri, range.start);
  const isOnLine = (offset: number): boolean => places.positionAt(uri, offset).line === line;
  let [last, beyond] = [range.start, range.end + 1];
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (isOnLine(middle)) last = middle;
    else beyond = middle;
  }
  return places.positionAt(uri, last).character + 1;
}

/** Order by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of every array of places: file, line, column. */
export function comparePlaces(a: PrintedPlace, b: PrintedPlace): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Sorted, each once. */
export function sortedUnique(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareText);
}

/** JSON as every command prints it: two blanks of indent and a final newline. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
