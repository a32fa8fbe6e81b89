/** Parts of a node's key are joined by a tab, which occurs in no name, address or id. */
const SEPARATOR = '\t';

/** The key of a node: what it is made of, from the outermost in. */
export function joinKey(...parts: readonly string[]): string {
  return parts.join(SEPARATOR);
}

export function splitKey(key: string): readonly string[] {
  return key.split(SEPARATOR);
}

/** Parts of a description that are not empty, with a middle dot between them. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** Lines of a tooltip that are not empty. */
export function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}
