import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import { askInstead, isMethodCall, type ApiAnswer, type Call } from './askInstead';
import { walkNodes } from './findNode';
import type { FixContext, FixFile, Offer } from './fixContext';
import { fixOnTheWay, type PlaceOnTheWay } from './placesOnTheWay';
import { findServerId } from './serverId';

/**
 * QF6: the MAC address that the guest shows → the one of the interface that Nova attached. Only where the guest's first
 * interface is meant (`get_mac_address()`): a name of an interface says nothing to the API.
 */
export function askApiForMac(finding: Finding, context: FixContext): Offer {
  const offer = fixOnTheWay(finding, context, listInterfaces);
  return offer === ''
    ? 'the guest’s own view of its interfaces is what is tested, or what it prints is read as text'
    : offer;
}

function listInterfaces({ file, fn, range }: PlaceOnTheWay): Fix | string {
  const call = [...walkNodes(fn.body)].find(
    (node): node is Call =>
      node.k === 'call' && isMethodCall(node, 'get_mac_address') && node.s <= range.start && range.end <= node.e,
  );
  if (call === undefined) return '';
  if (call.args.length > 0 || call.kw.length > 0) return 'an interface is named, and its name says nothing to the API';
  const answer = findAnswer(fn, file);
  if (answer === null) return 'which server has the interface is not written plainly';
  const edits = askInstead(file, fn, [call], answer, null);
  if (typeof edits === 'string') return edits;
  return {
    id: 'QF6',
    title: `Ask the API for the MAC address in ${fn.qualname}`,
    safe: false,
    note: 'No longer asks the guest: the API is compared with the API.',
    edits,
    mayLeave: ['IL201'],
  };
}

function findAnswer(fn: FunctionFacts, file: FixFile): ApiAnswer | null {
  const tail = "['interfaceAttachments'][0]['mac_addr']";
  // Tempest's security group tests keep a tenant's clients and its reachable server together.
  if (fn.params.some(({ name }) => name === 'tenant') && speaksOfAccessPoint(fn))
    return { callee: 'tenant.manager.interfaces_client.list_interfaces', argument: "tenant.access_point['id']", tail };
  const server = findServerId(fn, file);
  return server === null ? null : { callee: 'self.interfaces_client.list_interfaces', argument: server, tail };
}

function speaksOfAccessPoint(fn: FunctionFacts): boolean {
  return [...walkNodes(fn.body)].some(
    (node) => node.k === 'attr' && node.attr === 'access_point' && node.obj.k === 'name' && node.obj.id === 'tenant',
  );
}
