import type { EvaluatedText } from '../model/commandText';
import { printText } from '../model/commandText';
import { highestLevel, type GuestLevel } from '../model/guestLevel';
import type { RuleMatch, WordRange } from '../model/guestSite';
import { baseName, type ShellCommand, type ShellScript, type ShellWord } from '../syntax/shellModel';
import { DEVICE_NAME_OPTIONS, KERNEL_IMAGE_WORDS, SHELL_KEYWORD_COMMANDS } from './catalogue/recognizers';
import { RECOMMENDED_COMMANDS } from './catalogue/intents';
import { findGuestRule } from './catalogue/rules';
import { isDeviceName } from './deviceName';
import { matchSimpleCommand, type CommandContext } from './matchSimpleCommand';
import { matchSpellings, type SpellingContext } from './respellCommand';
import { makeMatch } from './ruleMatch';
import { writtenRanges } from './writtenRanges';

/** What a site's text means: the rules that apply to it and the guest it takes. */
export interface SiteMatch {
  readonly matches: readonly RuleMatch[];
  readonly level: GuestLevel;
}

/** A command that runs in the guest over SSH. Even one of which nothing is known needs a POSIX shell. */
export function matchCommand(script: ShellScript): SiteMatch {
  const matches = matchShellText(script);
  return { matches, level: highestLevel(['posix', ...matches.map((match) => match.level)]) };
}

/**
 * A script given as user data. It needs a guest that boots; only what no other system than Linux has raises that, since
 * Tempest's default script is an aid for debugging whose failure no test notices.
 */
export function matchUserData(script: ShellScript): SiteMatch {
  const matches =
    script.interpreter === null
      ? []
      : [makeMatch('IL211', script.interpreter.written.trim(), [script.interpreter], { level: 'boot' })];
  for (const match of matchShellText(script)) {
    if (match.rule === 'IL111') continue;
    const raises = match.level === 'linux' || (match.level === 'image' && match.rule !== 'IL215');
    matches.push(raises ? match : { ...match, level: 'boot' });
  }
  return { matches, level: highestLevel(['boot', ...matches.map((match) => match.level)]) };
}

/** The name of a disk as the guest shows it (`device='/dev/vdb'`, a literal `'sda'`, the option that names one). */
export function matchDeviceName(text: EvaluatedText): SiteMatch {
  const shown = printText(text);
  const options = text.map((part) => (part.kind === 'hole' ? part.option : '')).filter((option) => option !== '');
  const named = options.find((option) => DEVICE_NAME_OPTIONS.includes(option));
  if (named === undefined && !isDeviceName(shown)) return { matches: [], level: 'boot' };
  const subject = named === undefined ? shown : shown.replace('{}', `{${named}}`);
  return { matches: [withWords('IL213', subject, writtenRanges(text))], level: 'boot' };
}

/** The name or format of an image that is a kernel, a ramdisk or a machine image beside them. */
export function matchKernelImage(text: EvaluatedText): SiteMatch {
  const shown = printText(text);
  const words = shown.toLowerCase().split(/[^a-z0-9]+/);
  const named = words.some((word) => KERNEL_IMAGE_WORDS.includes(word));
  return { matches: named ? [withWords('IL214', shown, writtenRanges(text))] : [], level: 'boot' };
}

/** A text that names CirrOS (an image file, a download address, an option's default). */
export function matchCirrosName(text: EvaluatedText): SiteMatch {
  const shown = printText(text);
  return {
    matches: shown.toLowerCase().includes('cirros') ? [withWords('IL215', shown, writtenRanges(text))] : [],
    level: 'api',
  };
}

/**
 * A way of reaching the guest that has no text to read: a login (`IL201`), a ping from the test host (`IL219`), a file
 * injection (`IL212`), the console (`IL216`, `IL217`, `IL221`) …
 * @param subject how the message names it (`SSH login`, `wait_until SSHABLE`).
 */
export function matchAccess(rule: string, subject: string, words: readonly WordRange[]): SiteMatch {
  const match = withWords(rule, subject, words);
  return { matches: [match], level: match.level };
}

/** Rules that say nothing of what the command itself is. */
const BESIDE_THE_COMMAND: ReadonlySet<string> = new Set([
  'IL108',
  'IL118',
  'IL123',
  'IL124',
  'IL125',
  'IL127',
  'IL128',
  'IL213',
  'IL215',
]);

function matchShellText(script: ShellScript): RuleMatch[] {
  const contexts = describePipelines(script);
  const bash = namesBash(script);
  const matches = script.commands.flatMap((command, i) => [
    ...matchSimpleCommand(command, contexts[i] ?? { pipelineWords: [] }),
    ...matchSpellings(command, describeShell(command, script, bash)),
  ]);
  // Plain commands beside one that a rule speaks of add nothing: the site has its say already.
  const spokenFor = matches.some((match) => !BESIDE_THE_COMMAND.has(match.rule));
  return withoutRepeats(spokenFor ? matches : [...matches, ...matchPlainCommands(script)]);
}

/** True for a bash script, and where one is on its way into the guest. */
function namesBash({ interpreter, commands }: ShellScript): boolean {
  const texts = commands.flatMap(({ args, redirects }) => [...args, ...redirects.map(({ target }) => target)]);
  return /\bbash\b/.test(interpreter?.text ?? '') || texts.some(({ text }) => /^\s*#!.*\bbash\b/.test(text));
}

function describeShell(command: ShellCommand, script: ShellScript, isBash: boolean): SpellingContext {
  const opener = findOpener(command, script);
  return {
    namesBash: isBash || (opener !== undefined && baseName(opener) === 'bash'),
    isNested: opener !== undefined,
  };
}

/** The shell of a `sh -c '…'` in whose text a command stands. */
function findOpener({ name }: ShellCommand, { commands }: ShellScript): ShellWord | undefined {
  const own = name?.ranges[0];
  if (own === undefined) return undefined;
  const opens = ({ opensShell, args }: ShellCommand): boolean =>
    opensShell &&
    args.some(({ ranges }) =>
      ranges.some(({ uri, range }) => uri === own.uri && range.start <= own.range.start && own.range.end <= range.end),
    );
  return commands.find(opens)?.name ?? undefined;
}

function matchPlainCommands(script: ShellScript): RuleMatch[] {
  const named = script.commands.flatMap(({ name, args, opensShell }) =>
    name === null || opensShell || name.text === 'sudo' ? [] : [{ name, args }],
  );
  const telling = named.filter(({ name }) => !SHELL_KEYWORD_COMMANDS.has(name.text));
  return (telling.length > 0 ? telling : named).map(({ name, args }) => {
    const line = [name, ...args].map((word) => word.text).join(' ');
    const recommended = RECOMMENDED_COMMANDS.find((command) => line === command || line.startsWith(`${command} `));
    return makeMatch('IL111', recommended ?? name.written, [name], { intent: intentOfOther(name.text, args) });
  });
}

/** A command may only tell its purpose together with its neighbours: `blkid | grep config-2`. */
function describePipelines(script: ShellScript): CommandContext[] {
  const words = new Map<number, string[]>();
  for (const command of script.commands) {
    const list = words.get(command.pipeline) ?? [];
    list.push(...command.args.map((arg) => arg.text));
    words.set(command.pipeline, list);
  }
  return script.commands.map((command) => ({ pipelineWords: words.get(command.pipeline) ?? [] }));
}

/** Purposes of plain commands, as far as their name tells. */
function intentOfOther(name: string, args: readonly ShellWord[]): string | null {
  if ((name === 'curl' || name === 'wget') && args.some((arg) => arg.text === '-V' || arg.text === '--version'))
    return 'tool-probe';
  if (name === 'which' || name === 'command' || name === 'type') return 'tool-probe';
  if (name === 'nproc' || name === 'getconf') return 'cpu-count';
  if (name === 'uname' && args.some((arg) => arg.text === '-n')) return 'hostname';
  if (name === 'sync') return 'flush';
  if (name === 'mkdir') return 'mkdir';
  if (name === 'ping' || name === 'ping6') return 'reachability';
  return null;
}

/** The same words found twice (a substitution inside a nested text) are one match. */
function withoutRepeats(matches: readonly RuleMatch[]): RuleMatch[] {
  const seen = new Set<string>();
  return matches.filter((match) => {
    const key = JSON.stringify([match.rule, match.subject, match.words]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function withWords(rule: string, subject: string, words: readonly WordRange[]): RuleMatch {
  return { rule, subject, words, level: findGuestRule(rule)?.level ?? 'boot', intent: null };
}
