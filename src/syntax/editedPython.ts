import { Edit, type Parser, type Tree } from 'web-tree-sitter';
import type { ModuleFacts } from '../model/facts';
import { findLineStarts, positionAt } from '../model/text';
import { findChange } from '../model/textChange';
import { factsOfTree } from './readPython';

/**
 * Reads a file that is being edited: the tree of its last version is kept, so that only what an edit touched is parsed again.
 * One file at a time; the tree is freed with the next version, or with the first edit of another file.
 */
export class EditedPython {
  private last: { readonly uri: string; readonly text: string; readonly tree: Tree } | null = null;

  constructor(private readonly parser: Parser) {}

  /** Facts of the file's new text, the same as `readPython` gives. */
  read(uri: string, text: string, contentHash: string): ModuleFacts {
    const tree = this.parse(uri, text);
    this.last?.tree.delete();
    this.last = tree ? { uri, text, tree } : null;
    return factsOfTree(uri, text, contentHash, tree, this.parser);
  }

  private parse(uri: string, text: string): Tree | null {
    if (this.last?.uri !== uri) return this.parser.parse(text);
    this.last.tree.edit(describeEdit(this.last.text, text));
    const tree = this.parser.parse(text, this.last.tree);
    if (!tree?.rootNode.hasError) return tree;
    // How the parser gets over an error depends on where it comes from; the answer must not depend on the way we came.
    tree.delete();
    return this.parser.parse(text);
  }
}

function describeEdit(before: string, after: string): Edit {
  const { start, oldEnd, shift } = findChange(before, after);
  const place = (text: string, offset: number): { row: number; column: number } => {
    const { line, character } = positionAt(findLineStarts(text), offset);
    return { row: line, column: character };
  };
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: oldEnd + shift,
    startPosition: place(before, start),
    oldEndPosition: place(before, oldEnd),
    newEndPosition: place(after, oldEnd + shift),
  });
}
