import { parseArgs } from 'node:util';
import type { CommandSpec } from './commandTable';
import { ExitError } from './exitError';

/** The arguments of one command, checked against its table. */
export class Arguments {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    readonly positionals: readonly string[],
  ) {}

  /** A repeatable option; empty when it is not given. */
  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A switch, or undefined when it is not given (`--no-x` gives false). */
  flag(name: string): boolean | undefined {
    const value = this.values[name];
    return typeof value === 'boolean' ? value : undefined;
  }
}

/**
 * Reads what stands behind a command's name.
 * @throws ExitError for an unknown option, a missing value, a value that is none of the choices, an unexpected argument.
 */
export function readArguments(command: CommandSpec, argv: readonly string[]): Arguments {
  const parsed = parse(command, argv);
  for (const [name, option] of Object.entries(command.options)) {
    const value = parsed.values[name];
    if (!option.choices || typeof value !== 'string' || option.choices.includes(value)) continue;
    throw usageError(command, `--${name} cannot be "${value}"; it takes ${option.choices.join(', ')}`);
  }
  if (command.positional === '' && parsed.positionals.length > 0) {
    const hint = 'root' in command.options ? ' Name source folders with --root.' : '';
    throw usageError(command, `unexpected argument "${parsed.positionals[0]}"`, hint);
  }
  return new Arguments(parsed.values, parsed.positionals);
}

/** A complaint with the way to the command's help. */
export function usageError(command: CommandSpec, complaint: string, hint = ''): ExitError {
  return new ExitError(
    `${command.name}: ${complaint}.${hint} "interop-lens ${command.name} --help" lists the options.`,
  );
}

function parse(
  command: CommandSpec,
  argv: readonly string[],
): { values: Readonly<Record<string, unknown>>; positionals: readonly string[] } {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, option]) => [name, option.config]));
  const allowNegative = 'alias' in command.options;
  try {
    return parseArgs({
      args: fillBareOptions(command, argv),
      options,
      strict: true,
      allowPositionals: true,
      allowNegative,
    });
  } catch (error) {
    throw usageError(command, describeParseError(error));
  }
}

function describeParseError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const option = /'(-[^' ]*)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `unknown option ${option}`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && message.includes('missing')) return `${option} needs a value`;
  return (message.split('. ')[0] ?? message).replace(/\.$/, '').replace(/\s+/g, ' ');
}

/** `--fix` → `--fix=safe`: parseArgs has no options whose value may be missing. */
function fillBareOptions(command: CommandSpec, argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((arg, i) => {
    const bare = arg.startsWith('--') && (end < 0 || i < end) ? command.options[arg.slice(2)]?.whenBare : undefined;
    return bare === undefined ? arg : `${arg}=${bare}`;
  });
}
