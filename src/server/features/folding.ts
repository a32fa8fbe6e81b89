import { createScanner } from 'jsonc-parser';
import type { FoldingRange } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';

/** jsonc-parser's token kinds (a const enum there, which isolated modules cannot read). */
const Token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

/** Every object and list of a guideline file that spans lines; what is half typed folds as far as its brackets match. */
export function findFoldings(view: IndexView, uri: string): FoldingRange[] {
  const text = view.text(uri);
  if (text === undefined || !view.guideline(uri)) return [];
  const scanner = createScanner(text, true);
  const open: { readonly kind: number; readonly line: number }[] = [];
  const result: FoldingRange[] = [];
  for (let token = Number(scanner.scan()); token !== Token.end; token = Number(scanner.scan())) {
    if (token === Token.openBrace || token === Token.openBracket) {
      open.push({ kind: token, line: scanner.getTokenStartLine() });
    } else if (token === Token.closeBrace || token === Token.closeBracket) {
      // A closer's number is its opener's plus one; one that matches nothing closes nothing.
      if (open.at(-1)?.kind !== token - 1) continue;
      const startLine = open.pop()?.line ?? 0;
      const endLine = scanner.getTokenStartLine() - 1;
      if (endLine > startLine) result.push({ startLine, endLine });
    }
  }
  return result.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
