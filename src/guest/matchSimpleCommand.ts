import type { RuleMatch } from '../model/guestSite';
import { baseName, type ShellCommand, type ShellWord } from '../syntax/shellModel';
import {
  COMMAND_RECOGNIZERS,
  DATA_COMMANDS,
  DEVICE_NAME_OPTIONS,
  FILE_TESTS,
  fitsPath,
  PATH_RECOGNIZERS,
  PATTERN_COMMANDS,
  WRITTEN_IMAGE_PATHS,
  type ArgumentTest,
  type CommandRecognizer,
} from './catalogue/recognizers';
import { isDeviceName } from './deviceName';
import { makeMatch } from './ruleMatch';

/** What a command's neighbours say. */
export interface CommandContext {
  /** Arguments of all commands of its pipeline. */
  readonly pipelineWords: readonly string[];
}

/**
 * The rules that apply to one simple command: at most one for the command itself, one per path among its words, one per
 * `sudo` before it.
 */
export function matchSimpleCommand(command: ShellCommand, context: CommandContext): RuleMatch[] {
  const matches: RuleMatch[] = [];
  for (const wrapper of command.wrappers) {
    if (baseName(wrapper.name) === 'sudo') matches.push(makeMatch('IL108', 'sudo', [wrapper.name]));
    if (baseName(wrapper.name) === 'ip')
      matches.push(makeMatch('IL104', wrapper.name.written, [wrapper.name], { intent: 'nic-configure' }));
  }
  const named = readName(command);
  if (named !== null) matches.push(...matchName(named, context));
  for (const word of wordsThatOpen(command, named)) {
    const match = matchPath(word, command, named);
    if (match !== null) matches.push(match);
  }
  matches.push(...matchScriptText(command));
  return matches;
}

/** A command word that recognizers can look at, with its arguments. */
interface NamedCommand {
  readonly name: string;
  readonly word: ShellWord;
  readonly args: readonly ShellWord[];
  readonly background: boolean;
}

function readName(command: ShellCommand): NamedCommand | null {
  const { name: word, args, background } = command;
  if (word === null) return null;
  // A bare hole before a command that a rule knows is most likely a prefix (`sudo`, a prologue, a path in front).
  const [first, ...rest] = args;
  if (word.text === '{}' && first !== undefined && isKnownName(baseName(first))) {
    return { name: baseName(first), word: first, args: rest, background };
  }
  // `ping{}` stands for ping and ping6.
  return { name: baseName(word).replaceAll('{}', ''), word, args, background };
}

function isKnownName(name: string): boolean {
  return COMMAND_RECOGNIZERS.some((recognizer) => fitsName(recognizer, name));
}

function matchName(command: NamedCommand, context: CommandContext): RuleMatch[] {
  const recognizer = COMMAND_RECOGNIZERS.find(
    (candidate) => fitsName(candidate, command.name) && fitsArguments(candidate.when, command.args),
  );
  if (recognizer === undefined) {
    if (command.name === 'sudo') return [makeMatch('IL108', 'sudo', [command.word])];
    if (command.background)
      return [makeMatch('IL114', `${command.word.written} &`, [command.word], { intent: 'metadata-downtime-meter' })];
    return matchCombinedPipefail(command);
  }
  const { rule, intent, level } = recognizer;
  const readsConfigDrive = rule === 'IL102' && context.pipelineWords.some((word) => word.includes('config-2'));
  if (readsConfigDrive)
    return [makeMatch('IL109', command.word.written, [command.word], { intent: 'config-drive-read' })];
  const telling = tellingArguments(recognizer, command.args);
  const words = rule === 'IL106' || rule === 'IL118' ? telling : [command.word];
  const subject = [command.word, ...telling].map((word) => word.written).join(' ');
  return [makeMatch(rule, subject, words, { intent, level })];
}

/** `set -euo pipefail` is found by its operand; nothing else of `set` is a rule's concern. */
function matchCombinedPipefail(command: NamedCommand): RuleMatch[] {
  const word = command.args.find((arg) => arg.text === 'pipefail');
  return command.name === 'set' && word !== undefined ? [makeMatch('IL118', 'pipefail', [word])] : [];
}

function fitsName(recognizer: CommandRecognizer, name: string): boolean {
  return recognizer.names.includes(name) || (recognizer.prefixes ?? []).some((prefix) => name.startsWith(prefix));
}

function fitsArguments(test: ArgumentTest | undefined, args: readonly ShellWord[]): boolean {
  if (test === undefined) return true;
  if (test.hasArguments === true && args.length === 0) return false;
  if (test.optionLetters !== undefined && !args.some((arg) => hasOption(arg, test))) return false;
  if (test.operands !== undefined && !args.some((arg) => test.operands?.includes(arg.text))) return false;
  const first = firstOperand(args);
  if (test.firstOperand !== undefined && (first === undefined || !test.firstOperand.includes(first.text))) return false;
  return test.containing === undefined || args.some((arg) => test.containing?.some((part) => arg.text.includes(part)));
}

function firstOperand(args: readonly ShellWord[]): ShellWord | undefined {
  return args.find((arg) => !arg.text.startsWith('-'));
}

function hasOption(arg: ShellWord, test: ArgumentTest): boolean {
  if (!arg.text.startsWith('-') || arg.text.startsWith('--') || test.optionLetters === undefined) return false;
  const letters = test.leadingLettersOnly === true ? arg.text.slice(1, 2) : arg.text.slice(1);
  return [...letters].some((letter) => test.optionLetters?.includes(letter));
}

/** The arguments that made the recognizer fit. */
function tellingArguments(recognizer: CommandRecognizer, args: readonly ShellWord[]): ShellWord[] {
  const test = recognizer.when;
  if (test === undefined) return [];
  return args.filter(
    (arg) =>
      hasOption(arg, test) ||
      test.operands?.includes(arg.text) === true ||
      (test.firstOperand !== undefined && arg === firstOperand(args)) ||
      test.containing?.some((part) => arg.text.includes(part)) === true,
  );
}

/** Words that name something the command (or the shell for it) opens. */
function wordsThatOpen(command: ShellCommand, named: NamedCommand | null): ShellWord[] {
  const targets = command.redirects
    .filter((redirect) => !redirect.operator.startsWith('<<'))
    .map((redirect) => redirect.target);
  return [...command.assignments, ...operandsThatOpen(command, named), ...targets];
}

function operandsThatOpen(command: ShellCommand, named: NamedCommand | null): readonly ShellWord[] {
  if (named === null) return command.args;
  if (DATA_COMMANDS.has(named.name) || command.opensShell) return [];
  const patternOptions = Object.hasOwn(PATTERN_COMMANDS, named.name) ? PATTERN_COMMANDS[named.name] : undefined;
  if (patternOptions === undefined) return [named.word, ...named.args];
  if (named.args.some((arg) => hasOption(arg, { optionLetters: patternOptions }))) return named.args;
  const pattern = named.args.findIndex((arg) => !arg.text.startsWith('-') || arg.text === '-');
  return named.args.filter((_, i) => i !== pattern);
}

function matchPath(word: ShellWord, command: ShellCommand, named: NamedCommand | null): RuleMatch | null {
  const path = pathIn(word.text);
  const recognizer = PATH_RECOGNIZERS.find((candidate) => fitsPath(candidate, path));
  if (recognizer !== undefined) {
    const written = WRITTEN_IMAGE_PATHS.some((start) => path.startsWith(start)) && writes(command, word, named);
    return makeMatch(recognizer.rule, path, [word], {
      intent: recognizer.intent,
      level: written ? 'image' : recognizer.level,
      isProbe: named !== null && FILE_TESTS.has(named.name),
    });
  }
  const option = word.options.find((name) => DEVICE_NAME_OPTIONS.includes(name));
  if (option !== undefined && path === '/dev/{}') return makeMatch('IL213', `/dev/{${option}}`, [word]);
  return path.startsWith('/dev/') && isDeviceName(path) ? makeMatch('IL213', path, [word]) : null;
}

/** The path in `/proc/x`, `if=/proc/x`, `--file=/proc/x`, `-f/proc/x` and `NAME=/proc/x`. */
function pathIn(text: string): string {
  const value = text.slice(text.indexOf('=') + 1);
  if (!value.startsWith('-')) return value;
  const slash = value.indexOf('/');
  return slash === 2 ? value.slice(slash) : value;
}

function writes(command: ShellCommand, word: ShellWord, named: NamedCommand | null): boolean {
  if (named !== null && ['tee', 'rm', 'cp', 'mv', 'sed', 'truncate'].includes(named.name)) return true;
  return command.redirects.some((redirect) => redirect.target === word && redirect.operator.includes('>'));
}

/** `echo '#!/bin/sh …' > file`: a script on its way into the guest. */
function matchScriptText(command: ShellCommand): RuleMatch[] {
  const heredocs = command.redirects
    .filter((redirect) => redirect.operator.startsWith('<<'))
    .map((redirect) => redirect.target);
  const texts = command.opensShell ? [] : [...command.args, ...heredocs];
  const script = texts.find((word) => word.text.trimStart().startsWith('#!/'));
  if (script === undefined) return [];
  const firstLine = script.text.trimStart().split('\n', 1)[0] ?? '';
  return [makeMatch('IL114', firstLine, [script], { intent: 'metadata-downtime-meter' })];
}
