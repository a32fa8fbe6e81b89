/** A file that a source offers. `uri` is the engine's key; `path` is relative to the root, with `/`. */
export interface SourceFile {
  readonly uri: string;
  readonly rootUri: string;
  readonly path: string;
  /** Bytes, when the source knows without reading. */
  readonly size: number | null;
}

/** Where files come from: a disk (Node), the client (virtual workspaces, web), memory (tests). */
export interface FileSource {
  /** URI of the root folder, without a trailing slash. */
  readonly rootUri: string;
  /**
   * The files of `SOURCE_EXTENSIONS` below the root, in no particular order. Follows no symlink out of a loop, leaves out
   * `.git`, `.tox`, virtual environments, caches and `node_modules`.
   * @throws SourceError when the root cannot be read at all.
   */
  list(isCancelled: () => boolean): Promise<readonly SourceFile[]>;
  /** @throws SourceError when the file cannot be read. */
  read(uri: string): Promise<Uint8Array>;
}

/** A file or folder that could not be read. The message says what to do. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly uri: string,
  ) {
    super(message);
    this.name = 'SourceError';
  }
}
