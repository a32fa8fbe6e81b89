import type { Arguments } from '../readArguments';
import type { CommandSpec } from '../commandTable';
import type { Terminal } from '../output';

/** Exit codes of contracts: fine, findings at or above the threshold, bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** What a command is given. */
export interface Invocation {
  readonly spec: CommandSpec;
  readonly args: Arguments;
  readonly terminal: Terminal;
}

/** Runs one command. Throws ExitError or SourceError for exit code 2. */
export type Command = (invocation: Invocation) => Promise<ExitCode>;
