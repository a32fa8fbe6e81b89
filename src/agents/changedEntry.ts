import type { PrintedEntryDiff, PrintedEntrySide } from '../report/diffReport';
import type { ChangedEntry } from './answerShapes';

/** By the order of the table of changes; a status that changed is told of the capability already, and aliases change most. */
const WEIGHTS: Readonly<Record<PrintedEntryDiff['changes'][number], number>> = {
  removed: 0,
  added: 1,
  renamed: 2,
  levelChanged: 3,
  flagChanged: 4,
  statusChanged: 5,
  aliasesChanged: 6,
};

/** Where a change stands in the order of what matters: lower is weightier. */
export function weightOf({ changes }: PrintedEntryDiff): number {
  return Math.min(...changes.map((change) => WEIGHTS[change]));
}

/** The entry without what both sides have in common. */
export function printChangedEntry({
  capability,
  test,
  id,
  changes,
  elsewhere,
  before,
  after,
}: PrintedEntryDiff): ChangedEntry {
  const head = { capability, test, id, changes, elsewhere };
  if (!before || !after) return { ...head, before: dropName(before), after: dropName(after) };
  const differ = (Object.keys(after) as (keyof PrintedEntrySide)[]).filter(
    (key) => key === 'line' || JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const pick = (side: PrintedEntrySide): Partial<PrintedEntrySide> =>
    Object.fromEntries(differ.map((key) => [key, side[key]]));
  return { ...head, before: pick(before), after: pick(after) };
}

/** The entry says the same already. */
function dropName(side: PrintedEntrySide | null): Partial<PrintedEntrySide> | null {
  if (!side) return null;
  const { line, aliases, flagged, components, level } = side;
  return { line, aliases, flagged, components, level };
}
