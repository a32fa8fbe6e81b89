import type { Finding } from '../model/finding';
import {
  MAX_COLUMNS,
  NOT_INDEXED,
  openFixFile,
  textBefore,
  textBehind,
  type FixContext,
  type Offer,
} from './fixContext';

/** QF4: `set -eu -o pipefail;` → `set -eu;`, which every POSIX shell takes; in the default of the option, or where a command adds it. */
export function dropPipefail(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const lineStart = finding.range.start - textBefore(file, finding.range.start).length;
  const lineEnd = finding.range.end + textBehind(file, finding.range.end).length;
  const line = file.text.slice(lineStart, lineEnd);
  const [found, ...more] = [...line.matchAll(/\bset((?: -[a-z]+)*) -([a-z]*)o pipefail\b/g)];
  if (found === undefined || more.length > 0) return 'the prologue is put together from parts';
  const [whole, options = '', letters = ''] = found;
  const kept = `${options}${letters === '' ? '' : ` -${letters}`}`;
  if (kept === '') return 'nothing would be left of `set`';
  const start = lineStart + found.index;
  if (line.length - whole.length + `set${kept}`.length > MAX_COLUMNS && line.length <= MAX_COLUMNS)
    return 'a line would be longer than 79 columns';
  return [
    {
      id: 'QF4',
      title: 'Leave `pipefail` out of the prologue',
      safe: false,
      note: 'A failure in the middle of a pipeline is no longer noticed. A cloud does the same with `ssh_shell_prologue = set -eu; PATH=$$PATH:/sbin:/usr/sbin;` in tempest.conf.',
      edits: [{ uri: file.uri, range: { start, end: start + whole.length }, newText: `set${kept}` }],
    },
  ];
}
