import type { CallRoute } from '../../model/hopReason';
import type { TextLocation, TextRange } from '../../model/text';
import type { Frame, Machine } from './machine';

/** A place in the module of an activation. */
export function locate({ module }: Pick<Frame, 'module'>, range: TextRange): TextLocation {
  return { uri: module.uri, range };
}

/** Runs a call that no call in the source stands for, knowing why it is made. */
export function viaRoute<T>(m: Machine, route: CallRoute, frame: Frame, range: TextRange, run: () => T): T {
  return m.reasons ? m.reasons.through(route, locate(frame, range), run) : run();
}
