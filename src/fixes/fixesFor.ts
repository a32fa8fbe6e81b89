import { findGuestRule } from '../guest/catalogue/rules';
import type { Finding, Fix } from '../model/finding';
import { askApiForBootTime } from './askApiForBootTime';
import { askApiForDisks } from './askApiForDisks';
import { askApiForHostname } from './askApiForHostname';
import { askApiForMac } from './askApiForMac';
import { askApiForProcessors } from './askApiForProcessors';
import { dropDeviceArgument, readDeviceNameFromOption } from './deviceName';
import { dispatchBySystem } from './dispatchBySystem';
import { dropPingDeadline } from './dropPingDeadline';
import { dropPipefail } from './dropPipefail';
import { dropSudo } from './dropSudo';
import type { FixContext, Offer } from './fixContext';
import { guardBlock } from './guardBlock';
import { guardInline } from './guardInline';
import { guardTest } from './guardTest';
import { FIXED_GUIDELINE_RULES, fixGuideline } from './guideline/guidelineFixes';
import { moveToRemoteClient } from './moveToRemoteClient';
import { pingFromTestHost } from './pingFromTestHost';
import { probeTool } from './probeTool';
import { fixProfile } from './profile/fixProfile';
import { proposeFlag } from './proposeFlag';
import { rebootHard } from './rebootHard';
import { replaceHostname } from './replaceHostname';
import { skipBySystem } from './skipBySystem';
import { respellCommand } from './respellCommand';
import { skipByFeature } from './skipByFeature';
import { suppressFinding } from './suppressFinding';
import { tagTest } from './tagTest';
import { fixTraced, FIXED_TRACE_RULES } from './trace/traceFixes';
import { fixTestList } from './testList/fixTestList';
import { waitForPing } from './waitForPing';
import { whyNoneIsKnown } from './whyNoneIsKnown';

type MakeFixes = (finding: Finding, context: FixContext) => Offer;

/** Makers that look for their own construct, by rule, best first. Their reasons are the reasons why nothing is offered. */
const FIXES: Readonly<Record<string, readonly MakeFixes[]>> = {
  IL101: [askApiForBootTime],
  IL102: [askApiForDisks],
  IL104: [askApiForMac],
  IL106: [pingFromTestHost, dropPingDeadline],
  IL107: [probeTool],
  IL108: [dropSudo],
  IL110: [replaceHostname, askApiForHostname],
  IL112: [probeTool],
  IL118: [dropPipefail],
  IL119: [askApiForProcessors],
  IL123: [respellCommand],
  IL124: [respellCommand],
  IL125: [respellCommand],
  IL126: [respellCommand],
  IL127: [respellCommand],
  IL128: [respellCommand],
  IL201: [waitForPing],
  IL202: [skipByFeature],
  IL213: [dropDeviceArgument, readDeviceNameFromOption],
  IL216: [skipByFeature],
  IL217: [skipByFeature],
  IL218: [rebootHard],
  IL220: [guardBlock, guardTest],
  IL221: [skipByFeature],
};

/** Rules of sources and guidelines that have fixes of their own; each page says how safe they are. */
export const FIXED_RULES: readonly string[] = [...Object.keys(FIXES), ...FIXED_TRACE_RULES, ...FIXED_GUIDELINE_RULES];

/** Makers that may have something for any guest rule and need not say when they have not. */
const FOR_ANY: readonly MakeFixes[] = [
  guardInline,
  moveToRemoteClient,
  dispatchBySystem,
  skipBySystem,
  tagTest,
  proposeFlag,
];

/**
 * The ways out of a finding, best first; the last one suppresses it. Every edit is as small as it can be and keeps the
 * file compiling. A fix that cannot be sure of that is not offered.
 */
export function fixesFor(finding: Finding, context: FixContext): Fix[] {
  const profile = context.profile?.(finding.uri);
  if (profile) return fixProfile(finding, profile);
  const ofGuest = findGuestRule(finding.rule) ? FOR_ANY : [];
  const makers = [...(FIXES[finding.rule] ?? []), fixTraced, fixGuideline, fixListed, ...ofGuest, suppressFinding];
  return makers.flatMap((make) => {
    const offer = make(finding, context);
    return typeof offer === 'string' ? [] : [...offer];
  });
}

function fixListed(finding: Finding, context: FixContext): Offer {
  const list = context.testList?.(finding.uri);
  const text = context.text(finding.uri);
  const tests = context.listedTests?.();
  return list && text !== undefined && tests ? fixTestList(finding, list, text, tests) : [];
}

/** Why no fix of the rule's own is offered for a finding, in one sentence without a full stop; null when one is. */
export function explainRefusal(finding: Finding, context: FixContext): string | null {
  const makers = [...(FIXES[finding.rule] ?? []), fixGuideline, fixListed];
  const offers = makers.map((make) => make(finding, context));
  if (offers.some((offer) => typeof offer !== 'string' && offer.length > 0)) return null;
  const reasons = offers.filter((offer) => typeof offer === 'string');
  return [...new Set(reasons)].join('; ') || whyNoneIsKnown(finding.rule);
}
