import { findInterpreter, namesShell } from './shellInterpreter';
import type { RawCommand } from './rawCommand';
import { isShellName } from './shellWrappers';
import type { RawWord } from './shellWords';

/** Programs that print their words: `echo 'lsblk' > file`. */
const PRINTERS: ReadonlySet<string> = new Set(['echo', 'printf']);

/**
 * Texts that the commands put into a file as scripts, with the command that does it: a here-document or printed word that
 * starts with a shell's `#!` line, or whose file one of the commands runs (`sh file`, `./file`, `. file`) or makes executable.
 */
export function findWrittenScripts(commands: readonly RawCommand[]): { command: RawCommand; text: RawWord }[] {
  const run = new Set(commands.flatMap(listFilesRun));
  return commands.flatMap((command) => {
    const text = command.opensShell ? undefined : findWrittenText(command);
    if (text === undefined) return [];
    const interpreter = findInterpreter(text.value);
    const isScript =
      interpreter === null ? listFilesWritten(command).some((file) => run.has(file)) : namesShell(interpreter);
    return isScript ? [{ command, text }] : [];
  });
}

function findWrittenText(command: RawCommand): RawWord | undefined {
  const body = command.redirects.find(({ operator }) => operator === '<<' || operator === '<<<');
  if (body !== undefined) return body.target;
  if (command.name === null || !PRINTERS.has(baseText(command.name))) return undefined;
  const script = command.args.find((arg) => findInterpreter(arg.value) !== null);
  return script ?? (command.args.length === 1 ? command.args[0] : undefined);
}

function listFilesWritten(command: RawCommand): string[] {
  const files = command.redirects
    .filter(({ operator }) => operator.includes('>'))
    .map(({ target }) => target.value.text);
  if (command.name !== null && baseText(command.name) === 'tee')
    files.push(...command.args.map((arg) => arg.value.text).filter((arg) => !arg.startsWith('-')));
  return files;
}

function listFilesRun({ name, args }: RawCommand): string[] {
  if (name === null) return [];
  const words = args.map((arg) => arg.value.text);
  const program = baseText(name);
  if (isShellName(program) || program === '.' || program === 'source')
    return words.filter((word) => !word.startsWith('-')).slice(0, 1);
  if (program === 'chmod' && /^(?:[0-7]*[1357][0-7]*|[augo]*\+[rwst]*x[rwst]*)$/.test(words[0] ?? ''))
    return words.slice(1);
  return name.value.text.includes('/') ? [name.value.text] : [];
}

function baseText(word: RawWord): string {
  return word.value.text.slice(word.value.text.lastIndexOf('/') + 1);
}
