import { type FileSource, SourceError, type SourceFile } from '../engine/fileSource';
import { isBelow } from './uriKeys';

/** Why a root is indexed: a workspace folder with everything in it, or a place of guidelines alone. */
export interface Root {
  /** Canonical, without a trailing slash. A guideline root may be a single file. */
  readonly uri: string;
  readonly kind: 'workspace' | 'guidelines';
}

/**
 * Each root once, workspace folders first, and no workspace folder inside of another one. A place of guidelines inside of a workspace folder
 * stays: it may lie in a folder that the workspace's own source leaves out.
 */
export function mergeRoots(roots: readonly Root[]): readonly Root[] {
  const kept: Root[] = [];
  const ordered = [...roots].sort(
    (a, b) => Number(a.kind === 'guidelines') - Number(b.kind === 'guidelines') || a.uri.length - b.uri.length,
  );
  for (const root of ordered) {
    const repeats = kept.some(
      (other) => other.uri === root.uri || (other.kind === root.kind && isBelow(root.uri, other.uri)),
    );
    if (!repeats) kept.push(root);
  }
  return kept;
}

/** What the sources of one index run have in common. */
export interface IndexRun {
  /** Files that a source offered already: roots may overlap, and no file is to be read twice. */
  readonly offered: Set<string>;
  /** Told of a root that cannot be read; the others go on. */
  readonly onUnreadable: (error: SourceError) => void;
}

/** A root as the engine reads it: files that no other root offered, JSON files alone where only guidelines are wanted. */
export class RootSource implements FileSource {
  constructor(
    private readonly inner: FileSource,
    private readonly kind: Root['kind'],
    private readonly run: IndexRun,
  ) {}

  get rootUri(): string {
    return this.inner.rootUri;
  }

  async list(isCancelled: () => boolean): Promise<readonly SourceFile[]> {
    const files = await this.listInner(isCancelled);
    return files.filter(({ uri, path }) => {
      if (this.run.offered.has(uri) || (this.kind === 'guidelines' && !path.endsWith('.json'))) return false;
      this.run.offered.add(uri);
      return true;
    });
  }

  read(uri: string): Promise<Uint8Array> {
    return this.inner.read(uri);
  }

  /** What a new file would be listed as, or null when this root does not offer it. */
  place(uri: string): SourceFile | null {
    if (!isBelow(uri, this.rootUri) || (this.inner instanceof SingleFileSource && uri !== this.inner.fileUri))
      return null;
    const path = decodePath(uri.slice(this.rootUri.length + 1));
    if (this.kind === 'guidelines' && !path.endsWith('.json')) return null;
    return { uri, rootUri: this.rootUri, path, size: null };
  }

  private async listInner(isCancelled: () => boolean): Promise<readonly SourceFile[]> {
    try {
      return await this.inner.list(isCancelled);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.run.onUnreadable(error);
      return [];
    }
  }
}

/** One file, named by the settings, as a source of its own. */
export class SingleFileSource implements FileSource {
  constructor(
    readonly fileUri: string,
    private readonly parent: FileSource,
  ) {}

  get rootUri(): string {
    return this.parent.rootUri;
  }

  list(): Promise<readonly SourceFile[]> {
    const path = decodePath(this.fileUri.slice(this.rootUri.length + 1));
    return Promise.resolve([{ uri: this.fileUri, rootUri: this.rootUri, path, size: null }]);
  }

  read(uri: string): Promise<Uint8Array> {
    return this.parent.read(uri);
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
