import type { Command, CodeAction, WorkspaceEdit } from 'vscode-languageserver';

/** Reads a file again that no buffer holds. False when it had another text than the index, which then has the new one. */
export type ConfirmText = (uri: string) => Promise<boolean>;

/** Once a file has changed under two answers in a row, nothing is offered: better no edit than one for another text. */
const ATTEMPTS = 2;

/**
 * An answer with edits for texts that the files hold now. Open buffers are guarded by their version; a file that is not open
 * may have changed on its disk without anybody's telling, so it is looked at, and the answer made anew.
 */
export async function answerForCurrentFiles<T>(
  make: () => T,
  filesOf: (answer: T) => readonly string[],
  confirm: ConfirmText,
  nothing: T,
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = make();
    const confirmed = await Promise.all(filesOf(answer).map(confirm));
    if (confirmed.every((isCurrent) => isCurrent)) return answer;
  }
  return nothing;
}

/** The files that an edit changes and that no buffer holds. */
export function closedFilesOf(edit: WorkspaceEdit | undefined): readonly string[] {
  const versioned = (edit?.documentChanges ?? []).flatMap((change) => {
    if (!('textDocument' in change)) return [];
    return change.textDocument.version === null ? [change.textDocument.uri] : [];
  });
  return [...new Set(versioned)];
}

/** The same over a list of actions. */
export function closedFilesOfActions(actions: readonly (CodeAction | Command)[]): readonly string[] {
  return [...new Set(actions.flatMap((action) => ('edit' in action ? closedFilesOf(action.edit) : [])))];
}
