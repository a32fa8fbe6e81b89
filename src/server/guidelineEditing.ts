import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import { DESIGNATED_SECTIONS_REQUEST } from '../protocol/messages';
import type { EditorSupport } from './editorSupport';
import type { Session } from './session';
import { toRange } from './convert';
import { answerForCurrentFiles, closedFilesOf } from './currentFiles';
import { findCompletions } from './features/completion';
import { listDesignatedSections } from './features/designatedSections';
import { findFoldings } from './features/folding';
import { planRename, type Refusal, startRename } from './features/rename';

/** What the server says that it can do for someone who edits a guideline. */
export const EDITING_CAPABILITIES: ServerCapabilities = {
  completionProvider: { triggerCharacters: ['"', '.', '-', '[', ':'] },
  renameProvider: { prepareProvider: true },
  foldingRangeProvider: true,
};

/** What the requests of this file need of the server. */
export interface EditingContext {
  readonly connection: Connection;
  readonly session: Session;
  readonly support: EditorSupport;
  /** The editor knows our JSON Schema for a file, by its path. */
  readonly knowsSchema: (uri: string) => boolean;
  readonly versionOf: (key: string) => number | null;
  /** An answer from the index with every edit so far, or `otherwise`. */
  readonly answer: <T>(what: string, otherwise: T, work: (engine: Engine) => T) => T;
}

/** Answers completion, rename, folding, and the list of designated sections. */
export function answerEditingRequests(context: EditingContext): void {
  const { connection, session, answer } = context;
  connection.onCompletion(async ({ textDocument, position }, token) => {
    await giveWay(token);
    const key = session.keyOf(textDocument.uri);
    const schemaIsKnown = context.knowsSchema(textDocument.uri);
    const { labelDetails } = context.support;
    const options = { schemaIsKnown, labelDetails, today: new Date().toISOString().slice(0, 10) };
    return answer('complete', null, (engine) =>
      engine.text(key) === undefined ? null : findCompletions(engine, key, engine.offsetAt(key, position), options),
    );
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const key = session.keyOf(textDocument.uri);
    const start = answer('start a rename', null, (engine) => startRename(engine, key, offsetOf(engine, key, position)));
    if (start === null) return null;
    if ('refused' in start) throw new ResponseError(ErrorCodes.InvalidRequest, start.refused);
    return answer('start a rename', null, (engine) => ({
      range: toRange(engine, key, start.range),
      placeholder: start.name,
    }));
  });
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    renameCapability(context, textDocument.uri, position, newName),
  );
  connection.onRequest(DESIGNATED_SECTIONS_REQUEST, () =>
    answer('list designated sections', [], (engine) => listDesignatedSections(engine)),
  );
  connection.onFoldingRanges(({ textDocument }) =>
    answer('fold', [], (engine) => findFoldings(engine, session.keyOf(textDocument.uri))),
  );
}

async function renameCapability(
  { session, support, versionOf, answer }: EditingContext,
  uri: string,
  position: Position,
  newName: string,
): Promise<WorkspaceEdit | null> {
  const key = session.keyOf(uri);
  const { confirmedChanges: asksBack, documentChanges } = support;
  const plan = await answerForCurrentFiles<WorkspaceEdit | Refusal | null>(
    () =>
      answer('rename', null, (view) =>
        planRename({ view, versionOf, asksBack, documentChanges }, key, offsetOf(view, key, position), newName),
      ),
    (made) => (made === null || 'refused' in made ? [] : closedFilesOf(made)),
    (file) => session.confirmText(file),
    { refused: 'A file changes while its capability is renamed. Try again.' },
  );
  if (plan !== null && 'refused' in plan) throw new ResponseError(ErrorCodes.InvalidRequest, plan.refused);
  return plan;
}

function offsetOf(engine: Engine, key: string, position: Position): number {
  return engine.text(key) === undefined ? -1 : engine.offsetAt(key, position);
}

/** Lets what waits in the input come first: an edit, or the word that this answer is wanted no more. */
async function giveWay(token: CancellationToken): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
