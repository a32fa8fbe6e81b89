import {
  PLACE_PREFIX,
  type DocumentState,
  type DocumentToEditor,
  type EditorToDocument,
} from '../protocol/documentMessages';
import { ROOT_ELEMENT } from '../report/reportPage';

/** The script of a page that shows a comparison or results: links open places in the editor, the rest is the editor's. */
interface EditorApi {
  postMessage(message: DocumentToEditor): void;
  getState(): unknown;
  setState(state: DocumentState): void;
}

const acquire = (globalThis as { readonly acquireVsCodeApi?: () => EditorApi }).acquireVsCodeApi;
const root = document.getElementById(ROOT_ELEMENT);
if (acquire && root) showDocument(acquire(), root);

function showDocument(editor: EditorApi, into: HTMLElement): void {
  let generation = 0;
  let state = readState(editor.getState());
  const copy = document.createElement('button');
  const article = document.createElement('main');
  copy.type = 'button';
  copy.className = 'copy';
  copy.hidden = true;
  copy.addEventListener('click', () => editor.postMessage({ type: 'copy' }));
  into.replaceChildren(copy, article);
  article.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const place = readPlace(link?.getAttribute('href') ?? '');
    if (place === null) return;
    event.preventDefault();
    editor.postMessage({ type: 'open', generation, place });
  });
  window.addEventListener('message', ({ data }: MessageEvent<EditorToDocument>) => {
    if (data.type !== 'document') return;
    const isFirst = generation === 0;
    ({ generation } = data);
    copy.textContent = data.copyLabel;
    copy.hidden = false;
    article.innerHTML = data.html;
    for (const cell of article.querySelectorAll('td, td a')) allowBreaks(cell);
    state = { spec: data.spec, scroll: isFirst ? (state?.scroll ?? 0) : window.scrollY };
    editor.setState(state);
    window.scrollTo(0, state.scroll);
  });
  window.addEventListener('scrollend', () => {
    if (state === null || generation === 0) return;
    state = { ...state, scroll: window.scrollY };
    editor.setState(state);
  });
  editor.postMessage({ type: 'ready' });
}

/** Long dotted names are parted at their dots and underscores before they are parted anywhere. */
function allowBreaks(element: Element): void {
  for (const node of [...element.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const parts = (node.textContent ?? '').split(/(?<=[._])(?=\w)/);
    node.parentNode?.replaceChild(joinParts(parts), node);
  }
}

function joinParts(parts: readonly string[]): DocumentFragment {
  const joined = document.createDocumentFragment();
  for (const [index, part] of parts.entries()) {
    if (index > 0) joined.append(document.createElement('wbr'));
    joined.append(part);
  }
  return joined;
}

function readPlace(href: string): number | null {
  if (!href.startsWith(PLACE_PREFIX)) return null;
  const place = Number(href.slice(PLACE_PREFIX.length));
  return Number.isInteger(place) && place >= 0 ? place : null;
}

function readState(value: unknown): DocumentState | null {
  if (typeof value !== 'object' || value === null || !('spec' in value) || !('scroll' in value)) return null;
  return { spec: value.spec, scroll: typeof value.scroll === 'number' ? value.scroll : 0 };
}
