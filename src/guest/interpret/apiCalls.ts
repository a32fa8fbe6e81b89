import type { TextRange } from '../../model/text';
import { readItem } from './containers';
import type { CallArguments, Frame, Machine } from './machine';
import { DEAD_STATUSES } from './sinks';
import { textsOf } from './texts';
import { UNKNOWN, constantText, mayBeAbsent, plainText, present, type Value } from './values';

/** A wait for a server's status: unless the status is one of failure, the server has come up. */
export function emitBoot(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  const status = args.args[2] ?? args.kw.get('status');
  const text = status ? constantText(status) : null;
  if (text !== null && DEAD_STATUSES.has(text)) return;
  if (m.expectedFailureDepth > 0) return;
  m.emit('boot', [], frame, range);
}

/** Arguments of compute requests that end up inside the guest. */
export function observeApiCall(m: Machine, method: string, args: CallArguments, frame: Frame, range: TextRange): void {
  // Older trees have the wait on the client itself: (server_id, status).
  if (method === 'wait_for_server_status') emitBoot(m, { ...args, args: [UNKNOWN, ...args.args] }, frame, range);
  if (method === 'create_server' || method === 'rebuild_server') {
    observeText(m, 'user-data', args.kw.get('user_data'), frame, range);
    observePersonality(m, args.kw.get('personality'), frame, range);
  }
  if (method === 'attach_volume' || method === 'create_server')
    observeText(m, 'device', args.kw.get('device'), frame, range);
}

function observeText(
  m: Machine,
  kind: 'user-data' | 'device',
  value: Value | undefined,
  frame: Frame,
  range: TextRange,
): void {
  if (!value) return;
  const texts = present(value).filter((alternative) => alternative.k === 'text' || alternative.k === 'conf');
  const optional = mayBeAbsent(value) || texts.length < value.length;
  for (const text of textsOf(texts.length > 0 ? texts : [])) {
    if (texts.length === 0 || text.length === 0) continue;
    if (optional) m.maybe(() => m.emit(kind, text, frame, range));
    else m.emit(kind, text, frame, range);
  }
}

function observePersonality(m: Machine, value: Value | undefined, frame: Frame, range: TextRange): void {
  if (!value || present(value).every((alternative) => alternative.k === 'const' || alternative.k === 'unknown')) return;
  const first = readItem(m, value, [{ k: 'num', v: 0 }], frame);
  for (const path of textsOf(readItem(m, first, plainText('path'), frame))) m.emit('personality', path, frame, range);
}
