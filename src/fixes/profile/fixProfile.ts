import type { Finding, Fix } from '../../model/finding';
import { positionAt, type TextEdit } from '../../model/text';
import { findYamlNoqas } from '../../policy/profile/profileTree';
import type { ProfileGap, ReadProfile } from '../../policy/profile/readProfile';

/** A profile file as fixes see it: text and reading of the same state. */
export interface ProfileFixFile extends ReadProfile {
  readonly uri: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** What is written for a missing key, to be looked at; keys without one have no value that could be meant. */
const FIRST_VALUES: Readonly<Record<string, string>> = {
  name: 'unnamed',
  virtualization: 'vm',
  guests: '[]',
  imageUpload: 'none',
  reachability: '[]',
  os: 'linux',
};

/**
 * The ways out of a finding of a cloud profile: the word that is meant (IL511, IL512), the missing key (IL513), the declaration that fits
 * the rest (IL515), and in YAML a `# noqa`.
 */
export function fixProfile(finding: Finding, file: ProfileFixFile): Fix[] {
  return [
    ...correctWord(finding, file),
    ...addKey(finding, file),
    ...makeFit(finding, file),
    ...suppress(finding, file),
  ];
}

function correctWord({ rule, range }: Finding, file: ProfileFixFile): Fix[] {
  const slip = file.slips.find((one) => one.range.start === range.start && one.range.end === range.end);
  if (!slip || (rule !== 'IL511' && rule !== 'IL512')) return [];
  const written = file.text.slice(range.start, range.end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const newText = `${quote}${slip.meant}${quote}`;
  return [{ title: `Write "${slip.meant}"`, safe: true, note: null, edits: [{ uri: file.uri, range, newText }] }];
}

function addKey({ rule, range, message }: Finding, file: ProfileFixFile): Fix[] {
  if (rule !== 'IL513') return [];
  const gap = file.gaps.find((one) => one.range.start === range.start && message.includes(`"${one.key}"`));
  const value = gap && FIRST_VALUES[gap.key];
  if (!gap || value === undefined) return [];
  const start = range.start;
  const edit = { uri: file.uri, range: { start, end: start }, newText: printPair(file, gap, value) };
  return [{ title: `Add "${gap.key}: ${value}"`, safe: false, note: 'The value is to be looked at.', edits: [edit] }];
}

/** The key with its value and what parts it from the first key, before which it goes. */
function printPair({ text }: ProfileFixFile, { key, range, isFlow }: ProfileGap, value: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lineStart = Math.max(text.lastIndexOf('\n', range.start - 1), text.lastIndexOf('\r', range.start - 1)) + 1;
  // The dash of a list item stands in for blanks.
  const column = ' '.repeat(range.start - lineStart);
  if (!isFlow) return `${key}: ${value}${eol}${column}`;
  const isJson = text.charAt(range.start) === '"';
  const pair = isJson ? `"${key}": ${value.startsWith('[') ? value : JSON.stringify(value)}` : `${key}: ${value}`;
  const before = text.slice(lineStart, range.start);
  return before.trim() === '' ? `${pair},${eol}${before}` : `${pair}, `;
}

/** A contradiction: the declaration that was told is the odd one. */
function makeFit({ rule, range }: Finding, file: ProfileFixFile): Fix[] {
  if (rule !== 'IL515') return [];
  const written = file.text.slice(range.start, range.end);
  const bare = written.replaceAll(/["']/g, '');
  const newText = bare === 'any-kernel' ? written.replace(bare, 'image') : written.startsWith('[') ? '[]' : null;
  if (newText === null) return [];
  const note = 'Or the rest of the region is what is wrong.';
  return [{ title: `Write ${newText}`, safe: false, note, edits: [{ uri: file.uri, range, newText }] }];
}

/** A comment at the end of the line on which the finding starts. Refused where it would become part of a text, and in JSON. */
function suppress(finding: Finding, file: ProfileFixFile): Fix[] {
  const { uri, text } = file;
  if (finding.suppressed || /\.json$/i.test(uri)) return [];
  const { line } = positionAt(file.lineStarts, finding.range.start);
  const edit = extendNoqa(finding, file, line) ?? appendNoqa(finding, file, line);
  const edited = text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
  const isComment = findYamlNoqas(edited).some(
    ({ range, codes }) =>
      codes.includes(finding.rule) &&
      range.start <= edit.range.start + edit.newText.length &&
      edit.range.start <= range.end,
  );
  if (!isComment) return [];
  const title = `Suppress ${finding.rule} on this line`;
  const note = 'The finding stays listed as suppressed.';
  return [{ id: 'noqa', title, safe: false, note, edits: [edit], onlyByHand: true }];
}

/** Null when the line has no noqa comment with codes. */
function extendNoqa({ rule }: Finding, { uri, text, suppressions }: ProfileFixFile, line: number): TextEdit | null {
  const comment = suppressions.find((one) => one.line === line && one.codes.length > 0);
  const last = comment?.codes.at(-1);
  if (!comment || last === undefined) return null;
  const written = text.slice(comment.range.start, comment.range.end).toUpperCase();
  const at = comment.range.start + written.indexOf(last, written.indexOf(':')) + last.length;
  return { uri, range: { start: at, end: at }, newText: `,${rule}` };
}

function appendNoqa({ rule }: Finding, { uri, text, lineStarts }: ProfileFixFile, line: number): TextEdit {
  const start = lineStarts[line] ?? 0;
  const written = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const end = start + written.length;
  const trimmed = start + written.trimEnd().length;
  return { uri, range: { start: trimmed, end }, newText: `  # noqa: ${rule}` };
}
