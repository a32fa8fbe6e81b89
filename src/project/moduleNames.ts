/** A file by its place: `path` relative to its root with `/`. */
export interface PlacedFile {
  readonly uri: string;
  readonly rootUri: string;
  readonly path: string;
}

export interface ModuleName {
  readonly name: string;
  readonly isPackage: boolean;
}

/**
 * Dotted module name of every Python file: the chain of folders that hold an `__init__.py`, as Python's import system sees
 * the tree from the folder above the topmost package. A file outside any package is a top-level module.
 * @returns names by uri
 */
export function nameModules(files: readonly PlacedFile[]): Map<string, ModuleName> {
  const packages = new Set<string>();
  for (const file of files) {
    if (file.path === '__init__.py') packages.add(folderKey(file.rootUri, ''));
    else if (file.path.endsWith('/__init__.py')) packages.add(folderKey(file.rootUri, parentOf(file.path)));
  }
  const names = new Map<string, ModuleName>();
  for (const file of files) names.set(file.uri, nameModule(file, packages));
  return names;
}

function nameModule(file: PlacedFile, packages: ReadonlySet<string>): ModuleName {
  const stem = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.py$/, '');
  const isPackage = stem === '__init__';
  const segments = isPackage ? [] : [stem];
  let folder = parentOf(file.path);
  while (folder !== '' && packages.has(folderKey(file.rootUri, folder))) {
    segments.unshift(folder.slice(folder.lastIndexOf('/') + 1));
    folder = parentOf(folder);
  }
  // The root itself may be a package (someone opened `tempest/tempest`): its own folder name is the package.
  if (folder === '' && packages.has(folderKey(file.rootUri, ''))) segments.unshift(lastSegment(file.rootUri));
  return { name: segments.join('.'), isPackage };
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function folderKey(rootUri: string, folder: string): string {
  return `${rootUri}\n${folder}`;
}

function lastSegment(uri: string): string {
  return decodeURIComponent(uri.slice(uri.replace(/\/$/, '').lastIndexOf('/') + 1));
}
