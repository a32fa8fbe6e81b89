import type { CodeLens, Command, Location } from 'vscode-languageserver';
import type { FunctionReach, IndexView, TestClass } from '../../engine/indexView';
import type { Capability, Guideline } from '../../model/guideline';
import type { TestCase } from '../../model/testCase';
import type { TextRange } from '../../model/text';
import type { TraceEntry } from '../../model/trace';
import type { ServerSettings } from '../../protocol/messages';
import { compareLevels, type GuestLevel } from '../../model/guestLevel';
import { CLIENT_COMMANDS, type EvidenceArguments } from '../../protocol/messages';
import { toLocation, toRange, uniqueLocations } from '../convert';
import { countRequired, entriesOf, groupByDefinition, statusesOf, tracedEntry } from '../locate';
import { listListLenses } from './testLists';
import { printCapabilityLens, printEntryLens } from '../present/guidelineLens';
import { printClassLens, printHelperLens, printTestLens } from '../present/testLens';

/** What a lens remembers until it is scrolled into view and resolved. */
export interface LensData {
  readonly uri: string;
  /** Start of the name that the lens stands above. */
  readonly start: number;
  readonly kind: 'class' | 'test' | 'helper' | 'capability' | 'entry' | 'evidence';
}

/** Helpers below this level are too many to be of interest: nearly everything boots a server. Evidence is offered from here on too. */
const TELLING_LEVEL: GuestLevel = 'login';

/**
 * The lenses of a file, without their texts. Nothing while the index is not complete: links and levels could be wrong.
 * @param commands that the editor has; with ours for evidence, what demands a login or more has a lens for it
 */
export function findLenses(
  view: IndexView,
  uri: string,
  settings: ServerSettings['codeLens'],
  commands: ReadonlySet<string>,
): CodeLens[] {
  const lenses = listLenses(view, uri, settings);
  if (commands.has(CLIENT_COMMANDS.showEvidence)) return lenses;
  return lenses.filter(({ data }) => readLensData(data)?.kind !== 'evidence');
}

function listLenses(view: IndexView, uri: string, settings: ServerSettings['codeLens']): CodeLens[] {
  if (!view.complete) return [];
  const guideline = view.guideline(uri);
  if (guideline) return settings.guidelines ? guidelineLenses(view, guideline) : [];
  const list = view.testList(uri);
  if (list) return settings.testLists ? listListLenses(view, list) : [];
  const lenses: CodeLens[] = [];
  if (settings.tests) {
    for (const { nameRange } of view.testClassesIn(uri)) lenses.push(newLens(view, uri, 'class', nameRange));
    for (const tests of groupByDefinition(view.testsDefinedIn(uri))) {
      const [test] = tests;
      if (!test) continue;
      lenses.push(newLens(view, uri, 'test', test.definition.nameRange));
      if (tests.some(({ name }) => isTelling(view.demand(name)?.level)))
        lenses.push(newLens(view, uri, 'evidence', test.definition.nameRange));
    }
  }
  if (settings.helpers) {
    for (const { level, nameRange } of view.functionsReaching(uri)) {
      if (!isTelling(level)) continue;
      lenses.push(newLens(view, uri, 'helper', nameRange), newLens(view, uri, 'evidence', nameRange));
    }
  }
  return lenses;
}

/** The text and the click of a lens. A lens whose place is gone meanwhile gets an empty command. */
export function resolveLens(view: IndexView, lens: CodeLens, commands: ReadonlySet<string>): CodeLens {
  if (lens.command) return lens;
  const data = readLensData(lens.data);
  const command = data ? commandOf(view, data) : null;
  if (!command) return { ...lens, command: { title: 'Interop Lens: changed meanwhile', command: '' } };
  // A lens without a command still shows its text; an editor that lacks our command must not be sent to it.
  return { ...lens, command: commands.has(command.command) ? command : { title: command.title, command: '' } };
}

function guidelineLenses(view: IndexView, guideline: Guideline): CodeLens[] {
  const { uri } = guideline;
  const telling = new Set<number>();
  for (const { entry, target } of view.trace(uri))
    if (target && isTelling(view.demand(target.name)?.level)) telling.add(entry.name.range.start);
  const withEvidence = (kind: 'capability' | 'entry', range: TextRange, has: boolean): CodeLens[] => [
    newLens(view, uri, kind, range),
    ...(has ? [newLens(view, uri, 'evidence', range)] : []),
  ];
  return guideline.capabilities.flatMap(({ name, tests }) => [
    ...withEvidence(
      'capability',
      name.range,
      tests.some((entry) => telling.has(entry.name.range.start)),
    ),
    ...tests.flatMap((entry) => withEvidence('entry', entry.name.range, telling.has(entry.name.range.start))),
  ]);
}

function isTelling(level: GuestLevel | undefined): boolean {
  return level !== undefined && compareLevels(level, TELLING_LEVEL) >= 0;
}

function newLens(view: IndexView, uri: string, kind: LensData['kind'], range: TextRange): CodeLens {
  const data: LensData = { uri, start: range.start, kind };
  return { range: toRange(view, uri, range), data };
}

const KINDS: readonly LensData['kind'][] = ['class', 'test', 'helper', 'capability', 'entry', 'evidence'];

function readLensData(data: unknown): LensData | null {
  if (typeof data !== 'object' || data === null || !('uri' in data && 'start' in data && 'kind' in data)) return null;
  const { uri, start, kind } = data;
  if (typeof uri !== 'string' || typeof start !== 'number') return null;
  const known = KINDS.find((candidate) => candidate === kind);
  return known ? { uri, start, kind: known } : null;
}

function commandOf(view: IndexView, { uri, start, kind }: LensData): Command | null {
  if (kind === 'evidence') {
    const where: EvidenceArguments = { uri, position: view.positionAt(uri, start) };
    return { title: 'evidence', command: CLIENT_COMMANDS.showEvidence, arguments: [where] };
  }
  if (kind === 'test') {
    const tests = view.testsDefinedIn(uri).filter((test) => test.definition.nameRange.start === start);
    return tests.length === 0 ? null : testCommand(view, uri, tests);
  }
  if (kind === 'class') {
    const found = view.testClassesIn(uri).find((candidate) => candidate.nameRange.start === start);
    return found ? classCommand(view, uri, found) : null;
  }
  if (kind === 'helper') {
    const reach = view.functionsReaching(uri).find((candidate) => candidate.nameRange.start === start);
    return reach ? helperCommand(view, reach) : null;
  }
  const guideline = view.guideline(uri);
  if (!guideline) return null;
  if (kind === 'capability') {
    const capability = guideline.capabilities.find((candidate) => candidate.name.range.start === start);
    return capability ? capabilityCommand(view, guideline, capability) : null;
  }
  const entry = view.trace(uri).find((candidate) => candidate.entry.name.range.start === start);
  return entry ? entryCommand(view, entry) : null;
}

function testCommand(view: IndexView, uri: string, tests: readonly TestCase[]): Command {
  const entries = entriesOf(view, tests);
  const demands = tests.flatMap((test) => view.demand(test.name) ?? []);
  const title = printTestLens(entries, view.guidelines(), demands) || 'in no guideline';
  const locations = entries.map((entry) =>
    toLocation(view, { uri: entry.guideline.uri, range: entry.entry.name.range }),
  );
  return showReferences(view, title, uri, tests[0]?.definition.nameRange, locations);
}

function classCommand(view: IndexView, uri: string, { nameRange, tests }: TestClass): Command {
  const names = tests.map((test) => test.name);
  const demands = tests.flatMap((test) => view.demand(test.name) ?? []);
  const title = printClassLens(tests.length, countRequired(view, names), demands);
  return showReferences(view, title, uri, nameRange, locateTests(view, names));
}

function helperCommand(view: IndexView, reach: FunctionReach): Command {
  const title = printHelperLens(reach, countRequired(view, reach.tests));
  return showReferences(view, title, reach.uri, reach.nameRange, locateTests(view, reach.tests));
}

function capabilityCommand(view: IndexView, guideline: Guideline, capability: Capability): Command {
  const entries = capability.tests.flatMap((test) => tracedEntry(view, guideline, test) ?? []);
  const withDemands = entries.map((entry) => ({
    entry,
    demand: entry.target ? view.demand(entry.target.name) : undefined,
  }));
  const title = printCapabilityLens(statusesOf(guideline, capability.name.value), withDemands);
  const targets = entries.flatMap(({ target }) => (target ? [target.name] : []));
  return showReferences(view, title, guideline.uri, capability.name.range, locateTests(view, targets));
}

function entryCommand(view: IndexView, entry: TraceEntry): Command {
  const target = entry.target;
  const title = printEntryLens({ entry, demand: target ? view.demand(target.name) : undefined });
  return showReferences(
    view,
    title,
    entry.guideline.uri,
    entry.entry.name.range,
    target ? locateTests(view, [target.name]) : [],
  );
}

/** The definitions of runtime tests, one location per `def`. */
export function locateTests(view: IndexView, names: readonly string[]): Location[] {
  const definitions = names.flatMap((name) => view.test(name)?.definition ?? []);
  return uniqueLocations(definitions.map(({ uri, nameRange }) => toLocation(view, { uri, range: nameRange })));
}

function showReferences(
  view: IndexView,
  title: string,
  uri: string,
  at: TextRange | undefined,
  locations: readonly Location[],
): Command {
  if (!at || locations.length === 0) return { title, command: '' };
  const position = toRange(view, uri, at).start;
  return { title, command: CLIENT_COMMANDS.showReferences, arguments: [uri, position, locations] };
}
