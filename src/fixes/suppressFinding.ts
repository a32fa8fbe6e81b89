import type { Finding } from '../model/finding';
import { positionAt, type TextEdit } from '../model/text';
import { findNodePath } from './findNode';
import { MAX_COLUMNS, NOT_INDEXED, openFixFile, type FixContext, type FixFile, type Offer } from './fixContext';

/**
 * `# noqa: ILnnn` at the end of the line on which the finding starts, joined to a noqa comment that is there already.
 * Refused where a comment would become part of a string or break a continued line.
 */
export function suppressFinding(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  if (finding.suppressed) return 'it is suppressed already';
  const { line } = positionAt(file.facts.lineStarts, finding.range.start);
  const edit = extendComment(file, line, finding.rule) ?? appendComment(file, line, finding.rule);
  if (edit === null) return 'a comment on this line would become part of a text or break a continued line';
  return [
    {
      id: 'noqa',
      title: `Suppress ${finding.rule} on this line`,
      safe: false,
      note: 'The finding stays listed as suppressed.',
      edits: [edit],
      onlyByHand: true,
    },
  ];
}

/** Null when the line has no noqa comment with codes. */
function extendComment(file: FixFile, line: number, rule: string): TextEdit | null {
  const comment = file.facts.suppressions.find((one) => one.line === line && one.codes.length > 0);
  const last = comment?.codes[comment.codes.length - 1];
  if (comment === undefined || last === undefined) return null;
  const written = file.text.slice(comment.range.start, comment.range.end);
  const at = written.toUpperCase().indexOf(last, written.indexOf(':'));
  if (at < 0) return null;
  const offset = comment.range.start + at + last.length;
  const separator = written.includes(', ') || comment.codes.length === 1 ? ', ' : ',';
  const start = file.facts.lineStarts[line] ?? 0;
  const width = lineEnd(file.text, start) - start;
  const isTooLong = width <= MAX_COLUMNS && width + separator.length + rule.length > MAX_COLUMNS;
  const added = isTooLong && !comment.codes.includes('E501') ? ['E501', rule] : [rule];
  const newText = added.map((code) => `${separator}${code}`).join('');
  return { uri: file.uri, range: { start: offset, end: offset }, newText };
}

function appendComment(file: FixFile, line: number, rule: string): TextEdit | null {
  if (file.facts.suppressions.some((one) => one.line === line)) return null;
  const start = file.facts.lineStarts[line] ?? 0;
  const end = lineEnd(file.text, start);
  const written = file.text.slice(start, end);
  if (written.endsWith('\\') || isInsideLiteral(file, end)) return null;
  const trimmed = start + written.trimEnd().length;
  const comment = `  # noqa: ${rule}`;
  const width = trimmed - start;
  // flake8 would complain of the comment itself.
  const isTooLong = width <= MAX_COLUMNS && width + comment.length > MAX_COLUMNS;
  const newText = isTooLong ? `  # noqa: E501,${rule}` : comment;
  return { uri: file.uri, range: { start: trimmed, end }, newText };
}

function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end++;
  return end;
}

/** True when the character at `offset` (a line end) belongs to a string's text. */
function isInsideLiteral(file: FixFile, offset: number): boolean {
  return findNodePath(file.facts, { start: offset, end: offset }).nodes.some((node) => {
    if (node.k !== 'str') return false;
    for (let i = 0; i + 3 < node.segments.length; i += 4) {
      if ((node.segments[i + 2] ?? 0) <= offset && offset < (node.segments[i + 3] ?? 0)) return true;
    }
    return false;
  });
}
