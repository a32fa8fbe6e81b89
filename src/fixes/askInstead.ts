import type { Expr, FunctionFacts } from '../model/facts';
import type { TextEdit, TextRange } from '../model/text';
import { addClassAttributes, type ClassNeeds } from './classAttributes';
import { dropUnused, dropValidationSkip } from './dropUnused';
import { textBehind, type FixFile } from './fixContext';
import { writeCall } from './serverId';

export type Call = Extract<Expr, { k: 'call' }>;

/** An expression that answers by the API: `callee(argument)tail`. */
export interface ApiAnswer {
  readonly callee: string;
  readonly argument: string;
  readonly tail: string;
}

export const TOO_LONG = 'a line would be longer than 79 columns';

/**
 * Puts the API's answer in place of calls to the guest in one method. What only those calls needed goes: the guest client, and the
 * decorator that skips the test with validation off when nothing of the guest is left.
 * @param needs what the class has to declare, or null
 * @returns the edits, or why there are none
 */
export function askInstead(
  file: FixFile,
  fn: FunctionFacts,
  calls: readonly Call[],
  answer: ApiAnswer,
  needs: ClassNeeds | null,
): TextEdit[] | string {
  const edits: TextEdit[] = [];
  for (const call of calls) {
    const newText = writeCall(file, call.s, answer.callee, answer.argument, answer.tail, textBehind(file, call.e));
    if (newText === null) return TOO_LONG;
    edits.push({ uri: file.uri, range: { start: call.s, end: call.e }, newText });
  }
  const replaced: TextRange[] = calls.map((call) => ({ start: call.s, end: call.e }));
  const unused = dropUnused(file, fn, replaced);
  if (unused === null) return 'a guest client would be left that nothing uses';
  const attributes = needs === null ? [] : addClassAttributes(file, fn, needs);
  if (attributes === null) return 'the attributes of the class are not plain enough to be extended';
  const skip = dropValidationSkip(file, fn, [...replaced, ...unused.map(({ range }) => range)]);
  return [...attributes, ...skip, ...unused, ...edits];
}

export function isMethodCall(call: Call, name: string): boolean {
  return call.fn.k === 'attr' && call.fn.attr === name;
}
