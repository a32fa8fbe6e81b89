import fastGlob from 'fast-glob';
import { promises as files, readdir, realpathSync, type Dirent, type Stats } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SOURCE_PATTERN } from '../model/sourceKinds';
import { SourceError, type FileSource, type SourceFile } from './fileSource';
import type { SkippedFile } from './indexView';

/** Folders that hold no source of the project, by name, at any depth. */
const LEFT_OUT = [
  '.git',
  '.hg',
  '.svn',
  '.tox',
  '.nox',
  '.venv',
  'venv',
  'node_modules',
  '__pycache__',
  '.stestr',
  '.testrepository',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.cache',
  '.vscode-test',
];

export interface DiskSourceOptions {
  /** Absolute paths of files below the folder that are offered even where their folder is left out. */
  readonly include?: readonly string[];
  /** Absolute paths of folders below this one that another source offers. */
  readonly exclude?: readonly string[];
  /** Offer nothing but the files of `include`. */
  readonly onlyIncluded?: boolean;
}

/**
 * Files to read (Python, JSON, lists) below a folder of the disk. A folder or name that cannot be read is noted in `skipped` and left out.
 *
 * Symbolic links to files are followed. A link to a folder is followed when its target lies outside of the root: a target inside is listed
 * under its real path anyway, and one that contains the root would never end.
 */
export class DiskSource implements FileSource {
  readonly rootUri: string;
  private readonly notes = new Map<string, SkippedFile>();

  /** @param folder the root; made absolute against the working directory */
  constructor(
    private readonly folder: string,
    private readonly options: DiskSourceOptions = {},
  ) {
    this.folder = path.resolve(folder);
    this.rootUri = toFileUri(this.folder).replace(/\/$/, '');
  }

  /** What the last `list` left out, by address. */
  get skipped(): readonly SkippedFile[] {
    return [...this.notes.values()].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
  }

  /** @throws SourceError when the root is no folder or cannot be read. */
  async list(isCancelled: () => boolean): Promise<readonly SourceFile[]> {
    this.notes.clear();
    await this.checkRoot();
    const listed = new Map<string, SourceFile>();
    for (const file of this.options.include ?? []) {
      const { size } = await this.statFile(file);
      this.add(listed, path.relative(this.folder, file), size);
    }
    if (this.options.onlyIncluded) return [...listed.values()];
    const paths = await this.findFiles(isCancelled);
    const sizes = await Promise.all(paths.map((relative) => sizeOf(path.join(this.folder, relative))));
    paths.forEach((relative, index) => this.add(listed, relative, sizes[index] ?? null));
    return [...listed.values()];
  }

  /** @throws SourceError when the file cannot be read. */
  async read(uri: string): Promise<Uint8Array> {
    try {
      return await files.readFile(fileURLToPath(uri));
    } catch (error) {
      throw new SourceError(explainFailure(uriLabel(uri), error), uri);
    }
  }

  private async checkRoot(): Promise<void> {
    try {
      await files.readdir(this.folder);
    } catch (error) {
      throw new SourceError(explainFailure(this.folder, error), this.rootUri);
    }
  }

  private async statFile(file: string): Promise<Stats> {
    try {
      return await files.stat(file);
    } catch (error) {
      throw new SourceError(explainFailure(file, error), toFileUri(file));
    }
  }

  private findFiles(isCancelled: () => boolean): Promise<string[]> {
    const excluded = (this.options.exclude ?? []).map((folder) =>
      fastGlob.escapePath(toSlashes(path.relative(this.folder, folder))),
    );
    return fastGlob.glob([SOURCE_PATTERN], {
      cwd: this.folder,
      dot: true,
      onlyFiles: true,
      ignore: [...LEFT_OUT.map((name) => `**/${name}/**`), ...excluded.map((folder) => `${folder}/**`)],
      fs: { readdir: this.listReadable(isCancelled) },
      // A file that goes while the walk is on is no file of the project any more.
      suppressErrors: true,
    });
  }

  /** `readdir` for the walk: a folder that cannot be read is noted and empty, and so is a link that leads back into the tree. */
  private listReadable(isCancelled: () => boolean): typeof readdir {
    type Done = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;
    const list = (folder: string, options: { withFileTypes: true }, done: Done): void => {
      if (isCancelled() || this.leadsBack(folder)) {
        done(null, []);
        return;
      }
      readdir(folder, options, (error, entries) => {
        if (error) this.note(folder, error);
        done(null, error ? [] : entries);
      });
    };
    // fast-glob calls this one overload of the six, as long as it is not asked for `stats`.
    return list as typeof readdir;
  }

  private leadsBack(folder: string): boolean {
    const root = realPath(this.folder);
    const real = realPath(folder);
    const expected = path.join(root, path.relative(this.folder, folder));
    if (real === expected) return false;
    return contains(root, real) || contains(real, root) || this.repeatsParent(folder, real);
  }

  /** True when the folder is a link to one of the folders that it was reached through. */
  private repeatsParent(folder: string, real: string): boolean {
    for (let parent = path.dirname(folder); contains(this.folder, parent); parent = path.dirname(parent)) {
      if (realPath(parent) === real) return true;
      if (parent === path.dirname(parent)) return false;
    }
    return false;
  }

  private note(file: string, error: unknown): void {
    const uri = toFileUri(file);
    this.notes.set(uri, { uri, reason: describeFailure(error) });
  }

  private add(listed: Map<string, SourceFile>, relative: string, size: number | null): void {
    const file = path.join(this.folder, relative);
    try {
      const uri = toFileUri(file);
      if (!listed.has(uri)) listed.set(uri, { uri, rootUri: this.rootUri, path: toSlashes(relative), size });
    } catch (error) {
      // A name that is no Unicode text has no address.
      this.note(path.dirname(file), error);
    }
  }
}

/**
 * The engine's key of a file on the disk, as Node's `pathToFileURL` writes it (`+`, `@`, `:` stay; blanks, `%`, `#`, `?` and what is not ASCII
 * are percent-encoded). Editors encode more characters: the server maps their spelling to this one.
 */
export function toFileUri(file: string): string {
  return pathToFileURL(file).href;
}

/** True when `inner` is `outer` or lies below it. Both absolute. */
export function contains(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** "Cannot read X: reason." and, where there is one, what to do about it. */
export function explainFailure(file: string, error: unknown): string {
  return `Cannot read ${file}: ${describeFailure(error)}.`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'it is a file, a folder was expected',
  EISDIR: 'it is a folder, a file was expected',
  EACCES: 'no permission (check its owner and mode)',
  EPERM: 'no permission (check its owner and mode)',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
};

/** What went wrong with a file, in words that lead on. */
export function describeFailure(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return REASONS[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

/** null when it cannot be told; reading the file will say why. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await files.stat(file)).size;
  } catch {
    return null;
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function uriLabel(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

function toSlashes(file: string): string {
  return file.split(path.sep).join('/');
}
