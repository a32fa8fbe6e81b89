/**
 * True when a file's address fits one of the patterns under which an editor knows our JSON Schema (`contributes.jsonValidation`
 * of the manifest): `*` and `?` stand for letters of one name, and a pattern is held against the end of the path.
 */
export function fitsPattern(uri: string, patterns: readonly string[]): boolean {
  const path = uri.replace(/[?#].*$/s, '');
  return patterns.some((pattern) => {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?:^|/)${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`).test(path);
  });
}
