import type { Finding } from '../model/finding';
import { findNodePath } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';

/**
 * `ping -c4 -w4 X` → `ping -c4 X`: `-c` is what Linux, BusyBox and BSD have in common. Only where the deadline is the one option in the way,
 * and the count is written, so that ping still ends.
 */
export function dropPingDeadline(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { start, end } = finding.range;
  const written = file.text.slice(start, end);
  if (!/^-[wW]\s*\d+$/.test(written))
    return 'the guest’s ping asks for more than a deadline, or its value is put in later';
  const { nodes } = findNodePath(file.facts, finding.range);
  const literal = nodes[nodes.length - 1];
  const sites = context.sitesAt?.(finding) ?? [];
  const isAlone = sites.every(({ site }) =>
    site.matches.every(({ rule, words }) => rule !== finding.rule || words.length === 1),
  );
  if (literal?.k !== 'str' || !isAlone) return 'other options of ping stand beside the deadline';
  if (!/\bping6?\b.*\s-c\s*\d/.test(literal.v)) return 'no count is written, and without a deadline ping would not end';
  const before = file.text.charAt(start - 1) === ' ';
  const behind = file.text.charAt(end) === ' ';
  if (!before && !behind) return 'the option is put together from parts';
  return [
    {
      id: 'drop-ping-deadline',
      title: `Leave \`${written}\` out of the ping`,
      safe: false,
      note: 'An address that does not answer is waited for until every ping has timed out.',
      edits: [{ uri: file.uri, range: before ? { start: start - 1, end } : { start, end: end + 1 }, newText: '' }],
      mayLeave: ['IL111'],
    },
  ];
}
