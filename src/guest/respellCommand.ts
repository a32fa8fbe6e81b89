import type { RuleMatch, WordEdit } from '../model/guestSite';
import { baseName, type ShellCommand, type ShellWord } from '../syntax/shellModel';
import { BASH_REDIRECTION, ECHO_OPTIONS, SPELLINGS, type Spelling } from './catalogue/spellings';
import { makeMatch } from './ruleMatch';

/** What a command's surroundings say of how its text is read. */
export interface SpellingContext {
  /** The script names a shell (`#!/bin/bash`) in which `&>`, `==` and the options of echo mean what they mean there. */
  readonly namesBash: boolean;
  /** The text stands inside the quotes of a `sh -c '…'`, so that no other quote may be put into it. */
  readonly isNested: boolean;
}

/** Words of a command that POSIX spells otherwise, each with the portable spelling where it is sure to mean the same. */
export function matchSpellings(command: ShellCommand, context: SpellingContext): RuleMatch[] {
  const matches = context.namesBash ? [] : [...matchRedirections(command)];
  const { name } = command;
  if (name === null || name.hasHoles || name.expands) return matches;
  const base = baseName(name);
  if (base === 'echo' && !context.namesBash) matches.push(...matchEcho(command, name, context));
  for (const spelling of SPELLINGS) {
    if (!spelling.names.includes(base) || (spelling.rule === 'IL128' && context.namesBash)) continue;
    const word = findWord(spelling, name, command.args);
    if (word !== undefined) matches.push(spell(spelling, command, name, word));
  }
  return matches;
}

function findWord(spelling: Spelling, name: ShellWord, args: readonly ShellWord[]): ShellWord | undefined {
  const candidates = {
    name: [name],
    'first argument': args.slice(0, 1),
    option: optionsOf(args),
    argument: args,
  }[spelling.part];
  return candidates.find((word) => !word.hasHoles && !word.expands && spelling.word.test(word.text));
}

function optionsOf(args: readonly ShellWord[]): readonly ShellWord[] {
  const end = args.findIndex(({ text }) => !text.startsWith('-') || text === '--' || text === '-');
  return end < 0 ? args : args.slice(0, end);
}

function spell(spelling: Spelling, command: ShellCommand, name: ShellWord, word: ShellWord): RuleMatch {
  const subject = word === name ? name.written : `${name.written} ${word.written}`;
  const match = makeMatch(spelling.rule, subject, [word]);
  const { portable, onlyOperands, isOfTheShell } = spelling;
  const { args, wrappers } = command;
  const fits =
    (onlyOperands === undefined ||
      (args.length === onlyOperands && args.every((arg) => !arg.text.startsWith('-') && isOneWord(arg)))) &&
    (isOfTheShell !== true || wrappers.length === 0);
  if (portable === null || !fits) return match;
  const written = word === name ? portable : word.text.replace(spelling.word, portable);
  return withEdits(match, [replace([word], written)]);
}

/** `echo -e`, `-n`, `-E`: what comes out depends on the shell. */
function matchEcho({ args }: ShellCommand, name: ShellWord, { isNested }: SpellingContext): RuleMatch[] {
  const end = args.findIndex(({ text, hasHoles }) => hasHoles || !/^-[neE]+$/.test(text));
  const options = end < 0 ? args : args.slice(0, end);
  if (options.length === 0) return [];
  const operands = end < 0 ? [] : args.slice(end);
  const subject = [name, ...options].map(({ written }) => written).join(' ');
  const letters = new Set(options.flatMap(({ text }) => [...text.slice(1)]));
  return [
    withEdits(makeMatch(ECHO_OPTIONS, subject, options), respellEcho(name, options, letters, operands, isNested)),
  ];
}

/** Escapes that `printf %b` reads as `echo -e` does in every shell that takes `-e`. */
const COMMON_ESCAPES = /\\(?:[abfnrtv\\]|0[0-7]{1,3})/g;

function respellEcho(
  name: ShellWord,
  options: readonly ShellWord[],
  letters: ReadonlySet<string>,
  operands: readonly ShellWord[],
  isNested: boolean,
): (WordEdit | null)[] {
  const [operand] = operands;
  if (operand === undefined) return [];
  const isPlain = operands.every(({ text, hasHoles, expands }) => !hasHoles && !expands && !text.includes('\\'));
  const [last] = options.slice(-1);
  // Nothing for the option to do: the words say the same without it, unless they look like options themselves.
  if (isPlain && !letters.has('n') && last !== undefined && !operand.text.startsWith('-'))
    return [replace([name, ...options], name.written)];
  // printf takes each operand for itself, where echo joins them with blanks.
  if (operands.length > 1 || !isOneWord(operand)) return [];
  const reads = letters.has('e') && !letters.has('E');
  const other = operand.text.replace(COMMON_ESCAPES, '');
  if (other.includes('\\') || (!reads && operand.text.includes('\\'))) return [];
  const format = reads ? '%b' : '%s';
  if (letters.has('n')) return [replace([name, ...options], `printf ${format}`)];
  return isNested ? [] : [replace([name, ...options], `printf '${format}\\n'`)];
}

/** True where the shell makes exactly one word of it: quoted, or nothing that it would take apart or replace by file names. */
function isOneWord({ isQuoted, hasHoles, expands, text }: ShellWord): boolean {
  return isQuoted || (!hasHoles && !expands && !/[*?[{]/.test(text));
}

/** `&> file` and `&>> file`. */
function matchRedirections({ redirects }: ShellCommand): RuleMatch[] {
  return redirects.flatMap(({ operator, sign, target }) => {
    if ((operator !== '&>' && operator !== '&>>') || sign === null) return [];
    const match = makeMatch(BASH_REDIRECTION, `${operator} ${target.written}`, [sign]);
    return [withEdits(match, [replace([sign], operator.slice(1)), insertBehind(target, ' 2>&1')])];
  });
}

/** The stretch from the first to the last word; null where they stand in different places, or in none. */
function replace(words: readonly ShellWord[], newText: string): WordEdit | null {
  const ranges = words.flatMap((word) => word.ranges);
  const [first] = ranges;
  const [last] = ranges.slice(-1);
  const whole = words.every((word) => word.ranges.length === 1) && ranges.every(({ uri }) => uri === first?.uri);
  if (first === undefined || last === undefined || !whole || last.range.end < first.range.start) return null;
  const replaced = words.map(({ written }) => written).join(' ');
  return { uri: first.uri, range: { start: first.range.start, end: last.range.end }, replaced, newText };
}

/**
 * Null where the word ends with something that is not written in the source, since nobody knows where that stands, and where parts
 * of it are written in different places: another caller's part may hold a blank, and end the word elsewhere.
 */
function insertBehind({ ranges, text }: ShellWord, newText: string): WordEdit | null {
  const [last] = ranges.slice(-1);
  const pieces = text.split('{}').filter((piece) => piece !== '');
  return last === undefined || text.endsWith('{}') || ranges.length > pieces.length
    ? null
    : { uri: last.uri, range: { start: last.range.end, end: last.range.end }, replaced: '', newText };
}

function withEdits(match: RuleMatch, edits: readonly (WordEdit | null)[]): RuleMatch {
  const known = edits.filter((edit) => edit !== null);
  return known.length > 0 && known.length === edits.length ? { ...match, respelling: known } : match;
}
