import { REWRITES } from '../model/whatIfPolicy';
import type { PageToEditor } from '../protocol/reportMessages';

/** A message of the report page, or null for anything else: what comes out of a webview is not trusted. */
export function readPageMessage(value: unknown): PageToEditor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, generation, file, line, column, name, text, rewrites, kind } = value as Readonly<
    Record<string, unknown>
  >;
  if (type === 'ready') return { type };
  if (type === 'open' && isCount(generation) && isCount(file) && isCount(line) && isCount(column))
    return { type, generation, file, line, column };
  const wanted = REWRITES.find((one) => one === rewrites);
  if (type === 'rewrites' && wanted) return { type, rewrites: wanted };
  if (type === 'draft' && isCount(generation) && isCount(file) && (kind === 'C' || kind === 'E'))
    return { type, generation, file, kind };
  // A name, not a path.
  if (type === 'save' && typeof name === 'string' && /^[\w.-]+$/.test(name) && typeof text === 'string')
    return { type, name, text };
  return null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
