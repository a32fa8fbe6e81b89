import type { Finding, RuleInfo } from '../model/finding';
import { GUEST_OSES, type GuestLevel, type GuestOs } from '../model/guestLevel';
import type { Guard, GuestSite, RuleMatch, TestDemand } from '../model/guestSite';
import type { CapabilityStatus, Guideline, Capability } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import type { LinkState, TraceEntry } from '../model/trace';
import { reportFindings, type FindingsContext, type PrintedFinding } from './findingsReport';
import { compareSites, printSite, type PrintedSite, type PrintedStep } from './levelsReport';
import { comparePlaces, compareText, printPlace, sortedUnique, type Places, type PrintedPlace } from './places';
import { printReason, type PrintedReason } from './reasonText';
import { reportTrace, type PrintedEntry } from './traceReport';

/** What is known of a rule: the portability row of guest rules, else null. */
export interface RuleDetail {
  readonly info: RuleInfo;
  /** What to use on each guest instead, or what holds there. */
  readonly rows: Readonly<Record<GuestOs, string>> | null;
  /** How the OpenStack API answers the same question. */
  readonly api: string | null;
}

/** What the explanations ask; the engine and the catalogue answer. */
export interface ExplainContext {
  readonly places: Places;
  /** Current text of a file, to be quoted. */
  text(uri: string): string | undefined;
  /** With the reasons of its hops. */
  demandOf(testName: string): TestDemand | undefined;
  entriesFor(testName: string): readonly TraceEntry[];
  ruleOf(id: string): RuleDetail | undefined;
  /** What to use instead of the words of one match, on each guest and by API; empty when nothing is known. */
  alternativesTo(match: RuleMatch): readonly ExplainedAlternative[];
}

/** `interop-lens/explain/1`: one shape for each kind of question. */
export type ExplainReport = TestExplanation | PlaceExplanation | CapabilityExplanation | RuleExplanation;

export interface TestExplanation {
  readonly schema: 'interop-lens/explain/1';
  readonly kind: 'test';
  readonly question: string;
  readonly tests: readonly ExplainedTest[];
}

export interface ExplainedTest {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly definedIn: string;
  readonly ids: readonly string[];
  readonly attrs: readonly string[];
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  readonly guards: readonly ExplainedGuard[];
  readonly capabilities: readonly ExplainedLink[];
  readonly sites: readonly ExplainedSite[];
  readonly unresolved: readonly ExplainedCall[];
}

/** A guideline entry that names the test. */
export interface ExplainedLink extends PrintedPlace {
  readonly guideline: string;
  readonly capability: string;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly test: string;
  readonly state: LinkState;
  readonly flagged: boolean;
}

/** A guard, and where it is asked. */
export interface ExplainedGuard {
  readonly condition: string;
  readonly kind: Guard['kind'];
  readonly at: readonly PrintedPlace[];
}

/** A step of a path, and what makes the program take it. */
export interface ExplainedStep extends PrintedStep {
  readonly why: readonly PrintedReason[];
}

/** A site with its guards' kinds, the reason of every hop and, per rule that matched, the alternatives. */
export interface ExplainedSite extends Omit<PrintedSite, 'guards' | 'path'> {
  readonly guards: readonly ExplainedGuard[];
  readonly path: readonly ExplainedStep[];
  readonly matches: readonly ExplainedMatch[];
}

export interface ExplainedMatch {
  readonly rule: string;
  readonly subject: string;
  readonly level: GuestLevel;
  readonly intent: string | null;
  readonly summary: string;
  readonly url: string;
  readonly alternatives: readonly ExplainedAlternative[];
}

/** `on` is a guest OS, or `api` for the OpenStack API. */
export interface ExplainedAlternative {
  readonly on: GuestOs | 'api';
  readonly use: string;
}

export interface ExplainedCall extends PrintedPlace {
  readonly text: string;
}

export interface PlaceExplanation {
  readonly schema: 'interop-lens/explain/1';
  readonly kind: 'place';
  readonly question: string;
  readonly file: string;
  readonly line: number;
  readonly sites: readonly (ExplainedSite & { readonly tests: readonly string[] })[];
  readonly findings: readonly PrintedFinding[];
  /** Why a finding of the line has no fix of its rule's own. */
  readonly refusals: readonly PrintedRefusal[];
  /** Tests defined around the line. */
  readonly tests: readonly ExplainedTest[];
}

export interface PrintedRefusal extends PrintedPlace {
  readonly rule: string;
  /** A sentence without a full stop. */
  readonly reason: string;
}

export interface CapabilityExplanation {
  readonly schema: 'interop-lens/explain/1';
  readonly kind: 'capability';
  readonly question: string;
  readonly capabilities: readonly ExplainedCapability[];
}

export interface ExplainedCapability extends PrintedPlace {
  readonly guideline: string;
  readonly capability: string;
  readonly description: string;
  readonly project: string;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  /** Highest of the live entries; null when none is live. */
  readonly level: GuestLevel | null;
  readonly entries: readonly PrintedEntry[];
}

export interface RuleExplanation {
  readonly schema: 'interop-lens/explain/1';
  readonly kind: 'rule';
  readonly question: string;
  readonly rule: RuleInfo;
  readonly alternatives: readonly ExplainedAlternative[];
  /** Its findings in the roots. */
  readonly findings: readonly PrintedFinding[];
}

/** Everything that is known of some tests, sorted by name. */
export function explainTests(question: string, tests: readonly TestCase[], context: ExplainContext): TestExplanation {
  const explained = tests.map((test) => explainTest(test, context)).sort((a, b) => compareText(a.name, b.name));
  return { schema: 'interop-lens/explain/1', kind: 'test', question, tests: explained };
}

/** A line of a file: the sites on it with the tests that reach them, its findings, the tests around it. */
export interface PlaceFacts {
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
  readonly sites: readonly { readonly site: GuestSite; readonly tests: readonly string[] }[];
  readonly findings: readonly Finding[];
  /** Findings without a fix of their rule's own, and why. */
  readonly refusals: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly tests: readonly TestCase[];
}

/** Everything that is known of a line. */
export function explainPlace(
  question: string,
  facts: PlaceFacts,
  context: ExplainContext,
  findings: FindingsContext,
): PlaceExplanation {
  return {
    schema: 'interop-lens/explain/1',
    kind: 'place',
    question,
    file: context.places.pathOf(facts.uri),
    line: facts.line + 1,
    sites: facts.sites
      .map(({ site, tests }) => ({ ...explainSite(site, context), tests: sortedUnique(tests) }))
      .sort((a, b) => comparePlaces(a, b) || compareText(a.command, b.command)),
    findings: reportFindings(facts.findings, findings).findings,
    refusals: facts.refusals.map(({ finding, reason }) => ({
      rule: finding.rule,
      ...printPlace(context.places, finding.uri, finding.range.start),
      reason,
    })),
    tests: explainTests(question, facts.tests, context).tests,
  };
}

/** One capability of one guideline with its entries. */
export interface CapabilityFacts {
  readonly guideline: Guideline;
  readonly capability: Capability;
  readonly entries: readonly TraceEntry[];
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly level: GuestLevel | null;
}

/** A capability in every guideline that has it, by file. */
export function explainCapability(
  question: string,
  facts: readonly CapabilityFacts[],
  context: ExplainContext,
): CapabilityExplanation {
  const capabilities = facts.map(({ guideline, capability, entries, components, level }) => ({
    guideline: guideline.id.value,
    capability: capability.name.value,
    ...printPlace(context.places, guideline.uri, capability.range.start),
    description: capability.description?.value ?? '',
    project: capability.project?.value ?? '',
    components,
    level,
    entries:
      reportTrace([{ guideline, entries }], (name) => context.demandOf(name), context.places).guidelines[0]?.entries ??
      [],
  }));
  return {
    schema: 'interop-lens/explain/1',
    kind: 'capability',
    question,
    capabilities: capabilities.sort(comparePlaces),
  };
}

/** A rule, its portability row, and where it bites. */
export function explainRule(
  question: string,
  rule: RuleDetail,
  matches: readonly Finding[],
  findings: FindingsContext,
): RuleExplanation {
  return {
    schema: 'interop-lens/explain/1',
    kind: 'rule',
    question,
    rule: rule.info,
    alternatives: listAlternatives(rule),
    findings: reportFindings(matches, findings).findings,
  };
}

function explainTest(test: TestCase, context: ExplainContext): ExplainedTest {
  const demand = context.demandOf(test.name);
  const { file, line } = printPlace(context.places, test.definition.uri, test.definition.nameRange.start);
  return {
    name: test.name,
    file,
    line,
    definedIn: test.definition.name,
    ids: test.ids,
    attrs: test.attrs,
    level: demand?.level ?? 'api',
    levelWithValidationOff: demand?.levelWithValidationOff ?? 'api',
    guards: sortGuards(demand?.guards ?? [], context.places),
    capabilities: context
      .entriesFor(test.name)
      .map((entry) => explainLink(entry, context.places))
      .sort(comparePlaces),
    sites: (demand?.sites ?? [])
      .map((site) => ({ order: printSite(site, context.places), site }))
      .sort((a, b) => compareSites(a.order, b.order))
      .map(({ site }) => explainSite(site, context)),
    unresolved: (demand?.unresolvedCalls ?? [])
      .map((call) => ({ ...printPlace(context.places, call.uri, call.range.start), text: call.text }))
      .sort((a, b) => comparePlaces(a, b) || compareText(a.text, b.text)),
  };
}

function explainLink(traced: TraceEntry, places: Places): ExplainedLink {
  const components = [...traced.components].sort((a, b) => compareText(a.component, b.component));
  return {
    guideline: traced.guideline.id.value,
    capability: traced.capability.name.value,
    components: Object.fromEntries(components.map(({ component, status }) => [component, status])),
    test: traced.entry.name.value,
    state: traced.state,
    flagged: traced.entry.flag !== null,
    ...printPlace(places, traced.guideline.uri, traced.entry.name.range.start),
  };
}

function explainSite(site: GuestSite, context: ExplainContext): ExplainedSite {
  const matches = site.matches.map((match) => explainMatch(match, context));
  matches.sort((a, b) => compareText(a.rule, b.rule) || compareText(a.subject, b.subject));
  const printed = printSite(site, context.places);
  const path = printed.path.map((step, i) => ({
    ...step,
    why: (site.path[i]?.why ?? []).map((reason) => printReason(reason, context)),
  }));
  return { ...printed, guards: sortGuards(site.guards, context.places), path, matches };
}

function explainMatch(match: RuleMatch, context: ExplainContext): ExplainedMatch {
  const rule = context.ruleOf(match.rule);
  return {
    rule: match.rule,
    subject: match.subject,
    level: match.level,
    intent: match.intent,
    summary: rule?.info.summary ?? '',
    url: rule?.info.url ?? '',
    alternatives: context.alternativesTo(match),
  };
}

function listAlternatives({ rows, api }: RuleDetail): ExplainedAlternative[] {
  const guests = rows ? GUEST_OSES.map((os) => ({ on: os, use: rows[os] })) : [];
  return api === null ? guests : [...guests, { on: 'api', use: api }];
}

function sortGuards(guards: readonly Guard[], places: Places): ExplainedGuard[] {
  const unique = new Map(
    guards.map(({ condition, kind, at = [] }) => [
      `${condition}\0${kind}`,
      { condition, kind, at: at.map(({ uri, range }) => printPlace(places, uri, range.start)).sort(comparePlaces) },
    ]),
  );
  return [...unique.values()].sort((a, b) => compareText(a.condition, b.condition) || compareText(a.kind, b.kind));
}
