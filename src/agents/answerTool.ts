import type { IndexView } from '../engine/indexView';
import { indexComponentStatuses } from '../guideline/capabilityStatus';
import { diffGuidelines } from '../guideline/diffGuidelines';
import type { ComponentStatus, Guideline } from '../model/guideline';
import { compareLevels, highestLevel } from '../model/guestLevel';
import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';
import { AGENT_TOOLS, type AgentTool, type AgentToolName } from '../protocol/agentTools';
import { reportDiff } from '../report/diffReport';
import { compareSites, printSite } from '../report/levelsReport';
import { comparePlaces, compareText, printPlace, type Places } from '../report/places';
import { reportTrace, type PrintedEntry } from '../report/traceReport';
import { findNamedTests } from '../trace/findNamedTests';
import { mapEntryLevels } from '../trace/mapEntryLevels';
import type {
  AgentAnswer,
  AnswerHead,
  CapabilitiesAnswer,
  CapabilityOfTest,
  ChangeAnswer,
  ExplainedLevel,
  LevelAnswer,
  NamedTest,
  TestsAnswer,
  TestsOfCapability,
} from './answerShapes';
import { findGuideline } from './findGuideline';

/** What answers are made from. */
export interface AgentContext {
  readonly view: IndexView;
  readonly places: Places;
  /** When the files were last looked at, ISO 8601; null before the first time. */
  readonly indexedAt: string | null;
}

/** A model reads answers whole: longer lists are cut and say by how much. */
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
  return { schema: 'interop-lens/agent/1', tool, indexedAt: null, complete: false, problem, omitted: {} };
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
  const capabilities = [...entries].map((entry) => printLink(entry, context)).sort(comparePlacesAndCapability);
  return {
    ...head(tool, context, {
      tests: cutBy(tests, LIMITS.tests),
      capabilities: cutBy(capabilities, LIMITS.capabilities),
    }),
    tests: tests.slice(0, LIMITS.tests).map((test) => printTest(test, context)),
    capabilities: capabilities.slice(0, LIMITS.capabilities),
  };
}

function answerTests(input: Input, context: AgentContext, tool: string): TestsAnswer | AnswerHead {
  const name = input['capability'] ?? '';
  const within = guidelinesAsked(input['guideline'], context);
  if (typeof within === 'string') return refuse(tool, within, context);
  const found = within
    .flatMap((guideline) => printCapability(guideline, name, context))
    .sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
  if (found.length === 0) return refuse(tool, explainNoCapability(name, within), context);
  return {
    ...head(tool, context, { guidelines: cutBy(found, LIMITS.guidelines) }),
    capability: name,
    guidelines: found.slice(0, LIMITS.guidelines),
  };
}

function answerLevel(input: Input, context: AgentContext, tool: string): LevelAnswer | AnswerHead {
  const tests = findTests(input['test'] ?? '', context);
  if (typeof tests === 'string') return refuse(tool, tests, context);
  const shown = tests.slice(0, LIMITS.tests);
  const cutSites = shown.reduce((sum, test) => sum + cutBy(sitesOf(test, context), LIMITS.sites), 0);
  return {
    ...head(tool, context, { tests: cutBy(tests, LIMITS.tests), sites: cutSites }),
    tests: shown.map((test) => printLevel(test, context)),
  };
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
  const { capabilities, entries } = report;
  return {
    ...head(tool, context, {
      capabilities: cutBy(capabilities, LIMITS.changes),
      entries: cutBy(entries, LIMITS.changes),
    }),
    change: {
      before: report.before,
      after: report.after,
      summary: report.summary,
      capabilities: capabilities.slice(0, LIMITS.changes),
      entries: entries.slice(0, LIMITS.changes),
    },
  };
}

function findTests(question: string, { view }: AgentContext): readonly TestCase[] | string {
  const entries = (): readonly TraceEntry[] => view.guidelines().flatMap(({ uri }) => view.trace(uri));
  const found = findNamedTests(question, { test: (name) => view.test(name), tests: () => view.tests(), entries });
  if (found.length > 0) return [...found].sort((a, b) => compareText(a.name, b.name));
  const wanted = question.toLowerCase();
  const near = view
    .tests()
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, 5);
  const hint = near.length > 0 ? ` Near it are ${near.map(({ name }) => name).join(', ')}.` : '';
  return `No test of the workspace is called "${question}".${hint}`;
}

function guidelinesAsked(name: string | undefined, { view, places }: AgentContext): readonly Guideline[] | string {
  if (name === undefined) return view.guidelines();
  const found = findGuideline(name, view.guidelines(), places);
  return typeof found === 'string' ? found : [found];
}

function explainNoCapability(name: string, guidelines: readonly Guideline[]): string {
  const wanted = name.toLowerCase();
  const names = new Set(
    guidelines.flatMap(({ capabilities }) => capabilities.map((capability) => capability.name.value)),
  );
  const near = [...names].filter((known) => known.includes(wanted) || wanted.includes(known)).sort();
  const hint = near.length > 0 ? ` Near it are ${near.slice(0, 5).join(', ')}.` : '';
  return `No capability is called "${name}" in ${guidelines.length === 1 ? 'this guideline' : 'any guideline of the workspace'}.${hint}`;
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
      tests: reportTrace([{ guideline, entries }], (test) => view.demand(test), places).guidelines.flatMap((traced) =>
        traced.entries.map(dropCapability),
      ),
    },
  ];
}

/** The capability stands above its entries. */
function dropCapability(printed: PrintedEntry): TestsOfCapability['tests'][number] {
  const { test, id, aliases, flagged, state, resolvedBy, target, level, levelWithValidationOff, guards } = printed;
  return { test, id, aliases, flagged, state, resolvedBy, target, level, levelWithValidationOff, guards };
}

function printLevel(test: TestCase, context: AgentContext): ExplainedLevel {
  const demand = context.view.demand(test.name);
  return {
    ...printTest(test, context),
    guards: [...(demand?.guards ?? [])].sort((a, b) => compareText(a.condition, b.condition)),
    sites: sitesOf(test, context).slice(0, LIMITS.sites),
    unresolvedCalls: demand?.unresolvedCalls.length ?? 0,
  };
}

function sitesOf(test: TestCase, { view, places }: AgentContext): ExplainedLevel['sites'] {
  const sites = (view.demand(test.name)?.sites ?? []).map((site) => printSite(site, places));
  return sites.sort((a, b) => compareLevels(b.level, a.level) || compareSites(a, b));
}

function componentsOf(statuses: readonly ComponentStatus[]): CapabilityOfTest['components'] {
  const sorted = [...statuses].sort((a, b) => compareText(a.component, b.component));
  return Object.fromEntries(sorted.map(({ component, status }) => [component, status]));
}

function comparePlacesAndCapability(a: CapabilityOfTest, b: CapabilityOfTest): number {
  return comparePlaces({ ...a, column: 0 }, { ...b, column: 0 }) || compareText(a.capability, b.capability);
}

function cutBy(items: readonly unknown[], limit: number): number {
  return Math.max(0, items.length - limit);
}

/** Only lists that were cut are named. */
function head(tool: string, { view, indexedAt }: AgentContext, cut: Readonly<Record<string, number>>): AnswerHead {
  const omitted = Object.fromEntries(Object.entries(cut).filter(([, count]) => count > 0));
  return { schema: 'interop-lens/agent/1', tool, indexedAt, complete: view.complete, problem: null, omitted };
}

function refuse(tool: string, problem: string, context: AgentContext): AnswerHead {
  return { ...head(tool, context, {}), problem };
}
