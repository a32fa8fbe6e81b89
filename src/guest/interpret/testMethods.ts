import type { TextRange } from '../../model/text';
import { literalsOfAssertion } from './assertions';
import { NO_ARGUMENTS, type CallArguments, type Frame, type Machine } from './machine';
import { viaRoute } from './locate';
import { UNKNOWN, present, type Value } from './values';

/**
 * Methods of unittest, testtools and fixtures that take a callable or end the test. They are known by name on any test class,
 * wherever the class comes from.
 * @returns null when the method is none of them
 */
export function callTestMethod(
  m: Machine,
  name: string,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value | null {
  switch (name) {
    case 'addCleanup':
      return deferCleanup(m, 'test', args, frame, range);
    case 'addClassResourceCleanup':
    case 'addClassCleanup':
      return deferCleanup(m, 'class', args, frame, range);
    case 'assertRaises':
    case 'assertRaisesRegex':
    case 'assertRaisesRegexp':
      return callExpectingFailure(m, args, name === 'assertRaises' ? 1 : 2, frame, range);
    case 'skipTest':
      m.skipped = true;
      return UNKNOWN;
    case 'fail':
      m.failed = true;
      return UNKNOWN;
    case 'useFixture':
      return useFixture(m, args, frame, range);
    default:
      m.passAssertion(literalsOfAssertion(m, name, args));
      return null;
  }
}

function deferCleanup(m: Machine, scope: 'test' | 'class', args: CallArguments, frame: Frame, range: TextRange): Value {
  const [callee, ...rest] = args.args;
  if (callee) m.addCleanup(scope, callee, { ...args, args: rest }, frame, range);
  return UNKNOWN;
}

/** `assertRaises(Error, callee, *args)`; without a callee it is a context manager and calls nothing. */
function callExpectingFailure(m: Machine, args: CallArguments, at: number, frame: Frame, range: TextRange): Value {
  const callee = args.args[at];
  if (!callee) return UNKNOWN;
  m.expectedFailureDepth++;
  viaRoute(m, { k: 'expected-failure' }, frame, range, () =>
    m.call(callee, { ...args, args: args.args.slice(at + 1) }, frame, range, null),
  );
  m.expectedFailureDepth--;
  m.skipped = false;
  return UNKNOWN;
}

/** fixtures: `setUp` calls `_setUp`, and the fixture's `cleanUp` runs with the test's cleanups. */
function useFixture(m: Machine, args: CallArguments, frame: Frame, range: TextRange): Value {
  const [fixture] = args.args;
  for (const alternative of present(fixture ?? [])) {
    if (alternative.k !== 'obj' || !alternative.obj.cls) continue;
    const { cls } = alternative.obj;
    for (const method of ['setUp', '_setUp']) {
      if (!m.project.findMember(cls, method)) continue;
      const bound = m.getAttribute([alternative], method, frame, range);
      viaRoute(m, { k: 'used-fixture', method }, frame, range, () => m.call(bound, NO_ARGUMENTS, frame, range, null));
      break;
    }
    if (m.project.findMember(cls, 'cleanUp'))
      m.addCleanup('test', m.getAttribute([alternative], 'cleanUp', frame, range), NO_ARGUMENTS, frame, range);
  }
  return fixture ?? UNKNOWN;
}
