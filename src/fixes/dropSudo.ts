import type { Finding } from '../model/finding';
import { findNodePath } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';

/** Commands that only read, and for which any account will do unless the file says otherwise. */
const READERS: ReadonlySet<string> = new Set(
  'cat cksum cut date df du grep head hostname id ls md5sum ps sha1sum sha256sum sort stat tail test true uname uptime wc who'.split(
    ' ',
  ),
);
/** Files and folders that most systems keep for the superuser. */
const PRIVATE = /(?:^|\s)(?:\/root|\/etc\/(?:shadow|sudoers)|\/var\/log|\/var\/lib|\/dev|\/proc\/[1-9]|\/sys)/;

/** `sudo cat FILE` → `cat FILE`: what only reads may not need the superuser, and many guests have no sudo. */
export function dropSudo(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { start, end } = finding.range;
  const { nodes } = findNodePath(file.facts, finding.range);
  const literal = nodes[nodes.length - 1];
  if (file.text.slice(start, end) !== 'sudo' || literal?.k !== 'str') return 'sudo is put together from parts';
  const rest = file.text.slice(end, Math.min(literal.e, end + 400));
  const [, blanks = '', command = ''] = /^([ \t]+)([\w.][\w.-]*)(?=[\s'";|&)]|$)/.exec(rest) ?? [];
  if (blanks === '') return 'what sudo runs is not written behind it';
  if (!READERS.has(command)) return 'what sudo runs here may need the superuser';
  const operands = /^[^;|&'"\n]*/.exec(rest.slice(blanks.length + command.length))?.[0] ?? '';
  if (PRIVATE.test(operands)) return 'what sudo reads here is kept for the superuser on most systems';
  return [
    {
      id: 'drop-sudo',
      title: `Run \`${command}\` without sudo`,
      safe: false,
      note: 'Only where the account that logs in may read what the command reads.',
      edits: [{ uri: file.uri, range: { start, end: end + blanks.length }, newText: '' }],
      mayLeave: ['IL111'],
    },
  ];
}
