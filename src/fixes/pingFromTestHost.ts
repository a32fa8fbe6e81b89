import type { Finding, Fix } from '../model/finding';
import { isMethodCall, TOO_LONG, type Call } from './askInstead';
import { dropUnused } from './dropUnused';
import { walkNodes } from './findNode';
import {
  indentAt,
  MAX_COLUMNS,
  newlineOf,
  textBefore,
  textBehind,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { fixOnTheWay, type PlaceOnTheWay } from './placesOnTheWay';
import { findStatement } from './walkBlocks';

/**
 * QF7: a ping from inside of a guest → a ping from the test host. Only to a floating IP, which the test host can reach as well, and only
 * where no interface, protocol or packet size is asked for.
 */
export function pingFromTestHost(finding: Finding, context: FixContext): Offer {
  const offer = fixOnTheWay(finding, context, (place) => ping(place, context));
  return offer === '' ? 'no call of check_remote_connectivity leads here' : offer;
}

function ping({ file, fn, range }: PlaceOnTheWay, context: FixContext): Fix | string {
  const call = [...walkNodes(fn.body)].find(
    (node): node is Call =>
      node.k === 'call' &&
      isMethodCall(node, 'check_remote_connectivity') &&
      node.s <= range.start &&
      range.end <= node.e,
  );
  const statement = call === undefined ? null : findStatement(fn, { start: call.s, end: call.e })?.statement;
  if (call === undefined || statement?.k !== 'expr' || statement.x !== call) return '';
  const destination = call.args[1] ?? call.kw.find((one) => one.name === 'dest')?.value;
  const expected = call.args[2] ?? call.kw.find((one) => one.name === 'should_succeed')?.value;
  const known = new Set(['source', 'dest', 'should_succeed']);
  if (
    destination === undefined ||
    call.args.length > 3 ||
    call.kw.some((one) => one.name === null || !known.has(one.name))
  )
    return 'the guest’s ping asks for an interface, a protocol or a size';
  const address = file.text.slice(destination.s, destination.e);
  if (!/floating_ip|fip/.test(address) || address.includes('\n'))
    return 'the address pinged may be a fixed one, which the test host need not reach';
  const cls = file.facts.classes[fn.classIndex];
  if (cls === undefined || context.hasMethod?.(file.uri, cls.qualname, 'ping_ip_address') !== true)
    return 'the class has no ping_ip_address';
  const written = expected === undefined ? '' : `, should_succeed=${file.text.slice(expected.s, expected.e)}`;
  const newText = writePing(file, call, address, written);
  if (newText === null) return TOO_LONG;
  const unused = dropUnused(file, fn, [{ start: call.s, end: call.e }]);
  if (unused === null) return 'a guest client would be left that nothing uses';
  return {
    id: 'QF7',
    title: `Ping from the test host in ${fn.qualname}`,
    safe: false,
    note: 'Proves that the address answers the test host, no longer that it answers the other guest.',
    edits: [{ uri: file.uri, range: { start: call.s, end: call.e }, newText }, ...unused],
  };
}

function writePing(file: FixFile, call: Call, address: string, rest: string): string | null {
  const room = MAX_COLUMNS - textBefore(file, call.s).length;
  const flat = `self.assertTrue(self.ping_ip_address(${address}${rest}))`;
  if (flat.length + textBehind(file, call.e).length <= room) return flat;
  const indent = `${newlineOf(file)}${indentAt(file, call.s)}    `;
  const lines = [`self.assertTrue(self.ping_ip_address(`, `${address}${rest}))`];
  const width = indentAt(file, call.s).length + 4 + (lines[1]?.length ?? 0);
  return width <= MAX_COLUMNS ? lines.join(indent) : null;
}
