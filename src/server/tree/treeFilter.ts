import type { GuestLevel } from '../../model/guestLevel';
import type { LinkState } from '../../model/trace';
import { NO_FILTER, type TreeFilter, type TreeStatus } from '../../protocol/treeMessages';

/** What a leaf of a tree offers to filters. */
export interface Filterable {
  readonly level: GuestLevel | null;
  readonly statuses: readonly TreeStatus[];
  readonly programs: readonly string[];
  readonly state: LinkState | null;
  /** In lower case. */
  readonly words: string;
}

/** Tells whether a leaf is left by a filter: each kind of restriction must let it through. */
export type LeafTest = (leaf: Filterable) => boolean;

/** A filter as one question, with its lists and words read once. */
export function makeLeafTest(filter: TreeFilter = NO_FILTER): LeafTest {
  const levels = new Set<GuestLevel | null>(filter.levels);
  const statuses = new Set(filter.statuses);
  const programs = new Set(filter.programs);
  const states = new Set<LinkState | null>(filter.states);
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (leaf) =>
    (levels.size === 0 || levels.has(leaf.level)) &&
    (statuses.size === 0 || leaf.statuses.some((status) => statuses.has(status))) &&
    (programs.size === 0 || leaf.programs.some((program) => programs.has(program))) &&
    (states.size === 0 || states.has(leaf.state)) &&
    words.every((word) => leaf.words.includes(word));
}

/** True when the filter leaves everything. */
export function isOpenFilter({ levels, statuses, programs, states, text }: TreeFilter): boolean {
  return levels.length + statuses.length + programs.length + states.length === 0 && text.trim() === '';
}

/** A filter out of what a client sends: fields of another type count as not restricted. */
export function readFilter(sent: unknown): TreeFilter {
  if (typeof sent !== 'object' || sent === null) return NO_FILTER;
  const given = sent as Partial<Record<keyof TreeFilter, unknown>>;
  const list = <T extends string>(value: unknown): readonly T[] =>
    Array.isArray(value) ? value.filter((item): item is T => typeof item === 'string') : [];
  return {
    levels: list(given.levels),
    statuses: list(given.statuses),
    programs: list(given.programs),
    states: list(given.states),
    text: typeof given.text === 'string' ? given.text : '',
  };
}
