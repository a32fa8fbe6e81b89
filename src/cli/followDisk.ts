import { promises as files } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine/engine';
import type { FileSource, SourceFile } from '../engine/fileSource';

/** What tells one state of a file from another without reading it. */
interface Stamp {
  readonly file: SourceFile;
  readonly source: FileSource;
  readonly modified: number;
  readonly size: number;
}

/**
 * Keeps an index that lives long in step with the disk: asked before an answer, it looks at times and sizes and reads again what is not as it
 * was. Nothing is watched in between.
 */
export class DiskFollower {
  private seen: ReadonlyMap<string, Stamp> = new Map();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    private readonly sources: readonly FileSource[],
  ) {}

  /** Notes the state of the files that the engine is about to read. */
  async remember(): Promise<void> {
    this.seen = await this.look();
  }

  /** Takes in what changed since the last look. Calls made while one is under way wait for it and look again. */
  catchUp(): Promise<void> {
    // A look that failed was told to its own caller.
    this.running = this.running.catch(() => undefined).then(() => this.compare());
    return this.running;
  }

  private async compare(): Promise<void> {
    const now = await this.look();
    for (const uri of this.seen.keys()) if (!now.has(uri)) this.engine.removeFile(uri);
    for (const [uri, { file, source, modified, size }] of now) {
      const before = this.seen.get(uri);
      if (!before) await this.engine.addFile(file, source);
      else if (before.modified !== modified || before.size !== size) await this.engine.refreshFile(uri);
    }
    this.seen = now;
  }

  /** @throws SourceError when a root has gone or cannot be read any more. */
  private async look(): Promise<ReadonlyMap<string, Stamp>> {
    const stamps = new Map<string, Stamp>();
    for (const source of this.sources) {
      const listed = await source.list(() => false);
      const found = await Promise.all(listed.map((file) => stampOf(file, source)));
      for (const stamp of found) if (stamp && !stamps.has(stamp.file.uri)) stamps.set(stamp.file.uri, stamp);
    }
    return stamps;
  }
}

/** null for a file that went between listing and looking. */
async function stampOf(file: SourceFile, source: FileSource): Promise<Stamp | null> {
  try {
    const { mtimeMs, size } = await files.stat(fileURLToPath(file.uri));
    return { file, source, modified: mtimeMs, size };
  } catch {
    return null;
  }
}
