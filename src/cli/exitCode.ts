import type { Finding, Severity } from '../model/finding';
import { openSeverities, SEVERITIES } from '../report/findingsReport';
import type { OptionSpec } from './commandTable';
import type { ExitCode } from './commands/command';
import type { Arguments } from './readArguments';

/** Bits of --exit-mask; 1 and 2 stay what they are without it. */
const BITS: Readonly<Record<Severity, number>> = { error: 4, warning: 8, info: 16, hint: 32 };

/** The options of a command that reports findings. */
export const FINDING_EXIT_OPTIONS: Readonly<Record<'fail-on' | 'exit-mask', OptionSpec>> = {
  'fail-on': {
    config: { type: 'string' },
    value: 'SEVERITY',
    help: 'exit with 1 from this severity on (default: error)',
    choices: [...SEVERITIES, 'never'],
  },
  'exit-mask': {
    config: { type: 'boolean' },
    value: '',
    help: 'exit with the sum of 4 (errors), 8 (warnings), 16 (info), 32 (hints) instead of 1; all count unless --fail-on says from where',
  },
};

export const FINDING_EXIT_CODES =
  'Exit codes: 0 fine, 1 findings at or above --fail-on (or the sum of --exit-mask), 2 bad usage or input that cannot be read.';

/** The exit code for findings, by --fail-on and --exit-mask. @param known findings that a baseline holds */
export function exitCodeFor(args: Arguments, findings: readonly Finding[], known?: ReadonlySet<Finding>): ExitCode {
  const isMask = args.flag('exit-mask') === true;
  const threshold = args.text('fail-on') ?? (isMask ? 'hint' : 'error');
  if (!isSeverity(threshold)) return 0;
  const severities = openSeverities(findings, threshold, known);
  if (isMask) return severities.reduce((sum, severity) => sum + BITS[severity], 0);
  return severities.length > 0 ? 1 : 0;
}

function isSeverity(text: string): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}
