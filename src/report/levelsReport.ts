import type { GuestLevel } from '../model/guestLevel';
import { GUEST_LEVELS } from '../model/guestLevel';
import type { Confidence, GuestSite, TestDemand } from '../model/guestSite';
import type { SiteKind } from '../model/siteKind';
import type { TestCase } from '../model/testCase';
import { comparePlaces, compareText, findEndOnLine, printPlace, sortedUnique, type Places } from './places';

/** `interop-lens/levels/1`, see schemas/levels-1.schema.json. */
export interface LevelsReport {
  readonly schema: 'interop-lens/levels/1';
  readonly tests: readonly PrintedDemand[];
}

export interface PrintedDemand {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  /** Conditions, sorted. */
  readonly guards: readonly string[];
  readonly unresolvedCalls: number;
  readonly sites: readonly PrintedSite[];
}

export interface PrintedSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** On the same line: what goes on below ends with it. */
  readonly endColumn: number;
  readonly kind: SiteKind;
  /** Evaluated text with `{}` for what is not known. */
  readonly command: string;
  /** Rule ids, sorted. */
  readonly rules: readonly string[];
  readonly level: GuestLevel;
  readonly guards: readonly string[];
  readonly confidence: Confidence;
  /** True when the site runs only while an exception is handled; it raises no level. */
  readonly debugOnly: boolean;
  readonly path: readonly PrintedStep[];
}

export interface PrintedStep {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** What every test demands of a guest, with its sites, sorted by file, line and name. */
export function reportLevels(
  tests: readonly TestCase[],
  demandOf: (testName: string) => TestDemand | undefined,
  places: Places,
): LevelsReport {
  const printed = tests.flatMap((test) => {
    const demand = demandOf(test.name);
    return demand ? [printDemand(test, demand, places)] : [];
  });
  printed.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
  return { schema: 'interop-lens/levels/1', tests: printed };
}

/** A readable table: how many tests stand at each level, then each test that demands more than `api`. */
export function printLevelsText(report: LevelsReport): string {
  const lines = [`${report.tests.length} tests`];
  for (const level of [...GUEST_LEVELS].reverse()) {
    const tests = report.tests.filter((test) => test.level === level);
    if (tests.length > 0) lines.push(`  ${level.padEnd(6)} ${tests.length}`);
  }
  for (const level of [...GUEST_LEVELS].reverse()) {
    const tests = report.tests.filter((test) => test.level === level && level !== 'api');
    if (tests.length > 0) lines.push('', level, ...tests.flatMap(printDemandText));
  }
  return `${lines.join('\n')}\n`;
}

/** One site as `levels` and `explain` print it. */
export function printSite(site: GuestSite, places: Places): PrintedSite {
  return {
    ...printPlace(places, site.uri, site.range.start),
    endColumn: findEndOnLine(places, site.uri, site.range),
    kind: site.kind,
    command: site.command,
    rules: sortedUnique(site.matches.map((match) => match.rule)),
    level: site.level,
    guards: sortedUnique(site.guards.map((guard) => guard.condition)),
    confidence: site.confidence,
    debugOnly: site.debugOnly,
    path: site.path.map((step) => {
      const { file, line } = printPlace(places, step.uri, step.range.start);
      return { function: step.function, file, line };
    }),
  };
}

/** Sites by place; two sites of one place by what goes to the guest there. */
export function compareSites(a: PrintedSite, b: PrintedSite): number {
  return comparePlaces(a, b) || compareText(a.kind, b.kind) || compareText(a.command, b.command) || comparePaths(a, b);
}

function comparePaths(a: PrintedSite, b: PrintedSite): number {
  return compareText(JSON.stringify(a.path), JSON.stringify(b.path));
}

function printDemand(test: TestCase, demand: TestDemand, places: Places): PrintedDemand {
  const { file, line } = printPlace(places, test.definition.uri, test.definition.nameRange.start);
  return {
    name: test.name,
    file,
    line,
    level: demand.level,
    levelWithValidationOff: demand.levelWithValidationOff,
    guards: sortedUnique(demand.guards.map((guard) => guard.condition)),
    unresolvedCalls: demand.unresolvedCalls.length,
    sites: demand.sites.map((site) => printSite(site, places)).sort(compareSites),
  };
}

function printDemandText(test: PrintedDemand): string[] {
  const notes = [`${test.file}:${test.line}`];
  if (test.levelWithValidationOff !== test.level) notes.push(`${test.levelWithValidationOff} with validation off`);
  if (test.unresolvedCalls > 0) notes.push(`${test.unresolvedCalls} calls unresolved`);
  const decisive = test.sites.filter((site) => site.level === test.level && !site.debugOnly);
  return [
    `  ${test.name}  (${notes.join(', ')})`,
    ...decisive.map((site) => `    ${site.file}:${site.line}: ${describeSite(site)}`),
  ];
}

/** `ssh cat /proc/uptime [IL101]`, for reading. */
export function describeSite(site: Pick<PrintedSite, 'kind' | 'command' | 'rules'>): string {
  const rules = site.rules.length > 0 ? ` [${site.rules.join(' ')}]` : '';
  const command = site.command === '' ? '' : ` ${JSON.stringify(site.command)}`;
  return `${site.kind}${command}${rules}`;
}
