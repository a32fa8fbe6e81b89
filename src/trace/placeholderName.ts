/** The class that one draft of 2013 (havanacore) writes for every test, whatever class it is in. */
const PLACEHOLDER_CLASS = 'PublicObjectTest';

/**
 * True for a key that cannot be the name of a test as it runs: a function part that does not start with `test` (as in
 * `tempest.api.volume.NEED_TEST`), a path with slashes in it, fewer than three parts, or the class that the havanacore draft puts into every name. (One
 * module of Tempest has a class of that name; its tests are found before this is asked.)
 */
export function isPlaceholderName(name: string): boolean {
  const parts = name.split('.');
  const method = parts[parts.length - 1] ?? '';
  if (parts.length < 3 || name.includes('/')) return true;
  return !method.startsWith('test') || parts[parts.length - 2] === PLACEHOLDER_CLASS;
}
