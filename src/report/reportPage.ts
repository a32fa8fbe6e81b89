import type { ReportModel } from './reportModel';

/** Ids of the elements that the page's script looks for. */
export const DATA_ELEMENT = 'report-data';
export const ROOT_ELEMENT = 'report';

/** The bundled script and style of the page, see src/page. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** How the page proves to the browser that its script and style are its own: hashes in a file, a nonce in a webview. */
export type PageSecurity =
  /** Base64 of the SHA-256 of each text, as it stands between the tags. */
  | { readonly kind: 'hash'; readonly script: string; readonly style: string }
  | { readonly kind: 'nonce'; readonly nonce: string };

/**
 * The report as one self-contained page: nothing is loaded, nothing runs but the script in it.
 * @param model null: the page waits for one from the editor
 * @param title what a browser's tab says
 * @throws RangeError when an asset would end its own element
 */
export function renderReportPage(
  model: ReportModel | null,
  assets: PageAssets,
  security: PageSecurity,
  title = 'Interop Lens report',
): string {
  const nonce = security.kind === 'nonce' ? ` nonce="${security.nonce}"` : '';
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${printPolicy(security)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title.replace(/[&<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)}</title>`,
    `<style${nonce}>${checkAsset(assets.style, 'style')}</style>`,
    '</head>',
    '<body>',
    `<div id="${ROOT_ELEMENT}"></div>`,
    '<noscript><p>This page needs its script. <code>interop-lens trace --format html</code> writes one that needs none.</p></noscript>',
    ...(model ? [`<script type="application/json" id="${DATA_ELEMENT}">${printData(model)}</script>`] : []),
    `<script${nonce}>${checkAsset(assets.script, 'script')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function printPolicy(security: PageSecurity): string {
  const script = security.kind === 'hash' ? `'sha256-${security.script}'` : `'nonce-${security.nonce}'`;
  const style = security.kind === 'hash' ? `'sha256-${security.style}'` : `'nonce-${security.nonce}'`;
  return `default-src 'none'; script-src ${script}; style-src ${style}; base-uri 'none'; form-action 'none'`;
}

/** JSON that nothing in it can end: `<` stands in strings alone and is escaped there. */
function printData(model: ReportModel): string {
  return JSON.stringify(model).replaceAll('<', '\\u003c');
}

/** Between script and style tags nothing can be escaped, so what would end or hide the element must not be there. */
function checkAsset(text: string, element: 'script' | 'style'): string {
  if (text.toLowerCase().includes(`</${element}`) || text.includes('<!--'))
    throw new RangeError(`the page's ${element} would end its own element`);
  return text;
}
