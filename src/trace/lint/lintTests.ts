import { groupBy } from '../../model/groupBy';
import type { Finding, RelatedLocation } from '../../model/finding';
import type { SkipMark, TestCase } from '../../model/testCase';
import type { TextRange } from '../../model/text';
import type { TraceEntry } from '../../model/trace';
import { strongestStatus } from '../../guideline/capabilityStatus';
import { topPackageOf } from '../testIndex';
import { isHistory, nameGuidelines, pickCounting } from './countingEntries';
import type { TestClaims } from './testClaims';
import { findTraceRule, type TraceRuleId } from './traceRules';

/** What the findings of one Python file are made of; everything as of now. */
export interface TestFileContext {
  readonly uri: string;
  /** Tests whose `def` stands in the file. */
  readonly tests: readonly TestCase[];
  /** Addresses of the current guidelines. */
  readonly current: ReadonlySet<string>;
  readonly claims: TestClaims;
  /** Guideline entries that lead to a test, by its runtime name. */
  entriesOf(test: string): readonly TraceEntry[];
  /** One test of each other definition that carries the id. */
  othersWith(id: string, test: TestCase): readonly TestCase[];
  /** Tests that a decorator in this file always skips. */
  readonly skipped: readonly { readonly test: TestCase; readonly mark: SkipMark }[];
  /** Classes of the file by their full names. */
  readonly classes: readonly { readonly name: string; readonly nameRange: TextRange }[];
}

/** Traceability findings of one file, unsorted. For trees with guidelines and a complete index only. */
export function lintTests(context: TestFileContext): Finding[] {
  const definitions = groupBy(context.tests, ({ definition }) => definition.nameRange.start);
  return [
    ...[...definitions.values()].flatMap((tests) => checkDefinition(context, tests)),
    ...checkSkips(context),
    ...checkGone(context),
  ];
}

/** @param tests those that run one `def`: one in each class that has it */
function checkDefinition(context: TestFileContext, tests: readonly TestCase[]): Finding[] {
  const [first] = tests;
  if (first === undefined) return [];
  const names = tests.map(({ name }) => name);
  const claimed = (map: ReadonlyMap<string, readonly TraceEntry[]>): readonly TraceEntry[] =>
    names.flatMap((name) => map.get(name) ?? []);
  const otherId = claimed(context.claims.otherId);
  const withoutId = claimed(context.claims.withoutId);
  const leading = names.flatMap((name) => context.entriesOf(name).filter(({ target }) => target?.name === name));
  // By entry: the joined objects are made anew when a test moves.
  const all = new Map([...otherId, ...withoutId, ...leading].map((trace) => [trace.entry, trace]));
  const counting = pickCounting([...all.values()], context.current);
  const count = (claims: readonly TraceEntry[]): TraceEntry[] =>
    counting.filter(({ entry }) => claims.some((claim) => claim.entry === entry));
  return [
    ...checkName(context, first, counting),
    ...checkId(context, first, count(otherId)),
    ...checkMissingId(context, first, count(withoutId)),
    ...checkForm(context, first),
    ...checkShared(context, first, counting),
    ...checkAlias(context, first, pickCounting(claimed(context.claims.aliasOfOther), context.current)),
  ];
}

function checkName(context: TestFileContext, test: TestCase, entries: readonly TraceEntry[]): Finding[] {
  const outdated = entries.filter(({ state, guideline }) => {
    // Names in superseded guidelines are as they were.
    if (isHistory(guideline)) return false;
    // An approved guideline keeps its keys and takes new names as aliases: there an alias is as it should be.
    return (
      state === 'renamed' || state === 'moved' || (state === 'alias-live' && guideline.status?.value !== 'approved')
    );
  });
  if (outdated.length === 0) return [];
  const byName = groupBy(outdated, ({ entry }) => entry.name.value);
  const said = [...byName].map(([name, group]) => {
    const isAlias = group.every(({ state }) => state === 'alias-live');
    const beside = isAlias ? ', with the name of today as an alias' : '';
    return `${nameGuidelines(group)} ${listVerb(group)} this test as ${name}${beside}.`;
  });
  return [report(context, 'IL301', test.definition.nameRange, said.join(' '), outdated)];
}

function checkId(context: TestFileContext, test: TestCase, entries: readonly TraceEntry[]): Finding[] {
  const [first] = entries;
  if (first === undefined) return [];
  const ids = [...new Set(entries.map(({ entry }) => entry.id))];
  const owner = first.candidates.find((other) => other.name !== test.name && other.ids.includes(first.entry.id ?? ''));
  const whose = owner ? ` That id is on ${owner.name}.` : '';
  const message = `${nameGuidelines(entries)} ${listVerb(entries)} this test with the id ${ids.join(' or ')}, and it has ${test.ids.join(', ')}.${whose}`;
  return [report(context, 'IL302', rangeOfId(test), message, entries)];
}

function checkMissingId(context: TestFileContext, test: TestCase, entries: readonly TraceEntry[]): Finding[] {
  if (entries.length === 0) return [];
  const ids = [...new Set(entries.flatMap(({ entry }) => entry.id ?? []))];
  const what = ids.length === 0 ? '' : ` with the id ${ids.join(' or ')}`;
  const message = `${nameGuidelines(entries)} ${listVerb(entries)} this test${what}, and it has no idempotent id.`;
  return [report(context, 'IL303', test.definition.nameRange, message, entries)];
}

/** What Python's `uuid.UUID` takes, which the decorator asks: hyphens, braces and a URN's prefix do not matter to it. */
export function isPythonUuid(written: string): boolean {
  const digits = written
    .replace('urn:', '')
    .replace('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replace(/-/g, '');
  return /^[0-9a-fA-F]{32}$/.test(digits);
}

function checkForm(context: TestFileContext, { definition }: TestCase): Finding[] {
  return (definition.idMarks ?? [])
    .filter(({ written }) => !isPythonUuid(written))
    .map(({ written, range }) => {
      const message = `"${written}" is no UUID: the module cannot be loaded.`;
      return report(context, 'IL305', range ?? definition.nameRange, message, []);
    });
}

function checkShared(context: TestFileContext, test: TestCase, entries: readonly TraceEntry[]): Finding[] {
  return test.ids.filter(isPythonUuid).flatMap((id): Finding[] => {
    const others = context.othersWith(id, test);
    if (others.length === 0) return [];
    const listed = [...entries, ...others.flatMap(({ name }) => context.entriesOf(name))];
    const isCopied = others.every((other) => packageOf(other) !== packageOf(test));
    // Plugins began as copies of Tempest's tests: that matters where a current guideline names one of them by its id.
    if (isCopied && !listed.some(({ guideline }) => context.current.has(guideline.uri))) return [];
    const names = others.map(({ name }) => name).join(', ');
    const message = `The id ${id} is on ${names} too: no guideline and no result can tell these tests apart by it.`;
    const related = others.map(({ name, definition }) => ({
      uri: definition.uri,
      range: definition.idRange ?? definition.nameRange,
      message: `On ${name}.`,
    }));
    const counting = pickCounting([...new Set(listed)], context.current);
    const atMost = isCopied || counting.length === 0 ? 'info' : 'error';
    const finding = report(context, 'IL304', rangeOfId(test), message, counting, atMost);
    return [{ ...finding, related: [...related, ...finding.related] }];
  });
}

function checkAlias(context: TestFileContext, test: TestCase, entries: readonly TraceEntry[]): Finding[] {
  const byOwner = groupBy(entries, ({ entry, target }) => target?.name ?? entry.name.value);
  return [...byOwner].map(([owner, group]) => {
    const verb = isOne(group) ? 'has' : 'have';
    const message = `${nameGuidelines(group)} ${verb} the name of this test as an alias of ${owner}, which is another test.`;
    const related = group.flatMap((trace) => {
      const alias = trace.entry.aliases.find(({ value }) => value === test.name);
      return alias ? [{ ...locate(trace), range: alias.range }] : [];
    });
    return { ...report(context, 'IL306', test.definition.nameRange, message, group), related };
  });
}

function checkSkips(context: TestFileContext): Finding[] {
  const places = groupBy(context.skipped, ({ mark }) => mark.range.start);
  return [...places.values()].flatMap((group): Finding[] => {
    const mark = group[0]?.mark;
    const entries = group.flatMap(({ test }) =>
      context.entriesOf(test.name).filter(({ guideline, entry, target }) => {
        return context.current.has(guideline.uri) && entry.flag === null && target?.name === test.name;
      }),
    );
    const demanding = entries.filter((trace) => statusOf(trace) === 'required' || statusOf(trace) === 'advisory');
    if (mark === undefined || demanding.length === 0) return [];
    const required = demanding.filter((trace) => statusOf(trace) === 'required');
    const told = required.length > 0 ? required : demanding;
    const tests = [...new Set(told.map(({ target }) => target?.method ?? ''))];
    const verb = required.length > 0 ? (isOne(told) ? 'requires' : 'require') : isOne(told) ? 'has' : 'have';
    const what = tests.length === 1 ? 'this test' : `these tests (${tests.join(', ')})`;
    const how = required.length > 0 ? '' : ' as advisory';
    const why = mark.reason === null ? '' : ` ("${mark.reason}")`;
    const message = `${nameGuidelines(told)} ${verb} ${what}${how}, and this decorator always skips ${tests.length === 1 ? 'it' : 'them'}${why}: no cloud can pass.`;
    return [{ ...report(context, 'IL307', mark.range, message, told, required.length > 0 ? 'error' : 'info') }];
  });
}

function checkGone(context: TestFileContext): Finding[] {
  return context.classes.flatMap(({ name, nameRange }): Finding[] => {
    const entries = (context.claims.gone.get(name) ?? []).filter(({ guideline }) => context.current.has(guideline.uri));
    if (entries.length === 0) return [];
    const byMethod = groupBy(entries, ({ entry }) => entry.name.value.slice(entry.name.value.lastIndexOf('.') + 1));
    const said = [...byMethod].map(([method, group]) => {
      const verb = isOne(group) ? 'requires' : 'require';
      return `${nameGuidelines(group)} ${verb} ${method} of this class, which is gone with its id.`;
    });
    return [report(context, 'IL308', nameRange, said.join(' '), entries)];
  });
}

function packageOf({ module }: TestCase): string {
  return topPackageOf(module);
}

function statusOf({ components }: TraceEntry): string | null {
  return strongestStatus(components);
}

function isOne(entries: readonly TraceEntry[]): boolean {
  return new Set(entries.map(({ guideline }) => guideline)).size === 1;
}

function listVerb(entries: readonly TraceEntry[]): string {
  return isOne(entries) ? 'lists' : 'list';
}

function rangeOfId({ definition }: TestCase): TextRange {
  const [only, ...more] = definition.idMarks ?? [];
  return (more.length === 0 ? only?.range : null) ?? definition.nameRange;
}

function locate({ guideline, capability, entry }: TraceEntry): RelatedLocation {
  const message = `In ${capability.name.value} of ${guideline.id.value}.`;
  return { uri: guideline.uri, range: entry.name.range, message };
}

/** @param entries those that it is about, newest guideline first: it decides how loud the finding is */
function report(
  { uri }: TestFileContext,
  id: TraceRuleId,
  range: TextRange,
  message: string,
  entries: readonly TraceEntry[],
  atMost: 'error' | 'info' = 'error',
): Finding {
  const rule = findTraceRule(id);
  const [newest] = entries;
  const isQuiet = atMost === 'info' || (newest !== undefined && isHistory(newest.guideline));
  return {
    rule: id,
    severity: isQuiet ? 'info' : rule.severity,
    confidence: 'certain',
    message,
    uri,
    range,
    related: entries.map(locate),
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}
