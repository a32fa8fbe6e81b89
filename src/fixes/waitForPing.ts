import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { PathStep } from '../model/guestSite';
import type { TextEdit, TextRange } from '../model/text';
import { needsLogin, pathsOf, waysTo, type Way } from './evidence';
import { findNodePath, walkNodes, type SyntaxNode } from './findNode';
import { openFixFile, type FixContext, type Offer } from './fixContext';

/** More single places than this to choose from help nobody; all of them together are one more choice. */
const MAX_PLACES = 3;
const NOTE = 'Nothing logs in there any more; the security group has to allow ICMP.';

/** A written `'SSHABLE'` that makes tests wait for a login. */
interface Wait {
  readonly fn: FunctionFacts;
  readonly edit: TextEdit;
  readonly tests: Set<string>;
  /** True when what gets the word knows the other one as well. */
  readonly mayPing: boolean;
}

/**
 * QF3: `'SSHABLE'` → `'PINGABLE'`, where the words are written, on the way to the login. Only where no test that waits there runs a
 * command in its guest or logs in by another way: all of them are asked, not the few whose paths the finding shows.
 */
export function waitForPing(finding: Finding, context: FixContext): Offer {
  const waits = collectWaits(waysTo(finding, context), context);
  if (waits.length === 0) return 'the login is what is tested, or no wait for SSHABLE is written on the way to it';
  const isFree = isFreeOfLogin(context);
  const groups = groupByTests(waits);
  const free = groups.filter((group) =>
    group.every(({ mayPing, tests }) => mayPing && tests.size > 0 && [...tests].every(isFree)),
  );
  if (free.length === 0)
    return waits.some(({ mayPing }) => mayPing)
      ? 'of the tests that wait for SSHABLE, some log in or run commands in the guest later'
      : 'what waits knows no PINGABLE';
  const fixes = free.slice(0, MAX_PLACES).map((group) => makeFix(group, nameOf(group)));
  const all = free.flat();
  return free.length > 1
    ? [...fixes, makeFix(all, `at all ${all.length} places where nothing but the wait logs in`)]
    : fixes;
}

function nameOf(group: readonly Wait[]): string {
  const names = [...new Set(group.map(({ fn }) => fn.qualname))];
  const [first = '', ...more] = names;
  return more.length < 2 ? `in ${names.join(' and ')}` : `in ${first} and ${more.length} more`;
}

function makeFix(waits: readonly Wait[], where: string): Fix {
  return {
    id: 'QF3',
    title: `Wait for PINGABLE instead of SSHABLE ${where}`,
    safe: false,
    note: NOTE,
    edits: waits.map(({ edit }) => edit),
    mayLeave: ['IL219'],
  };
}

/** Waits that some test passes both of belong together: with one of them left, the test would log in all the same. */
function groupByTests(waits: readonly Wait[]): Wait[][] {
  let groups: Wait[][] = [];
  for (const wait of waits) {
    const shares = (group: readonly Wait[]): boolean =>
      group.some(({ tests }) => [...tests].some((test) => wait.tests.has(test)));
    groups = [...groups.filter((group) => !shares(group)), [...groups.filter(shares).flat(), wait]];
  }
  return groups;
}

function collectWaits(ways: readonly Way[], context: FixContext): Wait[] {
  const waits = new Map<string, Wait>();
  for (const { test, path } of ways) {
    const found = findWait(path, context);
    if (found === null) continue;
    const key = `${found.edit.uri} ${found.edit.range.start}`;
    const known = waits.get(key) ?? found;
    if (test !== '') known.tests.add(test);
    waits.set(key, known);
  }
  return [...waits.values()];
}

/** The first step on a path whose call has the word among its arguments. */
function findWait(path: Way['path'], context: FixContext): Wait | null {
  for (const [i, { uri, range }] of path.entries()) {
    const file = openFixFile(uri, context);
    if (file === null) continue;
    const { fn, nodes } = findNodePath(file.facts, range);
    const word = nodes.map(findSshable).find((one) => one !== null);
    if (fn === null || word === undefined || word === null) continue;
    const mayPing = path.length === 1 || path.slice(i + 1).some((step) => knowsPing(step, context));
    return { fn, edit: { uri, range: word, newText: 'PINGABLE' }, tests: new Set(), mayPing };
  }
  return null;
}

/** Where the word stands, without its quotes, when the node is a call with it among its arguments. */
function findSshable(node: SyntaxNode): TextRange | null {
  if (node.k !== 'call') return null;
  for (const value of [...node.args, ...node.kw.map((one) => one.value)]) {
    if (value.k !== 'str' || value.v !== 'SSHABLE' || value.segments.length !== 4) continue;
    return { start: value.segments[2] ?? 0, end: value.segments[3] ?? 0 };
  }
  return null;
}

function knowsPing({ uri, range }: Way['path'][number], context: FixContext): boolean {
  const file = openFixFile(uri, context);
  const fn = file === null ? null : findNodePath(file.facts, range).fn;
  return fn !== null && [...walkNodes(fn.body)].some((node) => node.k === 'str' && node.v === 'PINGABLE');
}

/** True for a test whose every login is a wait for SSHABLE that is written somewhere. */
function isFreeOfLogin(context: FixContext): (test: string) => boolean {
  const isWait = (path: readonly PathStep[]): boolean => findWait(path, context) !== null;
  return (test) => {
    const sites = context.demand?.(test)?.sites.filter(needsLogin);
    return sites?.every((site) => site.kind === 'login' && pathsOf(site).every(isWait)) === true;
  };
}
