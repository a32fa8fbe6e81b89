import type { Connection, Disposable, FileEvent, FileSystemWatcher } from 'vscode-languageserver';
import type { Root } from './roots';
import { kindOfSource, SOURCE_PATTERN } from '../model/sourceKinds';
import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from 'vscode-languageserver';

/** Asks the editor to tell of changed source files below the roots, those outside of the workspace too. */
export class FileWatching {
  private registration: Promise<Disposable> | null = null;
  private registered = '';

  constructor(
    private readonly connection: Connection,
    private readonly support: { readonly dynamic: boolean; readonly relativePatterns: boolean },
  ) {}

  /** Replaces what is watched; nothing happens when the roots are the same or the editor cannot be asked. */
  async watch(roots: readonly Root[]): Promise<void> {
    const key = JSON.stringify(roots);
    if (!this.support.dynamic || key === this.registered) return;
    this.registered = key;
    const before = this.registration;
    const watchers = this.support.relativePatterns ? roots.flatMap(watchRoot) : watchEverywhere();
    this.registration =
      watchers.length === 0
        ? null
        : this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    (await before)?.dispose();
    await this.registration;
  }
}

function watchRoot(root: Root): FileSystemWatcher[] {
  const isFile = root.uri.endsWith('.json');
  const baseUri = isFile ? root.uri.slice(0, root.uri.lastIndexOf('/')) : root.uri;
  if (isFile) return [{ globPattern: { baseUri, pattern: decodeURIComponent(root.uri.slice(baseUri.length + 1)) } }];
  const files = root.kind === 'workspace' ? SOURCE_PATTERN : '**/*.json';
  // Editors report a removed folder as one event for the folder.
  return [
    { globPattern: { baseUri, pattern: files } },
    ...(root.kind === 'workspace' ? [{ globPattern: { baseUri, pattern: HEAD_LOG } }] : []),
    { globPattern: { baseUri, pattern: '**' }, kind: WatchKind.Delete },
  ];
}

function watchEverywhere(): FileSystemWatcher[] {
  return [{ globPattern: SOURCE_PATTERN }, { globPattern: '**', kind: WatchKind.Delete }];
}

/** Git writes a line to it whenever another commit is checked out or made. */
const HEAD_LOG = '.git/logs/HEAD';

/** True when what is committed may have become another: by a commit, a checkout, or a guideline that is new. */
export function concernsCommits(events: readonly FileEvent[]): boolean {
  return events.some(({ uri }) => uri.endsWith(`/${HEAD_LOG}`) || uri.endsWith('.json'));
}

const LEFT_OUT = /\/(?:\.git|\.hg|\.svn|\.tox|\.nox|\.venv|venv|node_modules|__pycache__|\.stestr|\.cache)(?:\/|$)/;

/** Events that concern the index: changed or new source files, and whatever was removed (a folder counts for its files). */
export function splitFileEvents(events: readonly FileEvent[]): {
  readonly changed: readonly string[];
  readonly removed: readonly string[];
} {
  const changed = new Set<string>();
  const removed = new Set<string>();
  for (const { uri, type } of events) {
    const isSource = kindOfSource(uri) !== null;
    if (type === FileChangeType.Deleted) {
      if (isSource || !/\.\w+$/.test(uri)) removed.add(uri);
      changed.delete(uri);
    } else if (isSource && !LEFT_OUT.test(uri)) {
      changed.add(uri);
      removed.delete(uri);
    }
  }
  return { changed: [...changed], removed: [...removed] };
}
