import type { Rewrites } from '../model/whatIfPolicy';
import type { ReportModel, ReportPlace } from '../report/reportModel';
import type { PageToEditor, EditorToPage } from '../protocol/reportMessages';

/** What differs between the page as a file in a browser and as a webview of the editor. */
export interface PageHost {
  /** Opens a source place; null where links do that. */
  readonly open: ((place: ReportPlace) => void) | null;
  /** Asks for a model in which these rewrites were tried; null where all were. */
  readonly tryRewrites: ((rewrites: Rewrites) => void) | null;
  /** Adds draft capabilities to the guideline of a place; null where nothing can be edited. */
  readonly draft: ((place: ReportPlace, kind: 'C' | 'E') => void) | null;
  /** Resolves to false when the text did not reach the clipboard. */
  readonly copy: (text: string) => Promise<boolean>;
  readonly save: (file: SavedFile) => void;
  /** What was remembered when the page was last left, unchecked. */
  readonly recall: () => unknown;
  readonly remember: (state: unknown) => void;
  /** Calls back with every model that comes after the one that stands in the page. */
  readonly onModel: (listener: (model: ReportModel) => void) => void;
}

export interface SavedFile {
  readonly name: string;
  readonly type: 'text/csv' | 'text/markdown';
  readonly text: string;
}

/** What the editor puts into its webviews. */
interface EditorApi {
  postMessage(message: PageToEditor): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Only in a webview of VS Code, and to be called once. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

/** The host that the page finds itself in. */
export function findHost(): PageHost {
  const acquire = globalThis.acquireVsCodeApi;
  return acquire === undefined ? browserHost() : editorHost(acquire());
}

function browserHost(): PageHost {
  return {
    open: null,
    tryRewrites: null,
    draft: null,
    copy: writeClipboard,
    save: download,
    recall: () => null,
    remember: () => undefined,
    onModel: () => undefined,
  };
}

function editorHost(editor: EditorApi): PageHost {
  let generation = 0;
  return {
    open: ([file, line, column]) => editor.postMessage({ type: 'open', generation, file, line, column }),
    draft: ([file], kind) => editor.postMessage({ type: 'draft', generation, file, kind }),
    tryRewrites: (rewrites) => editor.postMessage({ type: 'rewrites', rewrites }),
    copy: writeClipboard,
    save: ({ name, text }) => editor.postMessage({ type: 'save', name, text }),
    recall: () => editor.getState(),
    remember: (state) => editor.setState(state),
    onModel: (listener) => {
      window.addEventListener('message', ({ data }: MessageEvent<EditorToPage>) => {
        if (data.type !== 'model') return;
        ({ generation } = data);
        listener(data.model);
      });
      editor.postMessage({ type: 'ready' });
    },
  };
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function download({ name, type, text }: SavedFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The click has started the download; the bytes are kept until it had time to read them.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
