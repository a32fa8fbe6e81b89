import { chooseFixes } from '../engine/chooseFixes';
import type { Fix } from '../model/finding';
import { applyEdits, groupByFile } from '../model/textEdits';
import type { OpenedIndex } from './openIndex';

/** `safe`: fixes that need no review. `unsafe`: suggestions too. */
export type FixMode = 'safe' | 'unsafe';

export interface PlannedFile {
  readonly uri: string;
  /** Path relative to its root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface FixPlan {
  /** Files that change, by path. */
  readonly files: readonly PlannedFile[];
  /** How many fixes were applied. */
  readonly fixes: number;
}

/** Fixes whose edits collide wait for the next pass; more passes than this would mean that fixes undo each other. */
const MAX_PASSES = 10;

/** Applies the first wanted fix of every finding in the index (not on the disk), again and again until none is left. */
export function planFixes(index: OpenedIndex, mode: FixMode): FixPlan {
  const { view, places } = index;
  const before = new Map<string, string>();
  let fixes = 0;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const findings = view.files().flatMap(({ uri }) => [...view.findings(uri)]);
    const { taken } = chooseFixes(
      findings,
      (finding) => view.fixes(finding),
      (fix) => isWanted(fix, mode),
    );
    if (taken.length === 0) break;
    fixes += taken.length;
    for (const [uri, edits] of groupByFile(taken.flatMap(({ fix }) => fix.edits))) {
      const text = view.text(uri) ?? '';
      if (!before.has(uri)) before.set(uri, text);
      index.setText(uri, applyEdits(text, edits));
    }
  }
  const files = [...before]
    .map(([uri, text]) => ({ uri, path: places.pathOf(uri), before: text, after: view.text(uri) ?? '' }))
    .filter((file) => file.before !== file.after)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, fixes };
}

/** A finding is never silenced unasked, and a tag or a flag is no fix of it. */
function isWanted(fix: Fix, mode: FixMode): boolean {
  return fix.safe || (mode === 'unsafe' && fix.onlyByHand !== true);
}
