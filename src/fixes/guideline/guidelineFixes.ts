import type { Finding } from '../../model/finding';
import type { FixContext, Offer } from '../fixContext';
import { adoptName } from './adoptName';
import { takeLiveId, writeIdPlainly } from './correctId';
import { correctAchievement, correctKey, spellRequiredSince, takeFileName } from './correctWord';
import { bracketFlagCode, dateFlag, flagRemovedTest, mirrorFlag, renameFlagKey } from './flagTest';
import { type MakeGuidelineFixes, openGuidelineFile } from './guidelineFile';
import { defineCapability, listAsAdvisory, moveBack, unlistRepeated } from './listCapability';
import { restoreCommitted } from './restoreCommitted';
import { removeAlias, removeUselessAlias } from './removeAlias';

const MAKERS: Readonly<Record<string, MakeGuidelineFixes>> = {
  IL401: correctKey,
  IL403: spellRequiredSince,
  IL404: correctAchievement,
  IL405: defineCapability,
  IL406: listAsAdvisory,
  IL408: unlistRepeated,
  IL412: takeLiveId,
  IL413: writeIdPlainly,
  IL414: takeLiveId,
  IL415: writeIdPlainly,
  IL416: renameFlagKey,
  IL417: bracketFlagCode,
  IL419: dateFlag,
  IL420: takeFileName,
  IL424: removeUselessAlias,
  IL426: moveBack,
  IL427: moveBack,
  IL428: mirrorFlag,
  IL430: flagRemovedTest,
  IL431: takeLiveId,
  IL432: adoptName,
  IL433: adoptName,
  IL434: removeAlias,
  IL435: removeAlias,
  IL437: adoptName,
  IL440: restoreCommitted,
};

/** Rules of guidelines that have fixes. */
export const FIXED_GUIDELINE_RULES: readonly string[] = Object.keys(MAKERS);

/** The ways out of a guideline finding, best first, or why there is none. Nothing for a file that is no whole guideline. */
export function fixGuideline(finding: Finding, context: FixContext): Offer {
  const make = MAKERS[finding.rule];
  if (make === undefined) return [];
  const file = openGuidelineFile(finding.uri, context);
  return file === null ? 'the file is no guideline that can be read whole' : make(file, finding, context);
}
