import type { Expr, KeywordArg } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextLocation } from '../model/text';
import { bindsName } from './bindsName';
import { TOO_LONG } from './askInstead';
import { findNodePath, type SyntaxNode } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type FixFile, type Offer } from './fixContext';
import { replaceInLine } from './replaceInLine';

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

/** More places than this to choose from help nobody. */
const MAX_PLACES = 3;

/**
 * QF9: a literal `'vdb'` → the option that names the device; needs `CONF` in the module. Where the name comes to the finding from
 * its callers, the literals that they write are looked at.
 */
export function readDeviceNameFromOption(finding: Finding, context: FixContext): Offer {
  const fixes: Fix[] = [];
  const reasons = new Set<string>();
  for (const place of [finding, ...namesAt(finding, context)]) {
    const fix = readOptionAt(place, context);
    if (typeof fix === 'string') reasons.add(fix);
    else if (!fixes.some((one) => JSON.stringify(one.edits) === JSON.stringify(fix.edits))) fixes.push(fix);
  }
  return fixes.length > 0 ? fixes.slice(0, MAX_PLACES) : [...reasons].join('; ');
}

/** Where the pieces of the name stand, over all ways to the finding. */
function namesAt(finding: Finding, context: FixContext): readonly TextLocation[] {
  return (context.sitesAt?.(finding) ?? []).flatMap(({ site }) =>
    site.matches.flatMap((match) => (match.rule === finding.rule ? match.words : [])),
  );
}

function readOptionAt({ uri, range }: TextLocation, context: FixContext): Fix | string {
  const file = openFixFile(uri, context);
  if (file === null) return NOT_INDEXED;
  const { fn, nodes } = findNodePath(file.facts, range);
  const [outer, literal] = nodes.slice(-2);
  if (literal?.k !== 'str') return 'the name comes from an option already, or is put together from parts';
  const newText = optionFor(literal.v, isOnItsOwn(outer, literal));
  if (newText === null) return 'the name comes from an option already, or is put together from parts';
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const edits = replaceInLine(file, nodes, literal, newText);
  if (edits === null) return TOO_LONG;
  return {
    id: 'QF9',
    title: `Take the device name from CONF.compute.volume_device_name${fn === null ? '' : ` in ${fn.qualname}`}`,
    safe: false,
    note: 'The option has to name the device on the cloud under test.',
    edits,
    // The name still is one of the guest's; only who chooses it changes.
    keepsFinding: true,
    mayLeave: ['IL213'],
  };
}

/** Where a `%` expression needs no parentheses: as an argument or the value of an assignment. */
function isOnItsOwn(outer: SyntaxNode | undefined, literal: Expr): boolean {
  if (outer?.k === 'call') return outer.args.includes(literal) || outer.kw.some(({ value }) => value === literal);
  return outer?.k === 'assign' && outer.value === literal;
}

function optionFor(text: string, isOnItsOwn: boolean): string | null {
  if (/^(?:xv|v|s|h)d[b-z]$/.test(text)) return 'CONF.compute.volume_device_name';
  if (!/^\/dev\/(?:xv|v|s|h)d[b-z]$/.test(text)) return null;
  const path = "'/dev/%s' % CONF.compute.volume_device_name";
  return isOnItsOwn ? path : `(${path})`;
}
