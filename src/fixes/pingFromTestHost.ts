import type { Expr, FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextEdit } from '../model/text';
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

/** All pings of one function together: with one of them left, its tests would run it in the guest all the same. */
function ping({ file, fn, range }: PlaceOnTheWay, context: FixContext): Fix | string {
  const calls = [...walkNodes(fn.body)].filter(
    (node): node is Call => node.k === 'call' && isMethodCall(node, 'check_remote_connectivity'),
  );
  const here = calls.find((call) => call.s <= range.start && range.end <= call.e);
  if (here === undefined || !isStatement(fn, here)) return '';
  const edits: TextEdit[] = [];
  for (const call of [here, ...calls.filter((one) => one !== here)]) {
    const newText = isStatement(fn, call)
      ? replacePing(file, fn, call, context)
      : { reason: 'the answer of the ping is used' };
    if (typeof newText !== 'string') return newText.reason;
    edits.push({ uri: file.uri, range: { start: call.s, end: call.e }, newText });
  }
  const unused = dropUnused(
    file,
    fn,
    edits.map((edit) => edit.range),
  );
  if (unused === null) return 'a guest client would be left that nothing uses';
  return {
    id: 'QF7',
    title: `Ping from the test host in ${fn.qualname}`,
    safe: false,
    note: 'Proves that the address answers the test host, no longer that it answers the other guest.',
    edits: [...edits, ...unused],
  };
}

function isStatement(fn: FunctionFacts, call: Call): boolean {
  const statement = findStatement(fn, { start: call.s, end: call.e })?.statement;
  return statement?.k === 'expr' && statement.x === call;
}

/** The ping of the test host that stands for one call, or why there is none. */
function replacePing(
  file: FixFile,
  fn: FunctionFacts,
  call: Call,
  context: FixContext,
): string | { readonly reason: string } {
  const destination = call.args[1] ?? call.kw.find((one) => one.name === 'dest')?.value;
  const expected = call.args[2] ?? call.kw.find((one) => one.name === 'should_succeed')?.value;
  // The servers are those whose consoles are logged when it fails.
  const known = new Set(['source', 'dest', 'should_succeed', 'servers', 'timeout']);
  if (
    destination === undefined ||
    call.args.length > 3 ||
    call.kw.some((one) => one.name === null || !known.has(one.name))
  )
    return { reason: 'the guest’s ping asks for an interface, a protocol or a size' };
  const address = file.text.slice(destination.s, destination.e);
  if (!isFloatingAddress(destination) || address.includes('\n'))
    return { reason: 'the address pinged may be a fixed one, which the test host need not reach' };
  const cls = file.facts.classes[fn.classIndex];
  const method = cls === undefined ? undefined : context.findMethod?.(file.uri, cls.qualname, 'ping_ip_address');
  if (method === undefined) return { reason: 'the class has no ping_ip_address' };
  const timeout = call.kw.find((one) => one.name === 'timeout')?.value;
  const taken = [
    { name: 'should_succeed', value: expected },
    { name: 'ping_timeout', value: timeout },
  ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, text: file.text.slice(value.s, value.e) }]));
  if (taken.some(({ name, text }) => text.includes('\n') || !method.params.some((one) => one.name === name)))
    return { reason: 'ping_ip_address cannot be asked for the same' };
  const written = taken.map(({ name, text }) => `, ${name}=${text}`).join('');
  const newText = writePing(file, call, address, written, assertsItself(method));
  return newText ?? { reason: TOO_LONG };
}

/** The address is read from a floating IP: `fip['floating_ip_address']`, `server.floating_ip`, or a name that says so. */
function isFloatingAddress(node: Expr): boolean {
  const name =
    node.k === 'name'
      ? node.id
      : node.k === 'attr'
        ? node.attr
        : node.k === 'sub' && node.index.k === 'str'
          ? node.index.v
          : '';
  return /^(?:floating_ip(?:_address)?|fip(?:_address)?)$|_(?:fip|floating_ip)(?:_address)?$/.test(name);
}

/** Some trees' ping_ip_address asserts, others' only answers. */
function assertsItself(method: FunctionFacts): boolean {
  return [...walkNodes(method.body)].some((node) => node.k === 'call' && isMethodCall(node, 'assertTrue'));
}

function writePing(file: FixFile, call: Call, address: string, rest: string, asserts: boolean): string | null {
  const room = MAX_COLUMNS - textBefore(file, call.s).length;
  const [open, close] = asserts ? ['self.ping_ip_address(', ')'] : ['self.assertTrue(self.ping_ip_address(', '))'];
  const flat = `${open}${address}${rest}${close}`;
  if (flat.length + textBehind(file, call.e).length <= room) return flat;
  const indent = `${newlineOf(file)}${indentAt(file, call.s)}    `;
  const lines = [open, `${address}${rest}${close}`];
  const width = indentAt(file, call.s).length + 4 + (lines[1]?.length ?? 0);
  return width <= MAX_COLUMNS ? lines.join(indent) : null;
}
