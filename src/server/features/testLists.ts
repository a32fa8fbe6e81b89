import type { CodeLens, DocumentLink, Hover, InlayHint, Location, Range } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { TestCase } from '../../model/testCase';
import type { TestList, TestListEntry } from '../../model/testList';
import { InlayHintKind } from 'vscode-languageserver';
import { resolveNamed, selectByPattern } from '../../guideline/testList/listedTests';
import { toLocation, toRange, touches, uniqueLocations } from '../convert';
import { entriesOf } from '../locate';
import { levelBadge } from '../present/levelText';
import { linkPlaces } from '../present/places';
import { renderTestCard } from '../present/testHover';
import { printListLens, printPatternBadge, renderPatternCard } from '../present/testListText';

/** What a line of a list selects: tests of the workspace, or null where that cannot be told. */
function selectedBy(view: IndexView, list: TestList, entry: TestListEntry): readonly TestCase[] | null {
  const tests = view.listedTests();
  if (list.kind === 'patterns') return selectByPattern(entry.text.value, tests);
  return entry.named ? resolveNamed(entry.named, tests) : [];
}

function entryAt(list: TestList, offset: number): TestListEntry | undefined {
  return list.entries.find(({ text }) => touches(text.range, offset));
}

/** The test that a name or id stands for → its `def`; an expression that selects a few → theirs. */
export function findListDefinitions(view: IndexView, list: TestList, offset: number): Location[] {
  const entry = entryAt(list, offset);
  return entry ? locate(view, selectedBy(view, list, entry) ?? []) : [];
}

/** The guideline entries that name the test of a line, after its `def`. */
export function findListReferences(
  view: IndexView,
  list: TestList,
  offset: number,
  withDefinition: boolean,
): Location[] {
  const entry = entryAt(list, offset);
  const tests = (entry && selectedBy(view, list, entry)) ?? [];
  const entries = entriesOf(view, tests).map(({ guideline, entry: named }) =>
    toLocation(view, { uri: guideline.uri, range: named.name.range }),
  );
  return uniqueLocations([...(withDefinition ? locate(view, tests) : []), ...entries]);
}

/** A link from each name to the `def` of its test. */
export function findListLinks(view: IndexView, list: TestList): DocumentLink[] {
  const linkTo = linkPlaces(view);
  return list.entries.flatMap(({ named }) => {
    const [test] = named ? resolveNamed(named, view.listedTests()) : [];
    if (!named || !test) return [];
    const { definition, name } = test;
    const range = toRange(view, list.uri, named.name.range);
    return [{ range, target: linkTo(definition.uri, definition.nameRange), tooltip: `Open ${name}` }];
  });
}

/** The card of the test that a line names, or of what its expression selects. */
export function hoverList(view: IndexView, list: TestList, offset: number): Hover | null {
  const entry = entryAt(list, offset);
  if (!entry) return null;
  const tests = selectedBy(view, list, entry);
  const range = toRange(view, list.uri, entry.text.range);
  if (list.kind === 'patterns') {
    const selected = tests?.map((test) => ({ test, demand: view.demand(test.name) })) ?? null;
    return card(range, renderPatternCard(selected, linkPlaces(view)));
  }
  const [test, ...others] = tests ?? [];
  if (!test) return null;
  const content = {
    test,
    entries: entriesOf(view, [test]),
    demand: view.demand(test.name),
    otherNames: others.map(({ name }) => name),
  };
  return card(range, renderTestCard(content, linkPlaces(view)));
}

/** The guest level behind each line, in the quiet type of inlay hints. */
export function findListHints(view: IndexView, list: TestList, range: Range): InlayHint[] {
  return list.entries.flatMap((entry): InlayHint[] => {
    if (entry.line < range.start.line || entry.line > range.end.line) return [];
    const label = badgeOf(view, list, entry);
    if (label === '') return [];
    const position = view.positionAt(list.uri, entry.text.range.end);
    return [{ position, label, kind: InlayHintKind.Type, paddingLeft: true }];
  });
}

function badgeOf(view: IndexView, list: TestList, entry: TestListEntry): string {
  const tests = selectedBy(view, list, entry);
  const demands = (tests ?? []).flatMap(({ name }) => view.demand(name) ?? []);
  if (list.kind === 'patterns') return printPatternBadge(tests === null ? null : demands);
  const [demand] = demands;
  return demand ? levelBadge(demand) : '';
}

/** One lens above a list of names: how many tests it names, and how many of them need Linux. */
export function listListLenses(view: IndexView, list: TestList): CodeLens[] {
  const [first] = list.entries;
  if (!first || list.kind === 'patterns') return [];
  const tests = list.entries.map(({ named }) => (named ? resolveNamed(named, view.listedTests())[0] : undefined));
  const demands = tests.flatMap((test) => (test ? (view.demand(test.name) ?? []) : []));
  const title = printListLens(list.entries.length, demands);
  return [{ range: toRange(view, list.uri, first.text.range), command: { title, command: '' } }];
}

function locate(view: IndexView, tests: readonly TestCase[]): Location[] {
  return uniqueLocations(
    tests.map(({ definition }) => toLocation(view, { uri: definition.uri, range: definition.nameRange })),
  );
}

function card(range: Range, value: string): Hover {
  return { contents: { kind: 'markdown', value }, range };
}
