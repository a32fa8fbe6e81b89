import type { Finding, Fix } from '../model/finding';
import { askApiForDisks, askApiForProcessors } from './askApi';
import { dropDeviceArgument, readDeviceNameFromOption } from './deviceName';
import type { FixContext } from './fixContext';
import { guardBlock } from './guardBlock';
import { guardTest } from './guardTest';
import { replaceHostname } from './replaceHostname';
import { suppressFinding } from './suppressFinding';
import { waitForPing } from './waitForPing';

type MakeFixes = (finding: Finding, context: FixContext) => readonly Fix[];

const FIXES: Readonly<Record<string, readonly MakeFixes[]>> = {
  IL102: [askApiForDisks],
  IL110: [replaceHostname],
  IL119: [askApiForProcessors],
  IL201: [waitForPing],
  IL213: [dropDeviceArgument, readDeviceNameFromOption],
  IL220: [guardBlock, guardTest],
};

/**
 * The ways out of a finding, best first; the last one suppresses it. Every edit is as small as it can be and keeps the
 * file compiling. A fix that cannot be sure of that is not offered.
 */
export function fixesFor(finding: Finding, context: FixContext): Fix[] {
  const makers = FIXES[finding.rule] ?? [];
  return [...makers.flatMap((make) => make(finding, context)), ...suppressFinding(finding, context)];
}
