import type { Finding, Fix } from '../model/finding';
import { positionAt, type TextEdit } from '../model/text';
import { findNodePath } from './findNode';
import { openFixFile, type FixContext, type FixFile } from './fixContext';

/**
 * `# noqa: ILnnn` at the end of the line on which the finding starts, joined to a noqa comment that is there already.
 * Refused where a comment would become part of a string or break a continued line.
 */
export function suppressFinding(finding: Finding, context: FixContext): Fix[] {
  const file = openFixFile(finding.uri, context);
  if (file === null || finding.suppressed) return [];
  const { line } = positionAt(file.facts.lineStarts, finding.range.start);
  const edit = extendComment(file, line, finding.rule) ?? appendComment(file, line, finding.rule);
  if (edit === null) return [];
  return [
    {
      title: `Suppress ${finding.rule} on this line`,
      safe: false,
      note: 'The finding stays listed as suppressed.',
      edits: [edit],
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
  return { uri: file.uri, range: { start: offset, end: offset }, newText: `${separator}${rule}` };
}

function appendComment(file: FixFile, line: number, rule: string): TextEdit | null {
  if (file.facts.suppressions.some((one) => one.line === line)) return null;
  const start = file.facts.lineStarts[line] ?? 0;
  const end = lineEnd(file.text, start);
  const written = file.text.slice(start, end);
  if (written.endsWith('\\') || isInsideLiteral(file, end)) return null;
  const trimmed = start + written.trimEnd().length;
  return { uri: file.uri, range: { start: trimmed, end }, newText: `  # noqa: ${rule}` };
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
