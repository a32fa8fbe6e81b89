import type { RawWord } from './shellWords';

/** As ShellCommand, with places in the flat text instead of source ranges: the same for every site that sends the text. */
export interface RawCommand {
  name: RawWord | null;
  args: readonly RawWord[];
  readonly assignments: readonly RawWord[];
  readonly redirects: RawRedirect[];
  wrappers: readonly RawWrapper[];
  readonly pipeline: number;
  background: boolean;
  opensShell: boolean;
}

export interface RawWrapper {
  readonly name: RawWord;
  readonly args: readonly RawWord[];
}

export interface RawRedirect {
  readonly operator: string;
  /** The operator where it is written; null for a heredoc. */
  readonly sign: RawWord | null;
  readonly target: RawWord;
}

export interface RawScript {
  readonly commands: readonly RawCommand[];
  readonly interpreter: RawWord | null;
  readonly isShell: boolean;
  readonly errors: readonly { readonly start: number; readonly end: number }[];
}
