import { DEVICE_NAME_PREFIXES } from './catalogue/recognizers';

/** `vdb`, `/dev/sda1`, `xvdc`; `/dev/{}` alone is no assumption. */
export function isDeviceName(text: string): boolean {
  const name = text.startsWith('/dev/') ? text.slice(5) : text;
  const prefix = DEVICE_NAME_PREFIXES.find((start) => name.startsWith(start));
  return prefix !== undefined && /^(?:[a-z]\d*|\{\})$/.test(name.slice(prefix.length));
}
