import { findNodePath } from '../../src/fixes/findNode';
import { moveOffset } from '../../src/model/textEdits';
import type { ModuleFacts } from '../../src/model/facts';
import type { TextEdit, TextRange } from '../../src/model/text';

/** A command before and after, both whole literals. */
export interface ChangedCommand {
  readonly before: string;
  readonly after: string;
}

/** Literals that edits changed in place: argument of the same call before and after. */
export function changedCommands(before: ModuleFacts, after: ModuleFacts, edits: readonly TextEdit[]): ChangedCommand[] {
  return edits.flatMap((edit) => {
    const old = commandAt(before, edit.range);
    const start = moveOffset(edit.range.start, edits);
    const fresh = commandAt(after, { start, end: start + edit.newText.length });
    return old === null || fresh === null || old === fresh ? [] : [{ before: old, after: fresh }];
  });
}

function commandAt(facts: ModuleFacts, range: TextRange): string | null {
  const { nodes } = findNodePath(facts, range);
  const literal = nodes[nodes.length - 1];
  const call = nodes[nodes.length - 2];
  const runs = call?.k === 'call' && call.fn.k === 'attr' && call.fn.attr === 'exec_command';
  return runs && literal?.k === 'str' ? literal.v : null;
}
