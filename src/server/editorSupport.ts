import type { InitializeParams } from 'vscode-languageserver';

/** What the editor said that it can do. */
export interface EditorSupport {
  readonly progress: boolean;
  readonly relatedInformation: boolean;
  readonly documentChanges: boolean;
  /** Asks the user before it makes an edit that says so. */
  readonly confirmedChanges: boolean;
  /** The edit of a code action is asked for when it is chosen. */
  readonly resolvesActions: boolean;
  /** Shows an action that cannot be taken, with the reason, to a user who asks for one. */
  readonly disabledActions: boolean;
  /** A completion item may have parts beside its label. */
  readonly labelDetails: boolean;
  readonly lensRefresh: boolean;
  readonly hintRefresh: boolean;
  readonly watching: { readonly dynamic: boolean; readonly relativePatterns: boolean };
  readonly configurationChanges: boolean;
  readonly folderChanges: boolean;
}

/** Addresses of the workspace folders, or of the one root of editors that know no folders. */
export function readFolders({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri);
  return rootUri ? [rootUri] : [];
}

/** What is not said counts as missing. */
export function readSupport({ capabilities }: InitializeParams): EditorSupport {
  const { workspace, textDocument, window } = capabilities;
  return {
    progress: window?.workDoneProgress === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    confirmedChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    resolvesActions:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    labelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    lensRefresh: workspace?.codeLens?.refreshSupport === true,
    hintRefresh: workspace?.inlayHint?.refreshSupport === true,
    watching: {
      dynamic: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    },
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
  };
}
