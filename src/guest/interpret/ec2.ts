import type { TextRange } from '../../model/text';
import { observeBlockDevices, observeText } from './apiCalls';
import { observeConsoleRead } from './consoles';
import type { CallArguments, Frame, Machine } from './machine';
import type { Value } from './values';

/** What Amazon's libraries for Python make: a connection, a client, an image, an instance, a volume. */
const OF_EC2_LIBRARY = /^(?:boto|boto3|botocore)\..*\(\).*\.(\w+)$/;

/** The request that a path stands for, when one of Amazon's libraries makes it; null when none does. */
export function ec2RequestOf(path: string): string | null {
  return OF_EC2_LIBRARY.exec(path)?.[1] ?? null;
}

/**
 * What a request of EC2's API asks of the guest. Nothing but a loop that asks again and again waits for an instance, so one that
 * is run counts as one that comes up. Source: boto's `ec2.connection`, `ec2.image`, `ec2.volume`; botocore's `RunInstances` and
 * `AttachVolume`.
 * @returns the answer of a request that is known to matter, null for any other
 */
export function observeEc2Request(
  m: Machine,
  request: string,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value | null {
  if (m.expectedFailureDepth > 0) return null;
  const { kw } = args;
  switch (request) {
    case 'run_instances':
    case 'create_instances':
    case 'run':
      m.emit('boot', [], frame, range);
      observeText(m, 'user-data', kw.get('user_data') ?? kw.get('UserData'), frame, range);
      observeBlockDevices(m, kw.get('BlockDeviceMappings'), 'DeviceName', frame, range);
      return null;
    case 'attach_volume':
      // (volume, instance, device)
      observeText(m, 'device', kw.get('device') ?? kw.get('Device') ?? args.args[2], frame, range);
      return null;
    case 'attach':
    case 'attach_to_instance':
      // Of a volume: (instance, device).
      observeText(m, 'device', kw.get('device') ?? kw.get('Device') ?? args.args[1], frame, range);
      return null;
    case 'get_console_output':
    case 'console_output':
      return observeConsoleRead(m, frame, range);
    default:
      return null;
  }
}
