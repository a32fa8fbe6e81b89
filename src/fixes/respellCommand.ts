import type { Finding } from '../model/finding';
import type { RuleMatch, WordEdit } from '../model/guestSite';
import type { TextEdit } from '../model/text';
import { applyEdits } from '../model/textEdits';
import { TOO_LONG } from './askInstead';
import {
  MAX_COLUMNS,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  textBefore,
  textBehind,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { howFormatted } from './howFormatted';
import { findLiteralPiece, type LiteralPiece } from './literalPiece';

/** Why the catalogue knows no portable spelling for words of a rule. */
const NO_SPELLING: Readonly<Record<string, string>> = {
  IL123:
    'what echo prints hangs on more than its options: no word or several words, an escape that only some shells know, or quotes inside quotes',
  IL126:
    'only the shell knows `command -v`: which is run by another command, with options, or for more than one known program',
  IL127: 'a file edited in place has no spelling that all guests share',
};
/** What a literal writes otherwise than the shell, or Python reads while it formats a text. */
const SPECIAL = /['"\\%{}]/;
const FROM_PARTS = 'the words are put together from parts';

/**
 * Words that POSIX spells otherwise (`echo -e`, `head -1`, `&>`) get the portable spelling which the catalogue gave with the match. Every
 * way to the words has to ask for the same spelling, and nothing else is touched.
 */
export function respellCommand(finding: Finding, context: FixContext): Offer {
  const matches = findMatches(finding, context);
  if (matches.length === 0 || matches.some((match) => isInParts(match, context))) return FROM_PARTS;
  const found = matches.map(({ respelling }) => respelling ?? null);
  const [first = null] = found;
  if (first === null || found.includes(null)) return NO_SPELLING[finding.rule] ?? FROM_PARTS;
  if (new Set(found.map((one) => JSON.stringify(one))).size > 1)
    return 'the text comes out different for different callers, and each takes another spelling';
  const edits = writeEdits(first, context);
  if (typeof edits === 'string') return edits;
  return [
    {
      id: 'portable-spelling',
      title: describe(first),
      safe: true,
      note: null,
      edits,
      mayLeave: ['IL111'],
    },
  ];
}

/** The match of the finding as each way to it has it. */
function findMatches(finding: Finding, context: FixContext): RuleMatch[] {
  const sites = context.sitesAt?.(finding) ?? [];
  const isIt = ({ rule, words: [first] }: RuleMatch): boolean =>
    rule === finding.rule && first?.uri === finding.uri && first.range.start === finding.range.start;
  return sites.flatMap(({ site }) => site.matches.filter(isIt));
}

/** True where a word has more than one place, or its place does not show it as it is. */
function isInParts({ words, subject }: RuleMatch, context: FixContext): boolean {
  const known = subject.split(' ');
  return words.some(({ uri, range }) => !known.includes(context.text(uri)?.slice(range.start, range.end) ?? ''));
}

function describe(respelling: readonly WordEdit[]): string {
  const old = respelling.map(({ replaced }) => replaced).join('');
  const fresh = respelling.map(({ newText }) => newText).join(' …');
  return `Write \`${fresh}\` instead of \`${old}\`, as POSIX has it`;
}

/** The edits as the literals around them take them, or why not. */
function writeEdits(respelling: readonly WordEdit[], context: FixContext): readonly TextEdit[] | string {
  const edits: TextEdit[] = [];
  for (const wanted of respelling) {
    const file = openFixFile(wanted.uri, context);
    if (file === null) return NOT_INDEXED;
    const { start, end } = wanted.range;
    if (file.text.slice(start, end) !== wanted.replaced) return FROM_PARTS;
    const piece = findLiteralPiece(file, wanted.range);
    if (piece === null && SPECIAL.test(wanted.newText)) return FROM_PARTS;
    const newText = piece === null ? wanted.newText : escapeFor(piece, wanted.newText, file);
    if (newText === null) return 'the text is kept, and may be formatted before it is run';
    edits.push({ uri: wanted.uri, range: wanted.range, newText });
  }
  return fitLines(edits, context);
}

/** Shell text as it is written inside the piece: no quote of the literal, backslashes and percent signs doubled where Python reads them. */
function escapeFor(piece: LiteralPiece, shellText: string, file: FixFile): string | null {
  // The catalogue writes single quotes; the words in them mean the same in double ones.
  const quoted = piece.quote.startsWith("'") ? shellText.replaceAll("'", '"') : shellText;
  const escaped = piece.prefix.includes('r') ? quoted : quoted.replaceAll('\\', '\\\\');
  if (!escaped.includes('%')) return escaped;
  const reading = howFormatted(piece, file);
  return reading === null ? null : reading === 'percent' ? escaped.replaceAll('%', '%%') : escaped;
}

/** Every line that the edits touch has to stay within the limit; a piece that begins its line may be broken behind the edit. */
function fitLines(edits: readonly TextEdit[], context: FixContext): readonly TextEdit[] | string {
  const fitting: TextEdit[] = [];
  for (const edit of edits) {
    const file = openFixFile(edit.uri, context);
    if (file === null) return NOT_INDEXED;
    const others = edits.filter((one) => one !== edit && one.uri === edit.uri);
    const broken = fits(file, edit, others) ? edit : breakBehind(file, edit);
    if (broken === null || !fits(file, broken, others)) return TOO_LONG;
    fitting.push(broken);
  }
  return fitting;
}

function fits(file: FixFile, edit: TextEdit, others: readonly TextEdit[]): boolean {
  const start = edit.range.start - textBefore(file, edit.range.start).length;
  const end = edit.range.end + textBehind(file, edit.range.end).length;
  const own = [edit, ...others.filter(({ range }) => start <= range.start && range.end <= end)];
  const moved = own.map((one) => ({ ...one, range: { start: one.range.start - start, end: one.range.end - start } }));
  const lines = applyEdits(file.text.slice(start, end), moved).split(/\r?\n/);
  const before = file.text.slice(start, end).split(/\r?\n/);
  return lines.every((line) => line.length <= MAX_COLUMNS || before.includes(line));
}

/** Closes the piece behind the new words and opens it again on the next line, where brackets let the literal go on there. */
function breakBehind(file: FixFile, edit: TextEdit): TextEdit | null {
  const piece = findLiteralPiece(file, edit.range);
  if (piece === null || piece.quote.length > 1 || file.text.charAt(edit.range.end) !== ' ') return null;
  const { literal, around, prefix, quote, start } = piece;
  const indent = textBefore(file, start);
  const goesOn = file.text.slice(literal.s, literal.e).includes('\n') || around[around.length - 1]?.k === 'call';
  if (indent.trim() !== '' || !goesOn) return null;
  const newText = `${edit.newText} ${quote}${newlineOf(file)}${indent}${prefix}${quote}`;
  return { ...edit, range: { start: edit.range.start, end: edit.range.end + 1 }, newText };
}
