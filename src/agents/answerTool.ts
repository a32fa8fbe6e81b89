import type { IndexView } from '../engine/indexView';
import { indexComponentStatuses } from '../guideline/capabilityStatus';
import { diffGuidelines } from '../guideline/diffGuidelines';
import { compareGuidelines } from '../guideline/guidelineOrder';
import type { ComponentStatus, Guideline } from '../model/guideline';
import { compareLevels, highestLevel } from '../model/guestLevel';
import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from '../protocol/agentTools';
import { type DiffReport, reportDiff } from '../report/diffReport';
import { compareSites, printSite } from '../report/levelsReport';
import { compareText, printPlace, type Places } from '../report/places';
import { reportTrace, type PrintedEntry } from '../report/traceReport';
import { findNamedTests, toDottedName } from '../trace/findNamedTests';
import { mapEntryLevels } from '../trace/mapEntryLevels';
import type {
  AgentAnswer,
  AnswerHead,
  CapabilitiesAnswer,
  CapabilityOfTest,
  ChangeAnswer,
  EntryOfCapability,
  ExplainedLevel,
  LevelAnswer,
  NamedTest,
  TestsAnswer,
  TestsOfCapability,
} from './answerShapes';
import { printChangedEntry, weightOf } from './changedEntry';
import { findGuideline } from './findGuideline';
import { countKept, fitAnswer, shortenText } from './fitAnswer';
import { tellNearNames } from './nearNames';

/** What answers are made from. */
export interface AgentContext {
  readonly view: IndexView;
  readonly places: Places;
  /** When the files were last looked at, ISO 8601; null before the first time. */
  readonly indexedAt: string | null;
}

/** No list of an answer is longer, however short its items are; most are shorter, so that the answer fits. */
const LIMITS = { tests: 20, capabilities: 60, sites: 25, guidelines: 30, changes: 150 };

type Input = Readonly<Record<string, string>>;

const ANSWERS: Readonly<Record<AgentToolName, (input: Input, context: AgentContext, tool: string) => AgentAnswer>> = {
  interopLens_findCapabilities: answerCapabilities,
  interopLens_findTests: answerTests,
  interopLens_explainGuestLevel: answerLevel,
  interopLens_explainGuidelineChange: answerChange,
};

/**
 * Answers one question of a language model from the index. Reads only; a question that cannot be answered gets a `problem` that says what to
 * ask instead, never an exception.
 */
export function answerTool(name: string, input: unknown, context: AgentContext): AgentAnswer {
  const tool = AGENT_TOOLS.find((known) => known.name === name);
  if (!tool) return refuse(name, `There is no tool "${name}".`, context);
  const read = readInput(tool, input);
  return typeof read === 'string' ? refuse(name, read, context) : ANSWERS[tool.name](read, context, name);
}

/** The answer while there is no index to ask. */
export function answerBeforeIndex(tool: string): AnswerHead {
  const problem = 'The workspace is still being read, or could not be; ask again in a moment.';
  return { schema: 'interop-lens/agent/1', tool, indexedAt: null, complete: false, problem, omitted: {}, narrow: null };
}

function readInput({ inputSchema }: AgentTool, input: unknown): Input | string {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'The input must be an object.';
  const read: Record<string, string> = {};
  for (const [key, value] of Object.entries(input)) {
    if (!(key in inputSchema.properties)) return `There is no input "${key}".`;
    if (typeof value !== 'string') return `"${key}" must be a text.`;
    if (value.trim() !== '') read[key] = value.trim();
  }
  const missing = inputSchema.required.find((key) => read[key] === undefined);
  return missing === undefined ? read : `"${missing}" is missing.`;
}

function answerCapabilities(input: Input, context: AgentContext, tool: string): CapabilitiesAnswer | AnswerHead {
  const tests = findTests(input['test'] ?? '', context);
  if (typeof tests === 'string') return refuse(tool, tests, context);
  const entries = new Set(tests.flatMap((test) => context.view.entriesForTest(test.name)));
  const links = newestFirst([...entries], (entry) => entry.guideline).map((entry) => printLink(entry, context));
  return fitAnswer((share) => {
    const [testsKept, linksKept] = [
      countKept(tests.length, share, 3, LIMITS.tests),
      countKept(links.length, share, 3, LIMITS.capabilities),
    ];
    return {
      ...head(tool, context, { tests: tests.length - testsKept, capabilities: links.length - linksKept }, NARROW_TEST),
      tests: tests.slice(0, testsKept).map((test) => printTest(test, context)),
      capabilities: links.slice(0, linksKept),
    };
  });
}

function answerTests(input: Input, context: AgentContext, tool: string): TestsAnswer | AnswerHead {
  const name = input['capability'] ?? '';
  const within = guidelinesAsked(input['guideline'], context);
  if (typeof within === 'string') return refuse(tool, within, context);
  const found = newestFirst(within, (guideline) => guideline).flatMap((guideline) =>
    printCapability(guideline, name, context),
  );
  if (found.length === 0) return refuse(tool, explainNoCapability(name, within), context);
  const shown = found.slice(0, LIMITS.guidelines);
  return fitAnswer((share) => {
    // The newest guidelines keep their tests; of older ones it is said how many they have.
    const whole = countKept(shown.length, share, 1, LIMITS.guidelines);
    const most = share > 0 ? Infinity : LIMITS.tests;
    const guidelines = shown.map((guideline, at) => ({
      ...guideline,
      tests: guideline.tests.slice(0, at < whole ? most : 0),
    }));
    const cutTests = guidelines.reduce((sum, { testCount, tests }) => sum + testCount - tests.length, 0);
    const cut = { guidelines: found.length - shown.length, tests: cutTests };
    return { ...head(tool, context, cut, NARROW_GUIDELINE), capability: name, guidelines };
  });
}

function answerLevel(input: Input, context: AgentContext, tool: string): LevelAnswer | AnswerHead {
  const tests = findTests(input['test'] ?? '', context);
  if (typeof tests === 'string') return refuse(tool, tests, context);
  return fitAnswer((share) => {
    const testsKept = countKept(tests.length, share, 3, LIMITS.tests);
    const shown = tests.slice(0, testsKept).map((test) => printLevel(test, context, share));
    const cutSites = shown.reduce((sum, { siteCount, sites }) => sum + siteCount - sites.length, 0);
    const cut = { tests: tests.length - testsKept, sites: cutSites };
    return { ...head(tool, context, cut, NARROW_TEST), tests: shown };
  });
}

function answerChange(input: Input, context: AgentContext, tool: string): ChangeAnswer | AnswerHead {
  const { view, places } = context;
  const [before, after] = [input['before'] ?? '', input['after'] ?? ''].map((name) =>
    findGuideline(name, view.guidelines(), places),
  );
  if (typeof before === 'string' || before === undefined) return refuse(tool, before ?? '', context);
  if (typeof after === 'string' || after === undefined) return refuse(tool, after ?? '', context);
  const traced = [before, after].flatMap(({ uri }) => view.trace(uri));
  const levelOf = mapEntryLevels(traced, (name) => view.demand(name)?.level);
  const report = reportDiff(diffGuidelines(before, after, levelOf), places);
  const wanted = input['capability'];
  const listed = [before, after].flatMap(({ capabilities }) => capabilities.map(({ name }) => name.value));
  if (wanted !== undefined && !listed.includes(wanted) && !report.capabilities.some(({ name }) => name === wanted))
    return refuse(tool, explainNoCapability(wanted, [before, after]), context);
  return tellChange(tool, context, report, wanted);
}

/** The weightiest changes first, which are kept. */
function tellChange(
  tool: string,
  context: AgentContext,
  { before, after, summary, ...changes }: DiffReport,
  wanted: string | undefined,
): ChangeAnswer {
  const isWanted = (...names: readonly (string | undefined)[]): boolean =>
    wanted === undefined || names.includes(wanted);
  const capabilities = changes.capabilities.filter((side) => isWanted(side.name, side.before?.name));
  const entries = changes.entries
    .filter((entry) => isWanted(entry.capability, entry.before?.capability))
    .sort((a, b) => weightOf(a) - weightOf(b))
    .map(printChangedEntry);
  return fitAnswer((share) => {
    const [capabilitiesKept, entriesKept] = [
      countKept(capabilities.length, Math.max(share, 0.25), 5, LIMITS.changes),
      countKept(entries.length, share, 5, LIMITS.changes),
    ];
    const cut = { capabilities: capabilities.length - capabilitiesKept, entries: entries.length - entriesKept };
    return {
      ...head(tool, context, cut, NARROW_CHANGE),
      change: {
        before,
        after,
        summary,
        capabilities: capabilities.slice(0, capabilitiesKept),
        entries: entries.slice(0, entriesKept),
      },
    };
  });
}

const NARROW_TEST = 'Ask for one test by its full name.';
const NARROW_GUIDELINE = 'Ask with one "guideline".';
const NARROW_CHANGE = 'Ask with one "capability".';

/** The newest guideline first: it matters most, and stays when an answer is cut. */
function newestFirst<T>(items: readonly T[], guidelineOf: (item: T) => Guideline): readonly T[] {
  return [...items].sort((a, b) => compareGuidelines(guidelineOf(a), guidelineOf(b)));
}

function findTests(question: string, { view }: AgentContext): readonly TestCase[] | string {
  const entries = (): readonly TraceEntry[] => view.guidelines().flatMap(({ uri }) => view.trace(uri));
  const found = findNamedTests(question, { test: (name) => view.test(name), tests: () => view.tests(), entries });
  if (found.length > 0) return [...found].sort((a, b) => compareText(a.name, b.name));
  const names = view.tests().map(({ name }) => name);
  return `No test of the workspace is called "${question}".${tellNearNames(toDottedName(question), names)}`;
}

function guidelinesAsked(name: string | undefined, { view, places }: AgentContext): readonly Guideline[] | string {
  if (name === undefined) return view.guidelines();
  const found = findGuideline(name, view.guidelines(), places);
  return typeof found === 'string' ? found : [found];
}

function explainNoCapability(name: string, guidelines: readonly Guideline[]): string {
  const names = new Set(
    guidelines.flatMap(({ capabilities }) => capabilities.map((capability) => capability.name.value)),
  );
  const where = guidelines.length === 1 ? 'this guideline' : `the ${String(guidelines.length)} guidelines`;
  return `No capability is called "${name}" in ${where}.${tellNearNames(name, [...names].sort())}`;
}

function printTest(test: TestCase, { view, places }: AgentContext): NamedTest {
  const { file, line } = printPlace(places, test.definition.uri, test.definition.nameRange.start);
  const demand = view.demand(test.name);
  return {
    name: test.name,
    ids: test.ids,
    file,
    line,
    level: demand?.level ?? 'api',
    levelWithValidationOff: demand?.levelWithValidationOff ?? 'api',
  };
}

function printLink(traced: TraceEntry, context: AgentContext): CapabilityOfTest {
  const { guideline, capability, entry } = traced;
  const { file, line } = printPlace(context.places, guideline.uri, entry.name.range.start);
  return {
    guideline: guideline.id.value,
    guidelineStatus: guideline.status?.value ?? null,
    capability: capability.name.value,
    components: componentsOf(traced.components),
    entry: entry.name.value,
    state: traced.state,
    flagged: printEntryOf(traced, context)?.flagged ?? null,
    test: traced.target?.name ?? null,
    file,
    line,
  };
}

function printEntryOf(traced: TraceEntry, context: AgentContext): PrintedEntry | undefined {
  const { view, places } = context;
  const report = reportTrace([{ guideline: traced.guideline, entries: [traced] }], (name) => view.demand(name), places);
  return report.guidelines[0]?.entries[0];
}

function printCapability(guideline: Guideline, name: string, context: AgentContext): TestsOfCapability[] {
  const { view, places } = context;
  const capability = guideline.capabilities.find((known) => known.name.value === name);
  if (!capability) return [];
  const entries = view.trace(guideline.uri).filter((entry) => entry.capability === capability);
  const levels = entries.flatMap(({ target }) => (target ? [view.demand(target.name)?.level ?? 'api'] : []));
  const { file, line } = printPlace(places, guideline.uri, capability.name.range.start);
  return [
    {
      guideline: guideline.id.value,
      guidelineStatus: guideline.status?.value ?? null,
      components: componentsOf(indexComponentStatuses(guideline).get(name) ?? []),
      file,
      line,
      description: capability.description?.value ?? '',
      level: levels.length > 0 ? highestLevel(levels) : null,
      testCount: entries.length,
      tests: reportTrace([{ guideline, entries }], (test) => view.demand(test), places).guidelines.flatMap((traced) =>
        traced.entries.map(printEntryOfCapability),
      ),
    },
  ];
}

/** The capability stands above its entries. */
function printEntryOfCapability(printed: PrintedEntry): EntryOfCapability {
  const { test, id, aliases, flagged, state, target, level, levelWithValidationOff, guards } = printed;
  const { name: today, file, line } = target ?? { name: null, file: null, line: null };
  return { test, today, id, aliases, flagged, state, file, line, level, levelWithValidationOff, guards };
}

function printLevel(test: TestCase, context: AgentContext, share: number): ExplainedLevel {
  const demand = context.view.demand(test.name);
  const sites = sitesOf(test, context);
  return {
    ...printTest(test, context),
    guards: [...(demand?.guards ?? [])].sort((a, b) => compareText(a.condition, b.condition)),
    siteCount: sites.length,
    sites: sites.slice(0, countKept(sites.length, share, 1, LIMITS.sites)),
    unresolvedCalls: demand?.unresolvedCalls.length ?? 0,
  };
}

function sitesOf(test: TestCase, { view, places }: AgentContext): ExplainedLevel['sites'] {
  const sites = (view.demand(test.name)?.sites ?? []).map((site) => {
    const printed = printSite(site, places);
    return { ...printed, command: shortenText(printed.command) };
  });
  return sites.sort((a, b) => compareLevels(b.level, a.level) || compareSites(a, b));
}

function componentsOf(statuses: readonly ComponentStatus[]): CapabilityOfTest['components'] {
  const sorted = [...statuses].sort((a, b) => compareText(a.component, b.component));
  return Object.fromEntries(sorted.map(({ component, status }) => [component, status]));
}

/** Only lists that were cut are named; then it is said how to ask for the rest. */
function head(
  tool: string,
  { view, indexedAt }: AgentContext,
  cut: Readonly<Record<string, number>>,
  howToNarrow: string,
): AnswerHead {
  const omitted = Object.fromEntries(Object.entries(cut).filter(([, count]) => count > 0));
  const narrow = Object.keys(omitted).length > 0 ? howToNarrow : null;
  return { schema: 'interop-lens/agent/1', tool, indexedAt, complete: view.complete, problem: null, omitted, narrow };
}

function refuse(tool: string, problem: string, context: AgentContext): AnswerHead {
  return { ...head(tool, context, {}, ''), problem };
}
