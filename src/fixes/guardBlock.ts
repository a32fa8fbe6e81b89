import type { Expr, FunctionFacts, Stmt } from '../model/facts';
import type { Finding } from '../model/finding';
import { positionAt, type TextEdit, type TextRange } from '../model/text';
import { bindsName } from './bindsName';
import { findTest } from './dropUnused';
import { needsLogin, startsInFile } from './evidence';
import { walkNodes } from './findNode';
import {
  MAX_COLUMNS,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { SelfStateReader } from './selfState';

/** Statements that mean something else, or nothing, inside a new block. */
const UNMOVABLE: ReadonlySet<Stmt['k']> = new Set(['return', 'def', 'class', 'import', 'from', 'global']);
/** A block that takes in more of the test than this leaves too little to be applied unseen. */
const MOST = 0.5;

/** What goes into the guard, and what of the test stays outside. */
export interface GuardPlan {
  readonly edits: readonly TextEdit[];
  /** Share of the body's lines, 0 to 1. */
  readonly share: number;
  /** False when only requests stay outside, no assertion. */
  readonly asserts: boolean;
}

/**
 * QF10, inline: the statements that reach the guest, and all that use what they bind, go into
 * `if CONF.validation.run_validation:`. Only at the top of a test's body, and only where assertions remain outside, or at least a server
 * that is created and waited for, so that the test still proves something with validation off.
 */
export function guardBlock(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const fn = findTest(file, finding.range);
  if (fn === null) return 'the guest is reached by a fixture, whose other tests may need it';
  const places = [finding.range, ...firstSteps(finding), ...startsOf(file, fn, context)];
  const plan = planGuard(file, fn, places, bootsOf(file, fn, context), context);
  if (typeof plan === 'string') return plan;
  const safe = plan.asserts && plan.share <= MOST;
  return [
    {
      id: 'QF10',
      title: 'Reach the guest only when validation is on',
      safe,
      note: safe ? null : noteOn(plan),
      edits: plan.edits,
    },
  ];
}

/** What a person has to see to before the guard is put up. */
export function noteOn({ asserts }: GuardPlan): string {
  return asserts
    ? 'Most of the test goes into the block; see whether what is left proves enough.'
    : 'With validation off the test proves only that its server comes up; see whether that is enough.';
}

/** Where the tests that a method makes set out for an SSH login. */
export function startsOf(file: FixFile, fn: FunctionFacts, context: FixContext): TextRange[] {
  return startsInFile(file, testsAt(file, fn, context), needsLogin, context).filter((range) => isWithin(range, fn));
}

/** Where they have a server created and waited for. */
export function bootsOf(file: FixFile, fn: FunctionFacts, context: FixContext): TextRange[] {
  const tests = testsAt(file, fn, context);
  return startsInFile(file, tests, ({ kind }) => kind === 'boot', context).filter((range) => isWithin(range, fn));
}

function testsAt(file: FixFile, fn: FunctionFacts, context: FixContext): readonly string[] {
  return context.testsDefinedAt?.({ uri: file.uri, range: fn.nameRange }) ?? [];
}

function isWithin(range: TextRange, fn: FunctionFacts): boolean {
  return fn.body.some((one) => one.s <= range.start && range.end <= one.e);
}

/** Where the test sets out for the guest: the first step of each path. */
export function firstSteps(finding: Finding): TextRange[] {
  return finding.flows.flatMap(([first]) => (first?.uri === finding.uri ? [first.range] : []));
}

/**
 * The block of a test's body from the first place on to the last one, or to the last use of what was bound on the way.
 * @param boots places that prove something by themselves, when they stay outside
 * @returns the plan, or why there is none
 */
export function planGuard(
  file: FixFile,
  fn: FunctionFacts,
  places: readonly TextRange[],
  boots: readonly TextRange[],
  context: FixContext,
): GuardPlan | string {
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const indexes = places.map((range) => fn.body.findIndex((one) => one.s <= range.start && range.end <= one.e));
  if (indexes.length === 0 || indexes.includes(-1)) return 'a fixture of the test reaches the guest as well';
  const first = Math.min(...indexes);
  const last = findLastUse(fn.body, first, Math.max(...indexes), new SelfStateReader(file, fn, context));
  const block = fn.body.slice(first, last + 1);
  const rest = [...fn.body.slice(0, first), ...fn.body.slice(last + 1)];
  const proves = (one: Stmt): boolean => boots.some(({ start, end }) => one.s <= start && end <= one.e);
  if (!rest.some(asserts) && !rest.some(proves)) return 'no assertion would be left with validation off';
  if (!block.every((statement) => mayMove(statement, file)))
    return 'the block returns, keeps something on self, or holds a text over several lines';
  const share = countLines(file, block) / countLines(file, fn.body);
  if (share > MOST && !rest.some(asserts)) return 'most of the test, and all that it asserts, would go into the block';
  const edits = indentBlock(file, block);
  return typeof edits === 'string' ? edits : { edits, share, asserts: rest.some(asserts) };
}

/** Index of the last statement that uses a name bound from `first` on, directly, through another, or through `self`. */
function findLastUse(body: readonly Stmt[], first: number, atLeast: number, state: SelfStateReader): number {
  const bound = new Set<string>();
  const kept = new Set<string>();
  let last = first - 1;
  body.forEach((statement, i) => {
    const { reads } = state.read(statement);
    if (i < first || (i > atLeast && !uses(statement, bound) && ![...reads].some((name) => kept.has(name)))) return;
    // Everything between moves along, so what it binds counts too.
    for (const moved of body.slice(last + 1, i + 1)) {
      for (const name of boundNames(moved)) bound.add(name);
      for (const name of state.read(moved).sets) kept.add(name);
    }
    last = i;
  });
  return last;
}

function uses(statement: Stmt, names: ReadonlySet<string>): boolean {
  for (const node of walkNodes([statement])) if (node.k === 'name' && names.has(node.id)) return true;
  return false;
}

function boundNames(statement: Stmt): string[] {
  const names: string[] = [];
  for (const node of walkNodes([statement])) {
    if (node.k === 'assign') names.push(...node.targets.flatMap(targetNames));
    else if (node.k === 'aug') names.push(...targetNames(node.target));
    else if (node.k === 'for') names.push(...targetNames(node.target));
    else if (node.k === 'with')
      names.push(...node.items.flatMap((item) => (item.target === null ? [] : targetNames(item.target))));
    else if (node.k === 'walrus') names.push(node.target);
  }
  return names;
}

function targetNames(target: Expr): string[] {
  if (target.k === 'name') return [target.id];
  if (target.k === 'tuple' || target.k === 'list') return target.items.flatMap(targetNames);
  return target.k === 'star' ? targetNames(target.x) : [];
}

function asserts(statement: Stmt): boolean {
  for (const node of walkNodes([statement])) {
    if (node.k === 'assert') return true;
    if (node.k === 'call' && node.fn.k === 'attr' && node.fn.attr.startsWith('assert')) return true;
  }
  return false;
}

/** Indenting a string over several lines would change it; what is kept on `self` may be wanted elsewhere. */
function mayMove(statement: Stmt, file: FixFile): boolean {
  for (const node of walkNodes([statement])) {
    if (UNMOVABLE.has(node.k as Stmt['k'])) return false;
    if ((node.k === 'str' || node.k === 'fstr') && /"""|'''|\\\r?\n/.test(file.text.slice(node.s, node.e)))
      return false;
    if (node.k === 'assign' && node.targets.some((target) => target.k === 'attr')) return false;
  }
  return true;
}

function countLines(file: FixFile, block: readonly Stmt[]): number {
  const { lineStarts } = file.facts;
  const start = positionAt(lineStarts, block[0]?.s ?? 0).line;
  return positionAt(lineStarts, block[block.length - 1]?.e ?? 0).line - start + 1;
}

/** Four blanks before every line of the block, and the `if` above it. A reason when other code shares its lines, or one gets too long. */
function indentBlock(file: FixFile, block: readonly Stmt[]): TextEdit[] | string {
  const start = block[0]?.s ?? 0;
  const end = block[block.length - 1]?.e ?? start;
  const { lineStarts } = file.facts;
  const firstLine = positionAt(lineStarts, start).line;
  const lastLine = positionAt(lineStarts, end).line;
  const blockStart = lineStarts[firstLine] ?? 0;
  const indent = file.text.slice(blockStart, start);
  const behind = file.text.slice(end, lineStarts[lastLine + 1] ?? file.text.length);
  if (indent.trim() !== '' || !/^\s*(?:#.*)?\s*$/.test(behind)) return 'other code shares a line with the block';
  const edits: TextEdit[] = [];
  for (let line = firstLine; line <= lastLine; line++) {
    const offset = lineStarts[line] ?? 0;
    const text = file.text.slice(offset, lineStarts[line + 1] ?? file.text.length).trimEnd();
    if (text === '') continue;
    if (text.length + 4 > MAX_COLUMNS && text.length <= MAX_COLUMNS) return 'a line would be longer than 79 columns';
    const head = line === firstLine ? `${indent}if CONF.validation.run_validation:${newlineOf(file)}` : '';
    edits.push({ uri: file.uri, range: { start: offset, end: offset }, newText: `${head}    ` });
  }
  return edits;
}
