/**
 * Compiles a Python regular expression as stestr uses it (`re.search`), as far as JavaScript says the same: named groups and
 * end anchors are translated, leading flags taken over. Null when this is no expression.
 */
export function compilePythonPattern(pattern: string): RegExp | null {
  const flags = /^\(\?([aimsux]+)\)/.exec(pattern);
  const body = pattern
    .slice(flags?.[0].length ?? 0)
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$');
  const known = [...(flags?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('');
  try {
    return new RegExp(body, known);
  } catch {
    return null;
  }
}
