/** What a page that shows a document (a comparison, results) and the client say to each other; nothing else is listened to. */
export type DocumentToEditor =
  | { readonly type: 'ready' }
  /** Open a place of the document of that generation. */
  | { readonly type: 'open'; readonly generation: number; readonly place: number }
  /** Put the document into the clipboard, as Markdown. */
  | { readonly type: 'copy' };

export interface EditorToDocument {
  readonly type: 'document';
  readonly generation: number;
  /** What the document is made of: the page keeps it, and it comes back with the window. */
  readonly spec: unknown;
  /** As the editor's own Markdown renderer made it. */
  readonly html: string;
  /** Text of the button that copies. */
  readonly copyLabel: string;
}

/** What the page remembers. */
export interface DocumentState {
  readonly spec: unknown;
  readonly scroll: number;
}

/** Links of a document lead here: `#place-3` is the fourth of its places. */
export const PLACE_PREFIX = '#place-';
