import type { Finding, Severity } from '../model/finding';
import { openSeverities, SEVERITIES } from '../report/findingsReport';
import type { ExitCode } from './commands/command';
import type { Arguments } from './readArguments';

/** Bits of --exit-mask; 1 and 2 stay what they are without it. */
const BITS: Readonly<Record<Severity, number>> = { error: 4, warning: 8, info: 16, hint: 32 };

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
