import type { TextRange } from '../../model/text';
import { observeConsoleRead, observeConsoleRequest } from './consoles';
import { readItem, readSequence } from './containers';
import { observeStack } from './dataFiles';
import { newData } from './heap';
import { observeImageBooted, observeImageCreated, observeImageUpload } from './ownImages';
import type { CallArguments, Frame, Machine } from './machine';
import { DEAD_STATUSES } from './sinks';
import { textsOf } from './texts';
import { UNKNOWN, constantText, plainText, present, type Value } from './values';

/** A wait for a server's status: unless the status is one of failure, the server has come up. */
export function emitBoot(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  const status = args.args[2] ?? args.kw.get('status');
  const text = status ? constantText(status) : null;
  if (text !== null && DEAD_STATUSES.has(text)) return;
  if (m.expectedFailureDepth > 0) return;
  m.emit('boot', [], frame, range);
}

/** A client of a service whose code is not in the workspace: `….services.….ServersClient()`, or an attribute of Tempest's own bases. */
const OUTSIDE_REQUEST = /^tempest(_lib)?\.(?:.*\.)?(?:\w+_client|services\.[\w.]*\w+Client\(\))\.([a-z_]\w*)$/;

/** The request that a path outside the workspace stands for; null when it is none. */
export function requestOfPath(path: string): string | null {
  return OUTSIDE_REQUEST.exec(path)?.[2] ?? null;
}

/**
 * What a request to a service asks of the guest: data that ends up inside it, a soft reboot, its console.
 * A request that is meant to be refused asks nothing.
 * @returns the answer, of which nothing is known but where it came from
 */
export function observeApiCall(m: Machine, method: string, args: CallArguments, frame: Frame, range: TextRange): Value {
  if (m.expectedFailureDepth > 0) return newData();
  switch (method) {
    case 'wait_for_server_status':
      // Older trees have the wait on the client itself: (server_id, status).
      emitBoot(m, { ...args, args: [UNKNOWN, ...args.args] }, frame, range);
      break;
    case 'create_server':
    case 'rebuild_server':
    case 'rebuild':
      observeText(m, 'user-data', args.kw.get('user_data'), frame, range);
      observePersonality(m, args.kw.get('personality'), frame, range);
      observeImageBooted(m, method, args);
      if (method !== 'create_server') break;
      observeText(m, 'device', args.kw.get('device'), frame, range);
      for (const mapping of ['block_device_mapping', 'block_device_mapping_v2'])
        observeBlockDevices(m, args.kw.get(mapping), 'device_name', frame, range);
      break;
    case 'attach_volume':
      observeText(m, 'device', args.kw.get('device'), frame, range);
      break;
    case 'create_stack':
    case 'update_stack':
      observeStack(m, args, frame, range);
      break;
    case 'create_image':
      observeKernelImage(m, args, frame, range);
      return observeImageCreated();
    case 'store_image_file':
    case 'stage_image_file':
      observeImageUpload(m, args);
      break;
    case 'update_image':
      // The first version of the image service takes the data with an update.
      if (args.kw.has('data')) observeImageUpload(m, args);
      break;
    case 'reboot_server':
    case 'reboot':
      observeReboot(m, args.kw.get('type') ?? args.kw.get('reboot_type') ?? args.args[1], frame, range);
      break;
    case 'get_console_output':
      return observeConsoleRead(m, frame, range);
    case 'get_remote_console':
    case 'get_serial_console':
      observeConsoleRequest(m, method, args);
      break;
  }
  return newData();
}

/** Data of a request that ends up in the guest, as far as it is known. */
export function observeText(
  m: Machine,
  kind: 'user-data' | 'device',
  value: Value | undefined,
  frame: Frame,
  range: TextRange,
): void {
  if (!value) return;
  const texts = m.feasible(value).filter((alternative) => alternative.k === 'text' || alternative.k === 'conf');
  if (texts.length === 0) return;
  for (const { parts, when } of textsOf(texts))
    if (parts.length > 0) m.under(when, () => m.emit(kind, parts, frame, range));
}

/**
 * Names that the disks of a new server shall have.
 * @param key under which an entry of the mapping has the name
 */
export function observeBlockDevices(
  m: Machine,
  mapping: Value | undefined,
  key: string,
  frame: Frame,
  range: TextRange,
): void {
  if (!mapping) return;
  const { items, rest } = readSequence(mapping);
  for (const disk of rest ? [...items, rest] : items)
    observeText(m, 'device', readItem(m, disk, plainText(key), frame), frame, range);
}

function observePersonality(m: Machine, value: Value | undefined, frame: Frame, range: TextRange): void {
  if (!value || present(value).every((alternative) => alternative.k === 'const' || alternative.k === 'unknown')) return;
  const first = readItem(m, value, [{ k: 'num', v: 0 }], frame);
  for (const { parts, when } of textsOf(readItem(m, first, plainText('path'), frame)))
    m.under(when, () => m.emit('personality', parts, frame, range));
}

/** Formats of Amazon's kernel, ramdisk and machine images: the first of the two that is written down. */
function observeKernelImage(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  for (const name of ['container_format', 'disk_format']) {
    const texts = present(args.kw.get(name) ?? []).filter(({ k }) => k === 'text');
    if (texts.length === 0) continue;
    for (const { parts, when } of textsOf(m.feasible(texts))) m.under(when, () => m.emit('image', parts, frame, range));
    return;
  }
}

function observeReboot(m: Machine, type: Value | undefined, frame: Frame, range: TextRange): void {
  for (const alternative of m.feasible(type ?? [])) {
    if (alternative.k === 'text' && constantText([alternative]) === 'SOFT')
      m.under(alternative.when, () => m.emit('reboot', alternative.parts, frame, range));
  }
}
