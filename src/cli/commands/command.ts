import type { Arguments } from '../readArguments';
import type { CommandSpec } from '../commandTable';
import type { Terminal } from '../output';

/** Exit codes of contracts: 0 fine, 1 findings at or above the threshold, 2 bad usage or unreadable input; more with --exit-mask. */
export type ExitCode = number;

/** What a command is given. */
export interface Invocation {
  readonly spec: CommandSpec;
  readonly args: Arguments;
  readonly terminal: Terminal;
}

/** Runs one command. Throws ExitError or SourceError for exit code 2. */
export type Command = (invocation: Invocation) => Promise<ExitCode>;
