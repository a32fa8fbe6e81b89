/** What a file may be by its name; the content decides whether it is. */
export type SourceKind = 'python' | 'json' | 'list' | 'template';

const KIND_OF_EXTENSION: Readonly<Record<string, SourceKind>> = {
  py: 'python',
  json: 'json',
  txt: 'list',
  lst: 'list',
  list: 'list',
  yaml: 'template',
  yml: 'template',
  template: 'template',
};

/** Extensions of the files that are read, without the dot. Every lister and watcher of files goes by these. */
export const SOURCE_EXTENSIONS: readonly string[] = Object.keys(KIND_OF_EXTENSION);

/** The pattern of those files for globs that know braces: `**\/*.{py,json,…}`. */
export const SOURCE_PATTERN = `**/*.{${SOURCE_EXTENSIONS.join(',')}}`;

/** What a file is read as; null for one that is not read. */
export function kindOfSource(path: string): SourceKind | null {
  return KIND_OF_EXTENSION[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? null;
}
