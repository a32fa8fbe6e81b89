import { isAwaited, isDefined } from '../guest/interpret/dependencies';
import type { ProjectModule } from '../project/project';

/** What linking anew has changed about the modules. */
export interface ModuleChange {
  /** Files whose modules are other ones now, or stand for another name, or share a name with such a file. */
  readonly uris: ReadonlySet<string>;
  /** Module names that are new. */
  readonly names: readonly string[];
}

/**
 * @param before module names by uri, before linking
 * @param edited files whose content changed
 */
export function findModuleChange(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  edited: ReadonlySet<string>,
): ModuleChange {
  const uris = new Set(edited);
  for (const uri of new Set([...before.keys(), ...after.keys()])) if (before.get(uri) !== after.get(uri)) uris.add(uri);
  const touched = new Set([...uris].flatMap((uri) => [before.get(uri) ?? '', after.get(uri) ?? '']));
  // The first file of a name wins: which one that is may be another one now.
  for (const names of [before, after]) for (const [uri, name] of names) if (touched.has(name)) uris.add(uri);
  const old = new Set(before.values());
  return { uris, names: [...new Set(after.values())].filter((name) => !old.has(name)) };
}

/**
 * Tells which dependency keys (see dependencies.ts) a change touches.
 * @param moduleAt the module of a file as it is now
 */
export function makeKeyTest(
  { uris, names }: ModuleChange,
  moduleAt: (uri: string) => ProjectModule | undefined,
): (key: string) => boolean {
  const known = new Map<string, boolean>();
  const modules = [...uris].flatMap((uri) => moduleAt(uri) ?? []);
  const isTouched = (key: string): boolean => {
    if (key.startsWith('?')) return names.some((name) => isAwaited(key, name));
    if (key.startsWith('=')) return modules.some((module) => isDefined(key, module));
    return uris.has(key.slice(0, key.lastIndexOf('#')));
  };
  return (key) => {
    let touched = known.get(key);
    if (touched === undefined) known.set(key, (touched = isTouched(key)));
    return touched;
  };
}
