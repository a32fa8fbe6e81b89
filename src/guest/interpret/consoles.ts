import type { TextRange } from '../../model/text';
import { newData } from './heap';
import type { CallArguments, Frame, Machine } from './machine';
import { constantText, type ConsoleLog, type Value } from './values';

/** Methods of a text that look for something in it. */
export const SEARCHING_METHODS: ReadonlySet<string> = new Set([
  'find',
  'rfind',
  'index',
  'rindex',
  'count',
  'startswith',
  'endswith',
]);

/** Methods of unittest and testtools that assert, and Python's regular expressions. */
export function isExpectation(path: string, name: string): boolean {
  return name.startsWith('assert') || /^re\.\w+$/.test(path);
}

/** Something is expected of these values: where one comes from a console log, the guest has to have written it. */
export function expectLogs(values: readonly Value[]): void {
  for (const value of values) {
    for (const alternative of value) {
      if (alternative.k === 'data' && alternative.obj.log) alternative.obj.log.isExpected = true;
      // `answer.data`: an attribute of the answer.
      if (alternative.k === 'builtin' && alternative.self) expectLogs([alternative.self]);
    }
  }
}

/** `get_console_output`: what the test does with the answer tells which rule applies. */
export function observeConsoleRead(m: Machine, frame: Frame, range: TextRange): Value {
  const log: ConsoleLog = { isExpected: false };
  m.emit('console', [], frame, range, { log });
  return newData(log);
}

/** `get_serial_console`, or `get_remote_console` for the serial one; VNC and SPICE are answered by the hypervisor. */
export function observeConsoleRequest(m: Machine, method: string, args: CallArguments): void {
  const given = [...args.args, ...args.kw.values()];
  if (method === 'get_serial_console' || given.some((value) => constantText(value) === 'serial'))
    m.hasSerialConsole = true;
}

/** Text goes to a console: of the guest only where the test has asked for the serial one. */
export function observeConsoleWrite(m: Machine, frame: Frame, range: TextRange): void {
  if (m.hasSerialConsole) m.emit('console', [], frame, range, { rule: 'IL217' });
}
