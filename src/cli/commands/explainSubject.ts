import { highestLevel, type GuestLevel } from '../../model/guestLevel';
import type { IndexView } from '../../engine/indexView';
import type { GuestSite } from '../../model/guestSite';
import type { TestCase } from '../../model/testCase';
import {
  explainCapability,
  explainPlace,
  explainRule,
  explainTests,
  type CapabilityFacts,
  type ExplainContext,
  type ExplainReport,
} from '../../report/explainReport';
import { printExplanation } from '../../report/explainText';
import { printJson } from '../../report/places';
import { ExitError } from '../exitError';
import { findSubject, type Subject } from '../findSubject';
import { openIndex, type OpenedIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { usageError } from '../readArguments';
import { findAlternatives, findRule } from '../../engine/ruleTable';
import { findingsContext } from './checkSources';
import type { ExitCode, Invocation } from './command';

/** `interop-lens explain TEST|FILE:LINE|CAPABILITY|RULE` */
export async function explainSubject({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  const [question, ...others] = args.positionals;
  if (question === undefined || question === '')
    throw usageError(spec, 'say what to explain: a test, FILE:LINE, a capability or a rule');
  if (others.length > 0) throw usageError(spec, `one thing at a time, and there are ${args.positionals.length}`);
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
  };
  const index = await openIndex(request, terminal);
  const found = findSubject(question, index);
  if (typeof found === 'string') throw new ExitError(`explain: ${found}`);
  const report = explain(question, found, index);
  await writeAnswer(terminal, args.text('format') === 'json' ? printJson(report) : printExplanation(report));
  return 0;
}

function explain(question: string, subject: Subject, index: OpenedIndex): ExplainReport {
  const context = explainContext(index);
  switch (subject.kind) {
    case 'test':
      return explainTests(question, subject.tests, context);
    case 'capability':
      return explainCapability(question, collectCapability(subject.name, index), context);
    case 'rule': {
      const matches = index.view
        .files()
        .flatMap(({ uri }) => index.view.findings(uri).filter(({ rule }) => rule === subject.rule.info.id));
      return explainRule(question, subject.rule, matches, findingsContext(index));
    }
    case 'place':
      return explainLine(question, subject.uri, subject.line, index, context);
  }
}

function explainContext({ view, places, guidelines }: OpenedIndex): ExplainContext {
  const asked = new Set(guidelines.map(({ uri }) => uri));
  return {
    places,
    text: (uri) => view.text(uri),
    demandOf: (name) => view.explainedDemand(name),
    entriesFor: (name) => view.entriesForTest(name).filter(({ guideline }) => asked.has(guideline.uri)),
    ruleOf: findRule,
    alternativesTo: findAlternatives,
  };
}

function explainLine(
  question: string,
  uri: string,
  line: number,
  index: OpenedIndex,
  context: ExplainContext,
): ExplainReport {
  const { view } = index;
  const spans = (range: { start: number; end: number }): boolean =>
    view.positionAt(uri, range.start).line <= line && view.positionAt(uri, range.end).line >= line;
  const onLine = view
    .sitesIn(uri)
    .filter(
      (site) =>
        (site.uri === uri && spans(site.range)) ||
        site.matches.some(({ words }) => words.some((word) => word.uri === uri && spans(word.range))),
    );
  const sites = onLine.map((site) => {
    const tests = view.testsReaching(site.uri, site.range);
    return { site: explainShown(site, tests, view), tests };
  });
  const onIt = view.findings(uri).filter((finding) => spans(finding.range));
  const findings = onIt.map((finding) => ({
    ...finding,
    fixes: view.fixes(finding).filter(({ id }) => id !== 'noqa'),
  }));
  const refusals = onIt.flatMap((finding) => {
    const reason = view.whyNoFix(finding);
    return reason === null ? [] : [{ finding, reason }];
  });
  const tests: readonly TestCase[] = view.testsDefinedIn(uri).filter((test) => spans(test.definition.range));
  return explainPlace(question, { uri, line, sites, findings, refusals, tests }, context, findingsContext(index));
}

/** The site as the test has it whose path is shown, with the reasons of its hops. */
function explainShown(site: GuestSite, tests: readonly string[], view: IndexView): GuestSite {
  for (const test of tests) {
    const at = view.demand(test)?.sites.indexOf(site) ?? -1;
    if (at >= 0) return view.explainedDemand(test)?.sites[at] ?? site;
  }
  return site;
}

function collectCapability(name: string, { view, guidelines }: OpenedIndex): CapabilityFacts[] {
  return guidelines.flatMap((guideline) =>
    guideline.capabilities
      .filter((capability) => capability.name.value === name)
      .map((capability) => {
        const entries = view.trace(guideline.uri).filter((entry) => entry.capability === capability);
        return {
          guideline,
          capability,
          entries,
          components: componentsOf(guideline, name),
          level: levelOf(entries, view),
        };
      }),
  );
}

function componentsOf(guideline: OpenedIndex['guidelines'][number], capability: string): CapabilityFacts['components'] {
  const statuses = guideline.components.flatMap((component) =>
    (['required', 'advisory', 'deprecated', 'removed'] as const)
      .filter((status) => component.capabilities[status].some(({ value }) => value === capability))
      .map((status) => [component.name.value, status] as const),
  );
  return Object.fromEntries(statuses.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function levelOf(entries: CapabilityFacts['entries'], view: OpenedIndex['view']): GuestLevel | null {
  const demands = entries.flatMap(({ target }) => (target ? [view.demand(target.name)?.level ?? 'api'] : []));
  return demands.length > 0 ? highestLevel(demands) : null;
}
