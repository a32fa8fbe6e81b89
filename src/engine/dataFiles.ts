import { kindOfSource } from '../model/sourceKinds';
import { findLineStarts } from '../model/text';
import { hashText } from './readText';

interface DataFile {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** Most texts have none, which is quickly said. */
const DATA_SUFFIX = /\.(?:ya?ml|template)\b/;
/** Names of data files in a text, as a program writes them. */
const NAMED_FILE = /[\w.-]+\.(?:ya?ml|template)\b/g;
/** What a name is put together with: `'yaml'`, `'%s.yaml'`, `'{}.yml'`. */
const MADE_NAME = /["'](?:[^"'\s]*(?:%s|\}))?\.?ya?ml["']/;

/**
 * Files that are no code and that tests read: templates of stacks. A tree may hold thousands of such files (release notes, job
 * definitions), so only those are read whose name stands in a Python file, or in another one of them, and those below a Python file
 * that looks beside itself (`__file__`) for names that it puts together.
 */
export class DataFiles {
  private readonly files = new Map<string, DataFile>();
  private readonly named = new Set<string>();
  /** Paths of folders, with a slash at the end. */
  private readonly folders = new Set<string>();

  /**
   * Notes the names of data files that stand in the text of a file, or that it puts together.
   * @param path of the file, below its root
   * @returns true when there are new ones
   */
  noteNames(path: string, text: string): boolean {
    const before = this.named.size + this.folders.size;
    if (DATA_SUFFIX.test(text)) for (const [name] of text.matchAll(NAMED_FILE)) this.named.add(name);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    // Below the root is the whole tree: a script that stands there says nothing of what tests read.
    if (folder !== '' && text.includes('__file__') && MADE_NAME.test(text)) this.folders.add(folder);
    return this.named.size + this.folders.size > before;
  }

  /** True for a file to be read: a data file that something names. */
  isNamed(path: string): boolean {
    if (kindOfSource(path) !== 'template') return false;
    if (this.named.has(path.slice(path.lastIndexOf('/') + 1))) return true;
    for (const folder of this.folders) if (path.startsWith(folder)) return true;
    return false;
  }

  update(uri: string, text: string): void {
    this.files.set(uri, { text, lineStarts: findLineStarts(text) });
  }

  remove(uri: string): boolean {
    return this.files.delete(uri);
  }

  /** Every file that is read, with a hash of its text. */
  hashes(): { readonly uri: string; readonly hash: string }[] {
    return [...this.files].map(([uri, { text }]) => ({ uri, hash: hashText(text) }));
  }

  has(uri: string): boolean {
    return this.files.has(uri);
  }

  text(uri: string): string | undefined {
    return this.files.get(uri)?.text;
  }

  lineStarts(uri: string): readonly number[] | undefined {
    return this.files.get(uri)?.lineStarts;
  }
}
