import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { TextEdit as ModelEdit } from '../../model/text';
import { toTextEdit } from '../convert';

/** What a workspace edit has to know of the editor. */
export interface EditContext {
  readonly view: IndexView;
  /** Version of the open document that the edits are made for, or null when it is not open. */
  readonly versionOf: (uri: string) => number | null;
  /** The editor takes versioned document changes. */
  readonly documentChanges: boolean;
  /** The file in which an action is chosen. */
  readonly uri?: string;
  /** The editor shows annotated changes before it makes them. */
  readonly annotations: boolean;
}

/** What is told beside edits that a person is to look at before they are made. */
export interface Annotation {
  readonly label: string;
  readonly description: string | null;
}

const ANNOTATION_ID = 'interopLens';

/**
 * Edits of one action. Where they go beyond the file that is looked at, and the editor can, they are annotated: it shows them and asks before it makes them.
 * @param annotation for edits of other files
 */
export function toWorkspaceEdit(
  context: EditContext,
  edits: readonly ModelEdit[],
  annotation: Annotation,
): WorkspaceEdit {
  const { view, versionOf, documentChanges, annotations } = context;
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of edits) byFile.set(edit.uri, [...(byFile.get(edit.uri) ?? []), toTextEdit(view, edit)]);
  if (!documentChanges) return { changes: Object.fromEntries(byFile) };
  const isElsewhere = byFile.size > 1 || (context.uri !== undefined && !byFile.has(context.uri));
  const isAnnotated = annotations && isElsewhere;
  // With the version, the editor refuses an edit that was made for another text.
  const changes = [...byFile].map(([uri, own]) => ({
    textDocument: { uri, version: versionOf(uri) },
    edits: isAnnotated ? own.map((edit) => ({ ...edit, annotationId: ANNOTATION_ID })) : own,
  }));
  if (!isAnnotated) return { documentChanges: changes };
  const { label, description } = annotation;
  return {
    documentChanges: changes,
    changeAnnotations: {
      [ANNOTATION_ID]: { label, needsConfirmation: true, ...(description !== null && { description }) },
    },
  };
}
