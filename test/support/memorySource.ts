import { SourceError, type FileSource, type SourceFile } from '../../src/engine/fileSource';

/** A tree of files in memory: the third of the engine's sources, beside the disk and the client. */
export class MemorySource implements FileSource {
  private readonly bytes = new Map<string, Uint8Array>();

  /** @param files text or bytes by path relative to the root */
  constructor(
    readonly rootUri: string,
    files: Readonly<Record<string, string | Uint8Array>>,
  ) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  uriOf(path: string): string {
    return `${this.rootUri}/${path}`;
  }

  write(path: string, content: string | Uint8Array): void {
    this.bytes.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  remove(path: string): void {
    this.bytes.delete(path);
  }

  fileAt(path: string): SourceFile {
    return { uri: this.uriOf(path), rootUri: this.rootUri, path, size: this.bytes.get(path)?.byteLength ?? null };
  }

  list(): Promise<readonly SourceFile[]> {
    return Promise.resolve([...this.bytes.keys()].map((path) => this.fileAt(path)));
  }

  read(uri: string): Promise<Uint8Array> {
    const content = this.bytes.get(uri.slice(this.rootUri.length + 1));
    return content ? Promise.resolve(content) : Promise.reject(new SourceError('There is no such file.', uri));
  }
}
