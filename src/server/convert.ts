import type { IndexView } from '../engine/indexView';
import type { TextEdit as ModelEdit, TextLocation, TextRange } from '../model/text';
import type { Location, Range, TextEdit } from 'vscode-languageserver';

/** Protocol range of an engine range; a file that is not in the index gives its beginning. */
export function toRange(view: IndexView, uri: string, range: TextRange): Range {
  if (view.text(uri) === undefined) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return { start: view.positionAt(uri, range.start), end: view.positionAt(uri, range.end) };
}

/** Protocol location of an engine place. */
export function toLocation(view: IndexView, place: TextLocation): Location {
  return { uri: place.uri, range: toRange(view, place.uri, place.range) };
}

/** Protocol edit of an engine edit (of the same file). */
export function toTextEdit(view: IndexView, edit: ModelEdit): TextEdit {
  return { range: toRange(view, edit.uri, edit.range), newText: edit.newText };
}

/** True when the offset stands in the range or right behind it (where the caret of a selected word may be). */
export function touches(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Locations without repetitions, in the given order. */
export function uniqueLocations(locations: readonly Location[]): Location[] {
  const seen = new Set<string>();
  return locations.filter((location) => {
    const key = JSON.stringify([location.uri, location.range]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
