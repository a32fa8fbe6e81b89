import type { ParseArgsConfig } from 'node:util';
import { DRAFT_KINDS } from '../policy/draftCapabilities';
import { POLICY_SWITCHES } from '../policy/readPolicy';

type OptionConfigs = NonNullable<ParseArgsConfig['options']>;
type OptionConfig = OptionConfigs[string];

/** An option as `--help` shows it and `parseArgs` reads it. */
export interface OptionSpec {
  readonly config: OptionConfig;
  /** `DIR` in `--root DIR`; "" for a switch. */
  readonly value: string;
  readonly help: string;
  /** The only values that it takes, when there are few. */
  readonly choices?: readonly string[];
  /** What it means without a value: `--fix` is `--fix=safe`. */
  readonly whenBare?: string;
}

/** A command as `--help` shows it. */
export interface CommandSpec {
  readonly name: CommandName;
  readonly summary: string;
  /** What stands behind the command's name besides options: `TEST|FILE:LINE|CAPABILITY|RULE`. */
  readonly positional: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Lines under the options. */
  readonly notes: readonly string[];
}

export const COMMAND_NAMES = [
  'list-tests',
  'trace',
  'levels',
  'check',
  'explain',
  'tests',
  'diff',
  'result',
  'score',
  'rst',
  'check-list',
  'report',
  'whatif',
  'lsp',
  'mcp',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

const ROOT: OptionSpec = {
  config: { type: 'string', multiple: true },
  value: 'DIR',
  help: 'source tree to read; may be repeated (default: the current folder)',
};

const GUIDELINE: OptionSpec = {
  config: { type: 'string', multiple: true },
  value: 'PATH',
  help: 'guideline file or folder; may be repeated (default: those found under the roots)',
};

const CACHE: OptionSpec = {
  config: { type: 'string' },
  value: 'DIR',
  help: 'folder in which the index is kept: the next run reads only what has changed since',
};

const HELP: OptionSpec = { config: { type: 'boolean', short: 'h' }, value: '', help: 'show this text' };
const VERSION: OptionSpec = { config: { type: 'boolean' }, value: '', help: 'show the version' };
const COMMON = { help: HELP, version: VERSION };

function format(choices: readonly [string, ...string[]]): OptionSpec {
  return { config: { type: 'string' }, value: 'FORMAT', help: 'how to print (default: the first)', choices };
}

/** The options of a command that reports findings. */
const FINDING_EXIT_OPTIONS: Readonly<Record<'fail-on' | 'exit-mask', OptionSpec>> = {
  'fail-on': {
    config: { type: 'string' },
    value: 'SEVERITY',
    help: 'exit with 1 from this severity on (default: error)',
    choices: ['error', 'warning', 'info', 'hint', 'never'],
  },
  'exit-mask': {
    config: { type: 'boolean' },
    value: '',
    help: 'exit with the sum of 4 (errors), 8 (warnings), 16 (info), 32 (hints) instead of 1; all count unless --fail-on says from where',
  },
};

const FINDING_EXIT_CODES =
  'Exit codes: 0 fine, 1 findings at or above --fail-on (or the sum of --exit-mask), 2 bad usage or input that cannot be read.';

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list-tests',
    summary: "list every test as Python's unittest would run it, with its ids and definition site",
    positional: '',
    options: { root: ROOT, cache: CACHE, format: format(['text', 'json']), ...COMMON },
    notes: [],
  },
  {
    name: 'trace',
    summary: 'join every guideline entry to its test: link state, source, guest level',
    positional: '',
    options: {
      root: ROOT,
      guideline: GUIDELINE,
      cache: CACHE,
      format: format(['md', 'json', 'csv', 'html']),
      ...COMMON,
    },
    notes: [],
  },
  {
    name: 'levels',
    summary: 'show what every test demands of a guest, with the sites and call paths that prove it',
    positional: '',
    options: { root: ROOT, cache: CACHE, format: format(['text', 'json']), ...COMMON },
    notes: [],
  },
  {
    name: 'check',
    summary: 'report guest-dependent commands in tests and faults in guidelines',
    positional: '',
    options: {
      root: ROOT,
      cache: CACHE,
      guideline: GUIDELINE,
      format: format(['text', 'json', 'sarif', 'github', 'gitlab']),
      ...FINDING_EXIT_OPTIONS,
      baseline: {
        config: { type: 'string' },
        value: 'FILE',
        help: 'leave out the findings that this file holds; they are told apart by rule and words, not by line number',
      },
      'write-baseline': {
        config: { type: 'string' },
        value: 'FILE',
        help: 'write the findings of now to this file, for --baseline, and report nothing',
      },
      fix: {
        config: { type: 'string' },
        value: 'unsafe',
        help: 'apply the safe fixes to the files; =unsafe: suggestions too. What is left is reported',
        choices: ['safe', 'unsafe'],
        whenBare: 'safe',
      },
      diff: {
        config: { type: 'boolean' },
        value: '',
        help: 'write nothing: print what --fix would change, as a patch for `git apply` in the root',
      },
      date: {
        config: { type: 'string' },
        value: 'YYYY-MM-DD',
        help: 'date of what a fix has to date, such as a flag (default: SOURCE_DATE_EPOCH); without one such fixes are left out',
      },
      ...COMMON,
    },
    notes: [FINDING_EXIT_CODES],
  },
  {
    name: 'explain',
    summary: 'show all evidence on a test, a line, a capability or a rule',
    positional: 'TEST|FILE:LINE|CAPABILITY|RULE',
    options: { root: ROOT, guideline: GUIDELINE, cache: CACHE, format: format(['text', 'json']), ...COMMON },
    notes: [
      'TEST is a runtime name, the end of one (Class.test_x, test_x), a name or alias of a guideline entry, or an idempotent id.',
    ],
  },
  {
    name: 'tests',
    summary: "print a guideline's test list, byte for byte as RefStack serves it",
    positional: '',
    options: {
      guideline: { ...GUIDELINE, help: 'the guideline file (default: the only one under the roots)' },
      target: {
        config: { type: 'string' },
        value: 'TARGET',
        help: 'platform (default), compute, object, dns, orchestration, or a component of the file',
      },
      type: {
        config: { type: 'string' },
        value: 'A,B',
        help: 'required, advisory, deprecated, removed (default: all)',
      },
      alias: {
        config: { type: 'boolean' },
        value: '',
        help: 'list aliases as well (default; --no-alias leaves them out)',
      },
      flag: {
        config: { type: 'boolean' },
        value: '',
        help: 'list flagged tests as well (default; --no-flag leaves them out)',
      },
      current: { config: { type: 'boolean' }, value: '', help: "print today's runtime names of the tests instead" },
      'load-list': { config: { type: 'boolean' }, value: '', help: "print what stestr's --load-list takes instead" },
      root: { ...ROOT, help: `${ROOT.help}; read for --current and --load-list` },
      cache: CACHE,
      ...COMMON,
    },
    notes: ["RefStack's lists end without a line feed, and so does this one; --current and --load-list end with one."],
  },
  {
    name: 'diff',
    summary: 'compare two guidelines: capabilities, tests (by id), flags, aliases, guest levels',
    positional: 'BEFORE AFTER',
    options: {
      git: {
        config: { type: 'string' },
        value: 'REVISION',
        help: 'compare one file with what this revision of its git repository has (HEAD, a branch, a commit)',
      },
      root: { ...ROOT, help: 'source tree for guest levels; may be repeated (default: none, no levels)' },
      cache: CACHE,
      format: format(['text', 'json', 'md']),
      ...COMMON,
    },
    notes: ['BEFORE and AFTER are guideline files of any schema; with --git, only AFTER is named.'],
  },
  {
    name: 'result',
    summary: 'judge a run against a guideline: required and non-flagged required tests, verdict per target',
    positional: '[RESULTS]',
    options: {
      guideline: { ...GUIDELINE, help: 'the guideline file (default: the only one under the roots)' },
      target: {
        config: { type: 'string', multiple: true },
        value: 'TARGET',
        help: 'platform, compute, object, dns, orchestration, or a component; may be repeated (default: all)',
      },
      root: { ...ROOT, help: 'source tree that knows the ids of bare names; may be repeated (default: none)' },
      cache: CACHE,
      format: format(['text', 'json', 'md']),
      ...COMMON,
    },
    notes: [
      'RESULTS is a subunit v2 stream, a list of passed tests, or the JSON of refstack-client; - or nothing reads standard input.',
      'Exit codes: 0 every target is met, 1 one is not, 2 bad usage or input that cannot be read.',
    ],
  },
  {
    name: 'score',
    summary: 'tabulate scores: capabilities of a guideline or of a scoring worksheet against the cutoff',
    positional: '[WORKSHEET]',
    options: {
      guideline: {
        ...GUIDELINE,
        help: 'the guideline with weights and cutoff (default: the only one under the roots)',
      },
      root: { ...ROOT, help: 'where to look for guidelines' },
      format: format(['text', 'csv', 'json']),
      ...COMMON,
    },
    notes: [
      'WORKSHEET has lines "capability: [1,1,0] [1,1,1] [0,1,1] [1,1,1] [1]" or is the CSV of this command; without it the achievements',
      "of the guideline's own capabilities are weighed. * marks scores that reach the cutoff.",
    ],
  },
  {
    name: 'rst',
    summary: 'print the summary page of a guideline as reStructuredText',
    positional: '',
    options: {
      guideline: { ...GUIDELINE, help: 'the guideline file (default: the only one under the roots)' },
      root: { ...ROOT, help: 'where to look for guidelines' },
      format: format(['rst', 'md']),
      ...COMMON,
    },
    notes: [],
  },
  {
    name: 'check-list',
    summary: 'check plain test lists: names, attributes, ids, expressions that lead to no test',
    positional: 'LIST...',
    options: {
      root: ROOT,
      cache: CACHE,
      format: format(['text', 'json', 'sarif', 'github']),
      ...FINDING_EXIT_OPTIONS,
      ...COMMON,
    },
    notes: [
      'LIST holds names as stestr, RefStack and SCS lists have them, or expressions as --include-list and --exclude-list do.',
      FINDING_EXIT_CODES,
    ],
  },
  {
    name: 'report',
    summary: 'write one page to look at: capabilities by guideline, levels over time, evidence, what-if',
    positional: '',
    options: {
      root: ROOT,
      cache: CACHE,
      guideline: GUIDELINE,
      output: {
        config: { type: 'string', short: 'o' },
        value: 'FILE',
        help: 'the HTML file to write (default: standard output)',
      },
      profile: {
        config: { type: 'string', multiple: true },
        value: 'FILE',
        help: 'a cloud for the what-if board besides the built-in ones; may be repeated',
      },
      'source-url': {
        config: { type: 'string' },
        value: 'TEMPLATE',
        help: 'where links to source lead, with {file}, {line} and {root} (default: the files, relative to the page)',
      },
      'guideline-url': {
        config: { type: 'string' },
        value: 'TEMPLATE',
        help: 'the same for links into guideline files',
      },
      ...COMMON,
    },
    notes: [
      'The page is one file, needs no network and shows the same bytes for the same input.',
      "Example: --source-url 'https://opendev.org/openstack/tempest/src/branch/master/{file}#L{line}'",
    ],
  },
  {
    name: 'whatif',
    summary: 'judge guidelines for a cloud profile under a policy: what holds, what is blocked and by which line',
    positional: '',
    options: {
      profile: {
        config: { type: 'string' },
        value: 'P',
        help: 'profile file (YAML or JSON), or the key of a built-in one',
      },
      draft: {
        config: { type: 'string' },
        value: 'C|E',
        help: 'print a patch that adds draft capabilities to draft guidelines: C, an uploaded image can be run; E, one per guest system',
        choices: DRAFT_KINDS,
      },
      'list-profiles': { config: { type: 'boolean' }, value: '', help: 'list the built-in profiles' },
      policy: {
        config: { type: 'string', multiple: true },
        value: 'SWITCH',
        help: 'a switch, or its letter (A to J); may be repeated (default: what holds today)',
      },
      root: ROOT,
      cache: CACHE,
      guideline: GUIDELINE,
      format: format(['text', 'json', 'md']),
      ...COMMON,
    },
    notes: [
      'Switches:',
      ...POLICY_SWITCHES.map(
        ({ name, action, value, about }) =>
          `  ${action ?? ' '}  ${value === '' ? name : `${name}=${value}`}\n       ${about}`,
      ),
    ],
  },
  {
    name: 'lsp',
    summary: 'run the language server for an editor',
    positional: '',
    options: {
      stdio: {
        config: { type: 'boolean' },
        value: '',
        help: 'speak the Language Server Protocol on standard input and output',
      },
      ...COMMON,
    },
    notes: [],
  },
  {
    name: 'mcp',
    summary: 'answer questions of language models over the Model Context Protocol (reads only)',
    positional: '',
    options: { root: ROOT, guideline: GUIDELINE, cache: CACHE, ...COMMON },
    notes: [
      'It speaks on standard input and output and ends with its input; docs/agents.md shows how to set up a client.',
    ],
  },
];

/** The help of the whole tool. */
export function printToolHelp(version: string): string {
  return [
    `interop-lens ${version}: what OpenStack interoperability tests demand of a guest`,
    '',
    'Usage: interop-lens COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(11)} ${command.summary}`),
    '',
    'interop-lens COMMAND --help lists the options of a command.',
    FINDING_EXIT_CODES,
    '',
  ].join('\n');
}

/** The help of one command. */
export function printCommandHelp(command: CommandSpec): string {
  const usage = ['interop-lens', command.name, ...(command.positional ? [command.positional] : []), '[OPTIONS]'].join(
    ' ',
  );
  const rows = Object.entries(command.options).map(([name, option]) => ({
    left: `${option.config.short ? `-${option.config.short}, ` : ''}--${name}${printValue(option)}`,
    right:
      option.choices && option.whenBare === undefined ? `${option.help}: ${option.choices.join(', ')}` : option.help,
  }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [
    `Usage: ${usage}`,
    '',
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    '',
    'Options:',
    ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`),
    ...(command.notes.length > 0 ? ['', ...command.notes] : []),
    '',
  ].join('\n');
}

function printValue({ value, whenBare }: OptionSpec): string {
  if (value === '') return '';
  return whenBare === undefined ? ` ${value}` : `[=${value}]`;
}
