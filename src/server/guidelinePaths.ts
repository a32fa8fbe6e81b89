import { canonicalUri } from './uriKeys';

/** What the settings' paths are resolved against. */
export interface PathContext {
  /** Canonical URIs of the workspace folders, without trailing slashes. */
  readonly folders: readonly string[];
  /** URI of the home folder, or null where there is none (the web). */
  readonly home: string | null;
}

/**
 * The addresses that a path of the setting `interopLens.guidelines.paths` means: a URI as it is; an absolute path on the machine of
 * the first folder; `~/…` below the home folder; anything else below each workspace folder. Nothing for an empty text.
 */
export function resolveGuidelinePath(path: string, { folders, home }: PathContext): readonly string[] {
  const trimmed = path.trim().replace(/\\/g, '/').replace(/\/+$/, '');
  if (trimmed === '') return [];
  if (/^[a-zA-Z][\w+.-]+:\/\//.test(trimmed)) return [canonicalUri(trimmed)];
  if (trimmed === '~' || trimmed.startsWith('~/')) return home === null ? [] : [join(home, trimmed.slice(2))];
  if (/^[a-zA-Z]:(\/|$)/.test(trimmed)) return [canonicalUri(`file:///${encodePath(trimmed)}`)];
  if (trimmed.startsWith('/')) return [canonicalUri(`${machineOf(folders)}${encodePath(trimmed)}`)];
  return folders.map((folder) => join(folder, trimmed));
}

/** Scheme and authority that an absolute path is meant on: those of the first folder, else the local disk. */
function machineOf(folders: readonly string[]): string {
  return /^[a-zA-Z][\w+.-]*:\/\/[^/]*/.exec(folders[0] ?? '')?.[0] ?? 'file://';
}

function join(base: string, path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  let folder = base.replace(/\/+$/, '');
  while (segments[0] === '..') {
    segments.shift();
    folder = folder.slice(0, folder.lastIndexOf('/'));
  }
  return canonicalUri([folder, ...segments.map((segment) => encodePath(segment))].join('/'));
}

function encodePath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
