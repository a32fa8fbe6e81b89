import type { Expr, KeywordArg } from '../model/facts';
import type { Finding } from '../model/finding';
import { bindsName } from './bindsName';
import { findNodePath } from './findNode';
import {
  MAX_COLUMNS,
  NOT_INDEXED,
  openFixFile,
  textBefore,
  textBehind,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';

type Call = Extract<Expr, { k: 'call' }>;

/**
 * QF8: drops `device=…` of the test base's own `self.attach_volume(…)`: Nova chooses the name, and the libvirt driver ignores
 * the one given. Not for clients, whose API takes the name as its own.
 */
export function dropDeviceArgument(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  for (const node of findNodePath(file.facts, finding.range).nodes) {
    if (node.k !== 'call' || !isOwnAttach(node)) continue;
    const keyword = node.kw.find((one) => one.name === 'device');
    if (keyword === undefined || !touches(keyword.value, finding)) continue;
    const range = argumentWithComma(file, node, keyword);
    if (range === null) return 'the argument is the first one, or a comment stands beside it';
    return [
      {
        id: 'QF8',
        title: 'Drop the device name: Nova chooses one',
        safe: true,
        note: null,
        edits: [{ uri: file.uri, range, newText: '' }],
      },
    ];
  }
  return 'only self.attach_volume of the test base ignores the name: clients hand it on';
}

function isOwnAttach(call: Call): boolean {
  return (
    call.fn.k === 'attr' && call.fn.attr === 'attach_volume' && call.fn.obj.k === 'name' && call.fn.obj.id === 'self'
  );
}

function touches(value: Expr, finding: Finding): boolean {
  return value.s <= finding.range.start && finding.range.end <= value.e;
}

/** From the comma before the argument to its end. Null when it is the first argument or a comment stands in between. */
function argumentWithComma(file: FixFile, call: Call, keyword: KeywordArg): { start: number; end: number } | null {
  const before = [...call.args, ...call.kw.map((one) => one.value)].filter((value) => value.e <= keyword.value.s);
  const previousEnd = Math.max(-1, ...before.map((value) => value.e));
  if (previousEnd < 0) return null;
  const between = file.text.slice(previousEnd, keyword.value.s);
  // The parentheses of a value may stand behind it: only the plain comma, the blanks and `device=` are taken.
  return /^\s*,\s*device\s*=\s*$/.test(between) ? { start: previousEnd, end: keyword.value.e } : null;
}

/** QF9: a literal `'vdb'` → the option that names the device; needs `CONF` in the module. */
export function readDeviceNameFromOption(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const { nodes } = findNodePath(file.facts, finding.range);
  const literal = nodes[nodes.length - 1];
  const newText = literal?.k === 'str' ? optionFor(literal.v) : null;
  if (literal?.k !== 'str' || newText === null)
    return 'the name comes from an option already, or is put together from parts';
  const width = textBefore(file, literal.s).length + newText.length + textBehind(file, literal.e).length;
  if (width > MAX_COLUMNS) return 'a line would be longer than 79 columns';
  return [
    {
      id: 'QF9',
      title: 'Take the device name from CONF.compute.volume_device_name',
      safe: false,
      note: 'The option has to name the device on the cloud under test.',
      edits: [{ uri: file.uri, range: { start: literal.s, end: literal.e }, newText }],
    },
  ];
}

/** A bare `%` expression would bind to what stands around it, so it is put in parentheses. */
function optionFor(text: string): string | null {
  if (/^(?:xv|v|s|h)d[b-z]$/.test(text)) return 'CONF.compute.volume_device_name';
  return /^\/dev\/(?:xv|v|s|h)d[b-z]$/.test(text) ? "('/dev/%s' % CONF.compute.volume_device_name)" : null;
}
