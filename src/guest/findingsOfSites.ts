import type { Finding, RelatedLocation, Severity } from '../model/finding';
import type { GuestSite, Guard, PathStep, RuleMatch, WordRange } from '../model/guestSite';
import type { TextLocation } from '../model/text';
import { findCommandRow } from './catalogue/commands';
import { RECOMMENDED_COMMANDS } from './catalogue/intents';
import { findGuestRule } from './catalogue/rules';
import { VALIDATION_OPTIONS } from '../model/validationOptions';

/** A site together with who gets there. The same site may be given once per test: findings are merged by rule and place. */
export interface ReachedSite {
  readonly site: GuestSite;
  /** Runtime names of the tests that reach it. */
  readonly tests: readonly string[];
  /** Names of required capabilities that list one of these tests. */
  readonly requiredCapabilities: readonly string[];
}

/** More paths than this help nobody; those of required capabilities come first. */
const MAX_FLOWS = 5;
/** Pieces of one word around a short placeholder (`/proc/%s/x`) are marked as one stretch. */
const MAX_PLACEHOLDER = 24;

interface Evidence {
  readonly rule: string;
  /** Every command only looks whether it is there. */
  isProbe: boolean;
  readonly place: TextLocation;
  readonly subject: string;
  readonly sites: ReachedSite[];
}

/**
 * Findings for guest sites: one per rule and place, however many tests get there. The place is the word itself; where
 * the text was put together from unknown parts, it is the call. Sorted by file, place and rule.
 */
export function findingsOfSites(reached: readonly ReachedSite[]): Finding[] {
  const found = new Map<string, Evidence>();
  const unguarded = new Map<string, Evidence>();
  const probed = collectProbedTools(reached);
  for (const one of reached) {
    for (const match of one.site.matches) {
      if (isRecommended(match) || isProbed(match, one, probed)) continue;
      addEvidence(found, match, placeOf(match, one.site), one);
    }
    for (const path of pathsWithoutGuard(one.site)) addUnguarded(unguarded, path, one);
  }
  return [...found.values(), ...unguarded.values()].map(makeFinding).sort(compareFindings);
}

/** One finding a test, where it first sets out for the guest: its guard has to take in the other places too. */
function addUnguarded(found: Map<string, Evidence>, path: readonly PathStep[], reached: ReachedSite): void {
  const [start] = path;
  if (start === undefined) return;
  const key = `${start.uri} ${start.function}`;
  const known = found.get(key);
  const isFirst = known === undefined || start.range.start < known.place.range.start;
  const place = isFirst ? { uri: start.uri, range: start.range } : known.place;
  const sites = [...(known?.sites ?? []), { ...reached, site: { ...reached.site, path } }];
  found.set(key, { rule: 'IL220', isProbe: false, place, subject: `\`${start.function}\``, sites });
}

/** Rules that say nothing but that a tool may be missing. */
const MISSING_TOOL_RULES: ReadonlySet<string> = new Set(['IL107', 'IL112']);

/** By test: the tools for which it asks the image (`curl -V`, `command -v nc`), so that it can do without. */
function collectProbedTools(reached: readonly ReachedSite[]): Map<string, Set<string>> {
  const probed = new Map<string, Set<string>>();
  for (const { site, tests } of reached) {
    const tool = probedTool(site.command);
    if (tool === null) continue;
    for (const test of tests) probed.set(test, (probed.get(test) ?? new Set<string>()).add(tool));
  }
  return probed;
}

function probedTool(command: string): string | null {
  const [, asked, versioned] =
    /^\s*(?:(?:command\s+-v|which|type)\s+([\w.-]+)|([\w.-]+)\s+(?:-V|--version))\s*$/.exec(command) ?? [];
  return asked ?? versioned ?? null;
}

function isProbed(match: RuleMatch, { tests }: ReachedSite, probed: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (!MISSING_TOOL_RULES.has(match.rule) || tests.length === 0) return false;
  const tool = match.subject.split(' ', 1)[0] ?? '';
  return tests.every((test) => probed.get(test)?.has(tool) === true);
}

/** What the catalogue tells people to run is no finding once they do. */
function isRecommended(match: RuleMatch): boolean {
  return match.rule === 'IL111' && RECOMMENDED_COMMANDS.includes(match.subject);
}

function addEvidence(found: Map<string, Evidence>, match: RuleMatch, place: TextLocation, site: ReachedSite): void {
  const { rule, subject } = match;
  const isProbe = match.isProbe === true;
  const key = `${rule} ${place.uri} ${place.range.start} ${place.range.end}`;
  const evidence = found.get(key);
  if (evidence === undefined)
    found.set(key, { rule, isProbe, place: { uri: place.uri, range: place.range }, subject, sites: [site] });
  else {
    evidence.sites.push(site);
    evidence.isProbe &&= isProbe;
  }
}

function placeOf(match: RuleMatch, site: GuestSite): TextLocation {
  const [first, ...rest] = match.words;
  return first === undefined ? { uri: site.uri, range: site.range } : joinPieces(first, rest);
}

function joinPieces(first: WordRange, rest: readonly WordRange[]): TextLocation {
  let end = first.range.end;
  for (const { uri, range } of rest) {
    if (uri !== first.uri || range.start < end || range.start - end > MAX_PLACEHOLDER) break;
    end = range.end;
  }
  return { uri: first.uri, range: { start: first.range.start, end } };
}

/**
 * The ways on which a test sets out for the guest without asking whether validation is on. Its own call counts, not the helper's,
 * since other tests may reach the same helper guarded. None when no SSH is needed.
 */
function pathsWithoutGuard(site: GuestSite): readonly (readonly PathStep[])[] {
  if (site.debugOnly || !site.matches.some(({ rule }) => rule === 'IL201' || /^IL1(?!18)/.test(rule))) return [];
  if (site.kind !== 'ssh' && site.kind !== 'login') return [];
  const ways = site.ways ?? [site];
  return ways.filter(({ guards }) => !guards.some(isValidationGuard)).map(({ path }) => path);
}

function isValidationGuard({ condition }: Guard): boolean {
  return !condition.startsWith('not ') && VALIDATION_OPTIONS.some((guard) => condition.includes(guard));
}

function makeFinding(evidence: Evidence): Finding {
  const { rule: id, place, sites } = evidence;
  const tests = new Set(sites.flatMap((one) => one.tests));
  const capabilities = [...new Set(sites.flatMap((one) => one.requiredCapabilities))].sort();
  const flows = id === 'IL220' ? pickStarts(sites) : pickFlows(sites);
  return {
    ...place,
    rule: id,
    severity: severityOf(evidence),
    confidence: sites.some((one) => one.site.confidence === 'certain') ? 'certain' : 'likely',
    message: messageOf(evidence) + describeReach(id === 'IL220' && tests.size === 1 ? 0 : tests.size, capabilities),
    related: flows[0] ?? [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows,
    tests: [...tests].sort(),
  };
}

function severityOf({ rule, isProbe, sites }: Evidence): Severity {
  if (sites.every((one) => one.site.debugOnly)) return 'hint';
  return isProbe ? 'info' : (findGuestRule(rule)?.severity ?? 'info');
}

function messageOf({ rule, isProbe, subject }: Evidence): string {
  const shown = rule === 'IL220' ? subject : shorten(subject);
  if (isProbe)
    return `\`${shown}\` is only looked for: other guests may not have it, and the test may expect one answer or the other.`;
  const message = (findGuestRule(rule)?.message ?? '{subject}').replace('{subject}', () => shown);
  return rule === 'IL111' ? `${message}${describeCommand(subject)}` : message;
}

/** What is to be said of a plain command that POSIX does not have. */
function describeCommand(subject: string): string {
  const row = findCommandRow(baseNameOf(subject));
  if (row.posix) return '';
  if (row.support.linux === 'unknown') return ` Whether guests have \`${row.name}\` is not known.`;
  return ` POSIX has no \`${row.name}\` (${row.note}).`;
}

function baseNameOf(subject: string): string {
  const [word = ''] = subject.split(' ', 1);
  return word.slice(word.lastIndexOf('/') + 1);
}

function describeReach(tests: number, capabilities: readonly string[]): string {
  const count = tests === 0 ? '' : ` Reached by ${tests} ${tests === 1 ? 'test' : 'tests'}`;
  if (capabilities.length === 0) return count === '' ? '' : `${count}.`;
  const shown = capabilities.slice(0, 2).join(', ');
  const more = capabilities.length > 2 ? ` and ${capabilities.length - 2} more` : '';
  return `${count === '' ? ' It is' : `${count};`} required by ${shown}${more}.`;
}

/** Different call paths, those from required tests and the short ones first. */
function pickFlows(sites: readonly ReachedSite[]): RelatedLocation[][] {
  const ordered = [...sites].sort(
    (a, b) =>
      Number(b.requiredCapabilities.length > 0) - Number(a.requiredCapabilities.length > 0) ||
      a.site.path.length - b.site.path.length ||
      compareText(nameOf(a), nameOf(b)),
  );
  const flows = new Map<string, RelatedLocation[]>();
  for (const { site } of ordered) {
    if (flows.size >= MAX_FLOWS) break;
    if (site.path.length === 0) continue;
    const flow = site.path.map((step, i) => describeStep(step, i, site.path.length));
    const key = JSON.stringify(flow);
    if (!flows.has(key)) flows.set(key, flow);
  }
  return [...flows.values()];
}

/** One call path for each place at which a test sets out, in the order of the places. */
function pickStarts(sites: readonly ReachedSite[]): RelatedLocation[][] {
  const shortest = new Map<number, readonly PathStep[]>();
  for (const { site } of sites) {
    const start = site.path[0]?.range.start ?? 0;
    const known = shortest.get(start);
    if (known === undefined || site.path.length < known.length) shortest.set(start, site.path);
  }
  const ordered = [...shortest].sort(([a], [b]) => a - b);
  return ordered.map(([, path]) => path.map((step, i) => describeStep(step, i, path.length)));
}

function nameOf(reached: ReachedSite): string {
  return reached.tests[0] ?? reached.site.path[0]?.function ?? '';
}

function describeStep(step: PathStep, index: number, length: number): RelatedLocation {
  const verb = index === length - 1 ? 'reaches the guest here' : 'calls on here';
  return { uri: step.uri, range: step.range, message: `${step.function} ${verb}` };
}

/** A long command or script makes no readable message. */
function shorten(subject: string): string {
  const line = subject.split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

/** By file, place and rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.uri, b.uri) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareText(a.rule, b.rule)
  );
}

/** By code units, so that the order does not depend on the machine's locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
