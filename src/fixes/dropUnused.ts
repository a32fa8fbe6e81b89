import type { FunctionFacts, Stmt } from '../model/facts';
import type { TextEdit, TextRange } from '../model/text';
import { findNodePath, walkNodes } from './findNode';
import { textBefore, textBehind, type FixFile } from './fixContext';
import { isValueRead } from './readsOf';
import { walkBlocks } from './walkBlocks';

/** Calls whose only use is the value that they give: a client for the guest, and what such a client is made of. */
const MAKERS: ReadonlySet<string> = new Set([
  'RemoteClient',
  'get_remote_client',
  'get_class_validation_resources',
  'get_test_validation_resources',
  '_connect_to_access_point',
]);

/**
 * Edits that take away what is of no use any more once `removed` stretches of a function are gone: guest clients that nothing
 * reads, and what was fetched for them alone. Null when such a statement cannot be taken out cleanly.
 */
export function dropUnused(file: FixFile, fn: FunctionFacts, removed: readonly TextRange[]): TextEdit[] | null {
  const gone: TextRange[] = [...removed];
  const edits: TextEdit[] = [];
  for (let again = true; again;) {
    again = false;
    for (const block of walkBlocks(fn.body)) {
      for (const statement of block) {
        const name = nameOf(statement);
        if (name === null || statement.k !== 'assign' || isWithin(statement, gone) || !isMaker(statement)) continue;
        // Only what the removal left without use goes: what nobody read before is not our concern.
        if (isValueRead(file, fn, statement, name, gone) || !isValueRead(file, fn, statement, name, [])) continue;
        const left = block.filter((one) => one !== statement && !isWithin(one, gone));
        const edit = left.length === 0 ? null : removeLines(file, statement);
        if (edit === null) return null;
        edits.push(edit);
        gone.push({ start: statement.s, end: statement.e });
        again = true;
      }
    }
  }
  return edits;
}

function isWithin(statement: Stmt, ranges: readonly TextRange[]): boolean {
  return ranges.some(({ start, end }) => start <= statement.s && statement.e <= end);
}

function isMaker(statement: Stmt): boolean {
  if (statement.k !== 'assign' || statement.value.k !== 'call' || nameOf(statement) === null) return false;
  const { fn } = statement.value;
  return MAKERS.has(fn.k === 'attr' ? fn.attr : fn.k === 'name' ? fn.id : '');
}

function nameOf(statement: Stmt): string | null {
  const target = statement.k === 'assign' && statement.targets.length === 1 ? statement.targets[0] : undefined;
  return target?.k === 'name' ? target.id : null;
}

/** Takes whole lines; null when something else stands on them. */
export function removeLines(file: FixFile, node: { readonly s: number; readonly e: number }): TextEdit | null {
  const before = textBefore(file, node.s);
  if (before.trim() !== '' || textBehind(file, node.e).trim() !== '') return null;
  const start = node.s - before.length;
  const newline = file.text.indexOf('\n', node.e);
  const end = newline < 0 ? file.text.length : newline + 1;
  return { uri: file.uri, range: { start, end }, newText: '' };
}

/**
 * Takes `@testtools.skipUnless(CONF.validation.run_validation, …)` off a test that reaches the guest no more. Nothing when the
 * decorator is not there, when `testtools` is needed by nothing else in the file, or when a guest client is left in the test.
 */
export function dropValidationSkip(file: FixFile, fn: FunctionFacts, gone: readonly TextRange[]): TextEdit[] {
  const decorator = findValidationSkip(file, fn);
  if (decorator === null || usesGuest(fn, gone)) return [];
  const uses = file.text.split('testtools.').length - 1;
  const edit = uses > 1 ? removeLines(file, decorator) : null;
  return edit === null ? [] : [edit];
}

/** The decorator with its `@`, when a test has it; null also when the condition asks for more than validation. */
export function findValidationSkip(file: FixFile, fn: FunctionFacts): { s: number; e: number } | null {
  for (const decorator of fn.decorators) {
    if (decorator.k !== 'call') continue;
    const { fn: callee, args } = decorator;
    const condition = args[0];
    if (callee.k !== 'attr' || callee.attr !== 'skipUnless' || condition === undefined) continue;
    if (file.text.slice(condition.s, condition.e) !== 'CONF.validation.run_validation') continue;
    const at = file.text.lastIndexOf('@', decorator.s);
    if (file.text.slice(at + 1, decorator.s).trim() === '') return { s: at, e: decorator.e };
  }
  return null;
}

function usesGuest(fn: FunctionFacts, gone: readonly TextRange[]): boolean {
  for (const node of walkNodes(fn.body)) {
    if (gone.some(({ start, end }) => start <= node.s && node.e <= end)) continue;
    if (node.k !== 'call') continue;
    const name = node.fn.k === 'attr' ? node.fn.attr : node.fn.k === 'name' ? node.fn.id : '';
    if (/RemoteClient|remote_client|exec_command|validate_authentication|ssh|connectivity/i.test(name)) return true;
  }
  return false;
}

/** True when the range stands in a test method's own body. */
export function findTest(file: FixFile, range: TextRange): FunctionFacts | null {
  const { fn } = findNodePath(file.facts, range);
  return fn !== null && fn.name.startsWith('test') && fn.classIndex >= 0 ? fn : null;
}
