import type { Finding, Fix } from '../model/finding';
import type { TextLocation } from '../model/text';
import { findNodePath } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';

/** `type='SOFT'` → `type='HARD'`: the server is reset, whatever its guest listens to. In a caller too, where the word stands there. */
export function rebootHard(finding: Finding, context: FixContext): Offer {
  const fixes: Fix[] = [];
  const reasons = new Set<string>();
  for (const place of [finding, ...wordsAt(finding, context)]) {
    const fix = rebootHardAt(place, context);
    if (typeof fix === 'string') reasons.add(fix);
    else if (!fixes.some((one) => JSON.stringify(one.edits) === JSON.stringify(fix.edits))) fixes.push(fix);
  }
  return fixes.length > 0 ? fixes : [...reasons].join('; ');
}

function wordsAt(finding: Finding, context: FixContext): readonly TextLocation[] {
  return (context.sitesAt?.(finding) ?? []).flatMap(({ site }) =>
    site.matches.flatMap(({ rule, words }) => (rule === finding.rule ? words : [])),
  );
}

function rebootHardAt({ uri, range }: TextLocation, context: FixContext): Fix | string {
  const file = openFixFile(uri, context);
  if (file === null) return NOT_INDEXED;
  const { fn, nodes } = findNodePath(file.facts, range);
  const [parent, literal] = nodes.slice(-2);
  const at = literal?.k === 'str' && literal.v === 'SOFT' ? file.text.indexOf('SOFT', literal.s) : -1;
  if (literal === undefined || at < 0 || at >= literal.e) return 'the kind of reboot is not written at the call';
  if (parent?.k === 'if') return 'both kinds of reboot stand here, and the caller chooses';
  if (parent?.k === 'dict' || parent?.k === 'cmp') return 'the word is more than the kind of one reboot';
  if (fn !== null && /soft/i.test(fn.name)) return `the soft reboot is what ${fn.name} is for`;
  return {
    id: 'hard-reboot',
    title: `Reboot hard${fn === null ? '' : ` in ${fn.qualname}`}`,
    safe: false,
    note: 'The server is reset from outside: it is no longer proved that the guest restarts by itself.',
    edits: [{ uri, range: { start: at, end: at + 'SOFT'.length }, newText: 'HARD' }],
  };
}
