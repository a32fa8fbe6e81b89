/** What a shown document is made of; it is kept in the window's state, so it is plain data. */
export type DocumentSpec =
  | { readonly kind: 'compare'; readonly name: string; readonly before: string; readonly after: string }
  /** A guideline against what git's HEAD has of it. */
  | { readonly kind: 'head'; readonly name: string; readonly uri: string }
  /** What is known of a test, with the reason of every hop. */
  | { readonly kind: 'explain'; readonly name: string; readonly test: string }
  /** The results that a guideline shows. */
  | { readonly kind: 'results'; readonly name: string; readonly uri: string };

/** A specification out of what a page remembered, or null: what comes out of a webview is not trusted. */
export function readDocumentSpec(value: unknown): DocumentSpec | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, name, uri, before, after, test } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string') return null;
  if (kind === 'compare' && typeof before === 'string' && typeof after === 'string')
    return { kind, name, before, after };
  if (kind === 'explain' && typeof test === 'string') return { kind, name, test };
  if ((kind === 'head' || kind === 'results') && typeof uri === 'string') return { kind, name, uri };
  return null;
}
