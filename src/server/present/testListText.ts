import type { TestDemand } from '../../model/guestSite';
import type { TestCase } from '../../model/testCase';
import type { PlaceLinker } from './places';
import { highestLevel } from '../../model/guestLevel';
import { levelBadge, needsLinux } from './levelText';
import { count, inlineCode, link } from './markdown';

/** More tests than a reader would look through in a card. */
const MOST_LISTED = 20;

/** What the lens above a list says: `258 lines · 250 tests of the workspace · 6 need linux`. */
export function printListLens(lines: number, demands: readonly TestDemand[]): string {
  const parts = [count(lines, 'line'), `${count(demands.length, 'test')} of the workspace`];
  const linux = demands.filter(({ level }) => needsLinux(level)).length;
  if (linux > 0) parts.push(linux === 1 ? '1 needs linux' : `${linux} need linux`);
  return parts.join(' · ');
}

/** What stands behind an expression: `12 tests · linux`; "" where it cannot be told (null) or selects nothing. */
export function printPatternBadge(demands: readonly TestDemand[] | null): string {
  if (demands === null || demands.length === 0) return '';
  return `${count(demands.length, 'test')} · ${highestLevel(demands.map(({ level }) => level))}`;
}

/** The card of an expression: the tests that it selects; null where that cannot be told. */
export function renderPatternCard(
  selected: readonly { readonly test: TestCase; readonly demand: TestDemand | undefined }[] | null,
  linkTo: PlaceLinker,
): string {
  if (selected === null)
    return 'Which tests this selects is not told: it looks ahead, back, or uses what only Python knows.';
  if (selected.length === 0) return 'No test of the workspace matches.';
  const rows = selected.slice(0, MOST_LISTED).map(({ test, demand }) => {
    const name = link(test.name, linkTo(test.definition.uri, test.definition.nameRange));
    return `| ${name} | ${demand ? inlineCode(levelBadge(demand)) : ''} |`;
  });
  const more = selected.length > MOST_LISTED ? ['', `and ${selected.length - MOST_LISTED} more.`] : [];
  return [
    `Selects ${count(selected.length, 'test')}:`,
    '',
    '| test | guest level |',
    '|---|---|',
    ...rows,
    ...more,
  ].join('\n');
}
