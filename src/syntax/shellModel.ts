import type { WordRange } from '../model/guestSite';

/** Shell text taken apart: every simple command it may run, in reading order, whatever construct it stands in. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  /** What a `#!` line names (`/bin/sh`), or null. */
  readonly interpreter: ShellWord | null;
  /** False for a script of another language (`#!/usr/bin/python3`, `#cloud-config`): its body was not read. */
  readonly isShell: boolean;
  /** Stretches that the grammar could not read, as far as they stand in source. */
  readonly errors: readonly WordRange[];
}

/** One simple command with what stands before (wrappers) and around it. */
export interface ShellCommand {
  /** Null for a bare redirection, a bare assignment or the values of a `for`. */
  readonly name: ShellWord | null;
  readonly args: readonly ShellWord[];
  /** `NAME=value` words before the command, each as one word. */
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
  /** `sudo`, `env`, `timeout` … from the outside in; their own options in `args`. */
  readonly wrappers: readonly ShellWrapper[];
  /** Commands of one pipeline share the number. */
  readonly pipeline: number;
  readonly background: boolean;
  /** True for `sh -c …` and the like, whose text follows in commands of its own. */
  readonly opensShell: boolean;
}

export interface ShellWrapper {
  readonly name: ShellWord;
  readonly args: readonly ShellWord[];
}

export interface ShellRedirect {
  /** `<`, `>`, `>>`, `&>`, `<<<`, `<<` … */
  readonly operator: string;
  /** The operator where it is written; null for a heredoc. */
  readonly sign: ShellWord | null;
  /** The file; for a heredoc (`<<`) its body. */
  readonly target: ShellWord;
}

/** A word after quote removal. Expansions (`$x`, `$(…)`) stand in `text` as written. */
export interface ShellWord {
  /** `{}` for each hole of the evaluated text. */
  readonly text: string;
  /** The same text for a person: quotes kept. */
  readonly written: string;
  /** Where it stands in source; empty when it came from unknown parts only. */
  readonly ranges: readonly WordRange[];
  readonly hasHoles: boolean;
  /** `CONF.group.option` of the holes in it that are options. */
  readonly options: readonly string[];
  /** True when the shell replaces a part of it at run time. */
  readonly expands: boolean;
  /** True when one pair of quotes holds all of it. */
  readonly isQuoted: boolean;
}

/** The last component of a command word: `/sbin/ip` → `ip`. */
export function baseName(word: ShellWord): string {
  return word.text.slice(word.text.lastIndexOf('/') + 1);
}
