import type { Parser } from 'web-tree-sitter';
import { printText, type EvaluatedText } from '../model/commandText';
import { writtenRanges } from './writtenRanges';
import { compareLevels, highestLevel, type GuestLevel } from '../model/guestLevel';
import type { GuestSite, Guard, PathStep, SiteWay, TestDemand, UnresolvedCall } from '../model/guestSite';
import type { TextRange } from '../model/text';
import type { DiscoveredTest } from '../project/discoverTests';
import type { HopReason } from '../model/hopReason';
import { definedClass, definedFunction } from './interpret/describeHop';
import { isConfigured } from './interpret/conditionalValues';
import type { GuestEvent, PathCondition } from './interpret/machine';
import type { TestRun } from './interpret/runTests';
import { joinMatches, matchSite } from './matchSite';
import type { SiteMatch } from './matchRules';
import { VALIDATION_OPTIONS } from '../model/validationOptions';

/** Matches texts against the catalogue; the same text at the same place is matched once. */
export class SiteMatcher {
  private readonly known = new Map<string, SiteMatch>();

  constructor(private readonly parser: Parser) {}

  /** Places have moved: what was matched points to the old ones. */
  forget(): void {
    this.known.clear();
  }

  /** @param rule the one that speaks for the site, null for the kind's usual one */
  match(event: GuestEvent, rule: string | null, uri: string, range: TextRange): SiteMatch {
    const text = event.text.length > 0 ? event.text : null;
    const key = `${event.kind} ${rule ?? ''} ${uri} ${String(range.start)} ${describeText(event.text)}`;
    let match = this.known.get(key);
    if (!match) {
      match = matchSite({ kind: event.kind, text, place: { uri, range }, subject: null, rule }, this.parser);
      this.known.set(key, match);
    }
    return match;
  }
}

/** The text together with where its parts stand: equal only for what matches alike. */
function describeText(text: EvaluatedText): string {
  return text
    .map((part) =>
      part.kind === 'hole'
        ? `{${part.option}}`
        : `${part.text}@${part.uri}:${String(part.segments[0]?.sourceStart ?? -1)}`,
    )
    .join('');
}

interface MergedSite {
  readonly event: GuestEvent;
  readonly uri: string;
  readonly range: TextRange;
  guards: Guard[];
  path: readonly PathStep[];
  /** By the place in the test at which a way sets out. */
  readonly ways: Map<string, SiteWay>;
  /** Rules that speak for it on one way or another; null is the kind's usual one. */
  readonly rules: Set<string | null>;
  certain: boolean;
  readonly debugOnly: boolean;
}

/** Turns what a test's run has shown into its demand: one site per place and command, guards by intersection, shortest path. */
export function collectDemand(run: TestRun, matcher: SiteMatcher): TestDemand {
  const merged = new Map<string, MergedSite>();
  const boots = run.events.some((event) => event.kind !== 'image' && !event.debugOnly);
  for (const event of run.events) if (isDemand(event, run, boots)) mergeEvent(merged, event, run.discovered);
  const sites = [...merged.values()]
    .map((site) => finishSite(site, matcher))
    .filter((site) => site.kind !== 'image' || site.matches.length > 0)
    .sort(compareSites);
  const counted = sites.filter((site) => !site.debugOnly);
  const level = highestLevel(counted.map((site) => site.level));
  const withoutValidation = counted.filter(
    (site) => !site.guards.some((guard) => VALIDATION_OPTIONS.includes(guard.condition)),
  );
  return {
    test: run.discovered.test.name,
    level,
    levelWithValidationOff: highestLevel(withoutValidation.map((site) => site.level)),
    guards: guardsOfLevel(counted, level),
    sites,
    unresolvedCalls: listUnresolved(run),
    ...(run.upload !== 'none' && { upload: run.upload }),
  };
}

/** False for what an event is part of, or what it asks of no guest. @param boots the test has to do with a server at all */
function isDemand(event: GuestEvent, { discovered }: TestRun, boots: boolean): boolean {
  switch (event.kind) {
    case 'login':
      // A login that was made to run a command is part of the command, unless it says something of its own.
      return event.rule !== undefined || !event.clientFrames.some((frame) => frame.ranCommand);
    case 'personality':
    case 'reboot':
      // A request that is meant to be refused.
      return !discovered.test.attrs.includes('negative');
    case 'console':
      // A log that is read to explain a failure.
      return !event.debugOnly;
    case 'ping':
      return event.mustFail !== true;
    case 'image':
      return boots;
    default:
      return true;
  }
}

/** Which rule speaks for the event; null: the usual one of its kind. */
function ruleOf(event: GuestEvent): string | null {
  if (event.log) return event.log.isExpected ? 'IL216' : 'IL221';
  return event.rule ?? null;
}

function mergeEvent(merged: Map<string, MergedSite>, event: GuestEvent, discovered: DiscoveredTest): void {
  const last = event.path[event.path.length - 1];
  if (!last) return;
  const { uri } = last.frame.module;
  const key = `${event.kind} ${uri} ${String(last.range.start)} ${printText(event.text)}`;
  const guards = guardsOf(event.conditions);
  const path = describePath(event, discovered);
  const known = merged.get(key);
  const certain = event.confidence === 'certain';
  // A way that only explains a failure says nothing beside one that the test takes when all is well.
  if (!known || (known.debugOnly && !event.debugOnly)) {
    const ways = new Map([[startOf(path), { path, guards }]]);
    const { range } = last;
    const rules = new Set([ruleOf(event)]);
    merged.set(key, { event, uri, range, guards, path, ways, rules, certain, debugOnly: event.debugOnly });
    return;
  }
  if (known.debugOnly !== event.debugOnly) return;
  addWay(known.ways, path, guards);
  known.rules.add(ruleOf(event));
  known.guards = intersectGuards(known.guards, guards);
  if (path.length < known.path.length) known.path = path;
  known.certain ||= certain;
}

function startOf([start]: readonly PathStep[]): string {
  return start ? `${start.uri} ${String(start.range.start)}` : '';
}

function addWay(ways: Map<string, SiteWay>, path: readonly PathStep[], guards: readonly Guard[]): void {
  const key = startOf(path);
  const known = ways.get(key);
  if (!known) ways.set(key, { path, guards });
  else
    ways.set(key, {
      path: path.length < known.path.length ? path : known.path,
      guards: intersectGuards(known.guards, guards),
    });
}

function guardsOf(conditions: readonly PathCondition[]): Guard[] {
  const guards = new Map<string, Guard>();
  for (const { literal, guard } of conditions) {
    if (guard === null || !isConfigured(literal)) continue;
    const condition = literal.holds ? literal.key : `not ${literal.key}`;
    const known = guards.get(condition);
    const at = joinPlaces(known?.at, literal.at && [literal.at]);
    const kind = known?.kind === 'skip' ? known.kind : guard;
    guards.set(condition, { condition, kind, ...(at && { at }) });
  }
  return [...guards.values()].sort(compareGuards);
}

/** Where a guard is asked, each place once; undefined while no reasons are recorded. */
function joinPlaces(a: Guard['at'], b: Guard['at']): Guard['at'] {
  if (!a || !b) return a ?? b;
  const unique = new Map([...a, ...b].map((place) => [`${place.uri} ${String(place.range.start)}`, place]));
  return [...unique.values()].sort(
    (one, other) => compareText(one.uri, other.uri) || one.range.start - other.range.start,
  );
}

/** A guard holds for a site when every path to it has it; a path on which it is only inline makes it inline. */
function intersectGuards(a: readonly Guard[], b: readonly Guard[]): Guard[] {
  const kept: Guard[] = [];
  for (const guard of a) {
    const other = b.find((one) => one.condition === guard.condition);
    if (!other) continue;
    const at = joinPlaces(guard.at, other.at);
    kept.push({ ...(other.kind === 'inline' ? other : guard), ...(at && { at }) });
  }
  return kept;
}

function compareGuards(a: Guard, b: Guard): number {
  return a.condition < b.condition ? -1 : a.condition > b.condition ? 1 : 0;
}

/** Steps from the test on. What a fixture or cleanup does is put under the test, which has no call of its own for it. */
function describePath(event: GuestEvent, discovered: DiscoveredTest): PathStep[] {
  const { fn, test } = discovered;
  const [root, first] = event.path;
  const rest = event.path
    .slice(1)
    .map(({ frame, range, why }) => ({ function: frame.name, uri: frame.module.uri, range, ...(why && { why }) }));
  if (first?.frame.fn === fn) return rest;
  const inTest =
    root !== undefined &&
    root.range.end > 0 &&
    fn.facts.range.start <= root.range.start &&
    root.range.end <= fn.facts.range.end;
  const range = inTest ? root.range : test.definition.nameRange;
  return [
    {
      function: fn.facts.qualname,
      uri: fn.module.uri,
      range,
      ...(root?.why && { why: [whyRun(discovered), ...root.why] }),
    },
    ...rest,
  ];
}

/** The test itself runs because the runner calls it. */
function whyRun({ cls, fn }: DiscoveredTest): HopReason {
  return { k: 'test', cls: definedClass(cls), method: definedFunction(fn) };
}

function finishSite(site: MergedSite, matcher: SiteMatcher): GuestSite {
  const found = rulesOf(site).map((rule) => matcher.match(site.event, rule, site.uri, site.range));
  const match = raiseToRun(found.reduce(joinMatches), site.event);
  return {
    uri: site.uri,
    range: site.range,
    kind: site.event.kind,
    command: printText(site.event.text),
    matches: match.matches,
    written: writtenRanges(site.event.text),
    level: match.level,
    guards: site.guards,
    confidence: site.certain ? 'certain' : 'likely',
    path: site.path,
    ...(site.ways.size > 1 && { ways: [...site.ways.values()] }),
    debugOnly: site.debugOnly,
  };
}

/** A log of which something is expected on one way is not merely read. */
function rulesOf({ rules }: MergedSite): (string | null)[] {
  return [...rules].filter((rule) => rule !== 'IL221' || !rules.has('IL216'));
}

/** A script that the test waits for takes a guest that runs it, whatever is in it. */
function raiseToRun(match: SiteMatch, event: GuestEvent): SiteMatch {
  return event.mustRun === true ? { ...match, level: highestLevel([match.level, 'posix']) } : match;
}

function compareSites(a: GuestSite, b: GuestSite): number {
  return (
    compareText(a.uri, b.uri) ||
    a.range.start - b.range.start ||
    compareText(a.kind, b.kind) ||
    compareText(a.command, b.command)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The guards that every site at the test's level has: without them the test demands less. */
function guardsOfLevel(sites: readonly GuestSite[], level: GuestLevel): Guard[] {
  const top = sites.filter((site) => compareLevels(site.level, level) === 0);
  const [first, ...rest] = top;
  if (!first || level === 'api') return [];
  return rest.reduce<Guard[]>((guards, site) => intersectGuards(guards, site.guards), [...first.guards]);
}

function listUnresolved(run: TestRun): UnresolvedCall[] {
  const found = new Map<string, UnresolvedCall>();
  for (const { uri, range, name } of run.unfollowed) {
    found.set(`${uri} ${String(range.start)} ${name}`, { uri, range, text: name });
  }
  return [...found.values()].sort((a, b) => compareText(a.uri, b.uri) || a.range.start - b.range.start);
}
