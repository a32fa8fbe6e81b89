import { Edit, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { ModuleFacts } from '../model/facts';
import { findChange } from '../model/textChange';
import { factsOfParsed, factsOfRepaired, readPython } from './readPython';
import { repairPython } from './repairPython';

/** What was parsed last without an error: the text as it stood, or as it was repaired. */
interface ParsedText {
  readonly uri: string;
  readonly text: string;
  readonly tree: Tree;
}

/**
 * Reads a file that is being edited: the tree of its last version that had no error is kept, so that only what an edit touched
 * is parsed again. One file at a time; the tree is freed with the next such version, or with the first edit of another file.
 */
export class EditedPython {
  private last: ParsedText | null = null;

  constructor(private readonly parser: Parser) {}

  /** Facts of the file's new text, the same as `readPython` gives. */
  read(uri: string, text: string, contentHash: string): ModuleFacts {
    if (this.last && this.last.uri !== uri) this.keep(null);
    const whole = this.parseClean(uri, text);
    if (whole) return factsOfParsed({ uri, text, contentHash }, whole, this.parser);
    const repaired = repairPython(text);
    const repairedTree = repaired && this.parseClean(uri, repaired.text);
    if (repairedTree) return factsOfRepaired({ uri, text, contentHash }, repaired, repairedTree, this.parser);
    return readPython(uri, text, contentHash, this.parser);
  }

  /** The text's tree, kept for the next version; null when there is an error in it. */
  private parseClean(uri: string, text: string): Tree | null {
    const before = this.last?.tree.copy();
    if (this.last) before?.edit(describeEdit(this.last.text, text));
    const tree = this.parser.parse(text, before);
    before?.delete();
    // How the parser gets over an error depends on where it comes from; the answer must not depend on the way we came.
    if (tree?.rootNode.hasError) {
      tree.delete();
      return null;
    }
    if (tree) this.keep({ uri, text, tree });
    return tree;
  }

  private keep(parsed: ParsedText | null): void {
    this.last?.tree.delete();
    this.last = parsed;
  }
}

function describeEdit(before: string, after: string): Edit {
  const { start, oldEnd, shift } = findChange(before, after);
  const newEnd = oldEnd + shift;
  const startPosition = placeAfter(before, { row: 0, column: 0 }, 0, start);
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: placeAfter(before, startPosition, start, oldEnd),
    newEndPosition: placeAfter(after, startPosition, start, newEnd),
  });
}

/** Row and column of the offset `to`, counted on from those of `from`; the parser's rows end with line feeds alone. */
function placeAfter(text: string, place: Point, from: number, to: number): Point {
  let { row, column } = place;
  let at = from;
  for (let end = text.indexOf('\n', at); end >= 0 && end < to; end = text.indexOf('\n', at)) {
    row++;
    column = 0;
    at = end + 1;
  }
  return { row, column: column + to - at };
}
