import type { IndexView } from '../../engine/indexView';
import { findGuestRule } from '../../guest/catalogue/rules';
import { pickCurrentGuidelines } from '../../guideline/guidelineOrder';
import type { Finding } from '../../model/finding';
import type { GuestLevel } from '../../model/guestLevel';
import type { TreeStatus } from '../../protocol/treeMessages';

/** One guest finding with all that filters and groups ask. What guidelines say is what the current ones say. */
export interface FindingRow {
  readonly finding: Finding;
  /** Relative to its root. */
  readonly path: string;
  /** The words that are marked, on one line. */
  readonly text: string;
  /** Which one it is of the findings with this rule and text in its file. */
  readonly occurrence: number;
  /** What the rule's match demands; null for rules that say nothing about the level. */
  readonly level: GuestLevel | null;
  /** Names of the capabilities whose tests get there, sorted. */
  readonly capabilities: readonly string[];
  /** `unlisted` alone when no current guideline names a test that gets there. */
  readonly statuses: readonly TreeStatus[];
  readonly programs: readonly string[];
  /** In lower case. */
  readonly words: string;
}

const remembered = new WeakMap<IndexView, { readonly version: number; readonly rows: readonly FindingRow[] }>();

/** Every guest finding of the index that is not suppressed, by file and place. Kept until the index changes. */
export function listFindingRows(view: IndexView): readonly FindingRow[] {
  const known = remembered.get(view);
  if (known?.version === view.version) return known.rows;
  const describe = makeReachReader(view);
  const rows = view
    .files()
    .filter(({ path }) => path.endsWith('.py'))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .flatMap(({ uri, path }) => rowsOfFile(view, uri, path, describe));
  remembered.set(view, { version: view.version, rows });
  return rows;
}

type Reach = Pick<FindingRow, 'capabilities' | 'statuses' | 'programs'>;

function rowsOfFile(
  view: IndexView,
  uri: string,
  path: string,
  describeReach: (tests: readonly string[]) => Reach,
): readonly FindingRow[] {
  const source = view.text(uri) ?? '';
  const seen = new Map<string, number>();
  return view.findings(uri).flatMap((finding): FindingRow[] => {
    const rule = findGuestRule(finding.rule);
    // What is said of links belongs to the tree of guidelines.
    if (finding.suppressed || !rule) return [];
    const text = shortenLine(source.slice(finding.range.start, finding.range.end));
    const key = `${finding.rule} ${text}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const reach = describeReach(finding.tests ?? []);
    const words = [finding.rule, rule.name, path, text, finding.message, ...reach.capabilities];
    return [
      {
        finding,
        path,
        text,
        occurrence,
        level: rule.level,
        ...reach,
        words: [...words, ...(finding.tests ?? [])].join('\n').toLowerCase(),
      },
    ];
  });
}

/** What the current guidelines say of tests; asked once a test. */
function makeReachReader(view: IndexView): (tests: readonly string[]) => Reach {
  const current = new Set(pickCurrentGuidelines(view.guidelines()).map(({ uri }) => uri));
  const byTest = new Map<string, Reach>();
  const readTest = (name: string): Reach => {
    const entries = view
      .entriesForTest(name)
      .filter(({ guideline, target }) => current.has(guideline.uri) && target?.name === name);
    const programs = entries.flatMap(({ guideline, components }) =>
      guideline.programs
        .filter((program) => program.components.some((part) => components.some((c) => c.component === part.name.value)))
        .map((program) => program.name.value),
    );
    return {
      capabilities: entries.map(({ capability }) => capability.name.value),
      statuses: entries.flatMap(({ components }) => components.map(({ status }) => status)),
      programs,
    };
  };
  return (tests) => {
    const reaches = tests.map((name) => {
      let known = byTest.get(name);
      if (!known) byTest.set(name, (known = readTest(name)));
      return known;
    });
    const statuses = sortedSet(reaches.flatMap((reach) => reach.statuses));
    return {
      capabilities: sortedSet(reaches.flatMap((reach) => reach.capabilities)),
      statuses: statuses.length > 0 ? statuses : ['unlisted'],
      programs: sortedSet(reaches.flatMap((reach) => reach.programs)),
    };
  };
}

function sortedSet<T extends string>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort();
}

const LONGEST_TEXT = 80;

function shortenLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}
