/**
 * Spellings that only some shells and tools take, each with the one that POSIX has. Where it means the same on every guest that takes
 * the first, it is `portable`; where nothing does, it is null. What `echo` and `&>` become depends on the words beside them
 * (`guest/respellCommand.ts`).
 */
export interface Spelling {
  readonly rule: string;
  /** Names of commands without their directory. */
  readonly names: readonly string[];
  /** Where the word stands: it is the command itself, its first argument, one of the options before the first operand, or any argument. */
  readonly part: 'name' | 'first argument' | 'option' | 'argument';
  /** The whole word. */
  readonly word: RegExp;
  /** `$1` stands for the first group. */
  readonly portable: string | null;
  /** How many operands, and no options, the command has to have for the respelling. */
  readonly onlyOperands?: number;
  /** True for what only the shell itself knows: nothing that runs a command by its name (`sudo`, `env`) finds it. */
  readonly isOfTheShell?: true;
}

/** Rules on spellings: they say nothing of what the command itself is. */
export const ECHO_OPTIONS = 'IL123';
export const BASH_REDIRECTION = 'IL125';

export const SPELLINGS: readonly Spelling[] = [
  { rule: 'IL124', names: ['head', 'tail'], part: 'first argument', word: /^-(\d+)$/, portable: '-n $1' },
  { rule: 'IL124', names: ['tail'], part: 'first argument', word: /^(\+\d+)$/, portable: '-n $1' },
  { rule: 'IL126', names: ['egrep'], part: 'name', word: /^/, portable: 'grep -E' },
  { rule: 'IL126', names: ['fgrep'], part: 'name', word: /^/, portable: 'grep -F' },
  {
    rule: 'IL126',
    names: ['which'],
    part: 'name',
    word: /^/,
    portable: 'command -v',
    onlyOperands: 1,
    isOfTheShell: true,
  },
  { rule: 'IL127', names: ['sed'], part: 'option', word: /^-([nsuz]*)r([nsuz]*)$/, portable: '-$1E$2' },
  { rule: 'IL127', names: ['sed'], part: 'option', word: /^(?:-[nsuzrE]*i.*|--in-place.*)$/, portable: null },
  { rule: 'IL128', names: ['test', '['], part: 'argument', word: /^==$/, portable: '=' },
];
