import { SourceError } from '../engine/fileSource';
import { checkLists } from './commands/checkList';
import { checkSources } from './commands/checkSources';
import type { Command, ExitCode } from './commands/command';
import { compareGuidelines } from './commands/diff';
import { explainSubject } from './commands/explainSubject';
import { listTests } from './commands/listTests';
import { printTestList } from './commands/printTestList';
import { writeReport } from './commands/report';
import { judgeResults } from './commands/result';
import { printSummary } from './commands/rst';
import { tabulateScores } from './commands/score';
import { serveLanguage } from './commands/serveLanguage';
import { serveTools } from './commands/serveTools';
import { showLevels } from './commands/showLevels';
import { traceGuidelines } from './commands/traceGuidelines';
import { judgeWhatIf } from './commands/whatIf';
import { COMMANDS, printCommandHelp, printToolHelp, type CommandName, type CommandSpec } from './commandTable';
import { ExitError } from './exitError';
import { complain, flushErrors, survivesBrokenPipe, writeAnswer, type Terminal } from './output';
import { readArguments } from './readArguments';
import { TOOL } from './toolInfo';

const RUNNERS: Readonly<Record<CommandName, Command>> = {
  'list-tests': listTests,
  trace: traceGuidelines,
  levels: showLevels,
  check: checkSources,
  explain: explainSubject,
  tests: printTestList,
  diff: compareGuidelines,
  result: judgeResults,
  score: tabulateScores,
  rst: printSummary,
  'check-list': checkLists,
  report: writeReport,
  whatif: judgeWhatIf,
  lsp: serveLanguage,
  mcp: serveTools,
};

/** Runs the command line and gives its exit code; never throws for bad usage or unreadable input. */
async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    complain(terminal, describeFailure(error));
    return 2;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    complain(terminal, 'say what to do. "interop-lens --help" lists the commands.');
    return 2;
  }
  if (['--help', '-h', 'help'].includes(first)) return answer(terminal, printToolHelp(TOOL.version));
  if (['--version', '-V'].includes(first)) return answer(terminal, `${TOOL.version}\n`);
  const spec = COMMANDS.find(({ name }) => name === first);
  if (!spec)
    throw new ExitError(
      `${first.startsWith('-') ? 'unknown option' : 'unknown command'} ${first}. "interop-lens --help" lists the commands.`,
    );
  return runCommand(spec, rest, terminal);
}

async function runCommand(spec: CommandSpec, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const args = readArguments(spec, argv);
  if (args.flag('help')) return answer(terminal, printCommandHelp(spec));
  if (args.flag('version')) return answer(terminal, `${TOOL.version}\n`);
  return RUNNERS[spec.name]({ spec, args, terminal });
}

async function answer(terminal: Terminal, text: string): Promise<ExitCode> {
  await writeAnswer(terminal, text);
  return 0;
}

function describeFailure(error: unknown): string {
  if (error instanceof ExitError || error instanceof SourceError) return error.message;
  // Anything else is a fault of ours: the stack is what a report of it needs.
  return `internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

async function main(): Promise<void> {
  const terminal: Terminal = { stdout: process.stdout, stderr: process.stderr };
  survivesBrokenPipe(terminal);
  // Not process.exit: what is still on its way to a pipe would be cut off.
  process.exitCode = await run(process.argv.slice(2), terminal);
  await flushErrors(terminal);
}

void main();
