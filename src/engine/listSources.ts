import type { FileSource, SourceFile } from './fileSource';
import { CancelledError, type CancellationCheck } from './progress';

/** A file, and the source that offers it. */
export interface ListedFile {
  readonly file: SourceFile;
  readonly source: FileSource;
}

/**
 * The files of all sources by address; one that several offer is the first one's.
 * @throws CancelledError when `isCancelled` says so
 * @throws SourceError when a root cannot be listed
 */
export async function listSources(
  sources: readonly FileSource[],
  isCancelled: CancellationCheck,
): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  const seen = new Set<string>();
  for (const source of sources) {
    for (const file of await source.list(isCancelled)) {
      if (seen.has(file.uri)) continue;
      seen.add(file.uri);
      listed.push({ file, source });
    }
    if (isCancelled()) throw new CancelledError();
  }
  return listed.sort((a, b) => (a.file.uri < b.file.uri ? -1 : 1));
}
