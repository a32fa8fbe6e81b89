import type { TreeFilter } from '../protocol/treeMessages';

/** A filter in a line, for the head of the view: `linux, image · required · "volume"`; undefined for none. Free of `vscode`, for tests. */
export function describeFilter(filter: TreeFilter): string | undefined {
  const { levels, statuses, programs, states, text } = filter;
  const parts = [levels, statuses, programs, states].filter((list) => list.length > 0).map((list) => list.join(', '));
  if (text !== '') parts.push(`"${text}"`);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** How many values a filter names. */
export function countRestrictions({ levels, statuses, programs, states, text }: TreeFilter): number {
  return levels.length + statuses.length + programs.length + states.length + (text === '' ? 0 : 1);
}
