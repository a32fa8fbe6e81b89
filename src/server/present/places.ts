import type { IndexView } from '../../engine/indexView';
import type { TextRange } from '../../model/text';

/** A link to a place that VS Code and most Markdown viewers of editors follow: `file:///x.py#L3,5` (1-based). */
export type PlaceLinker = (uri: string, range: TextRange) => string;

/** Links into the files of an index. A file that is not in it is linked as a whole. */
export function linkPlaces(view: IndexView): PlaceLinker {
  return (uri, range) => {
    if (view.text(uri) === undefined) return uri;
    const { line, character } = view.positionAt(uri, range.start);
    return `${uri}#L${line + 1},${character + 1}`;
  };
}

/** The last segment of a URI, decoded where it can be. */
export function fileNameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
