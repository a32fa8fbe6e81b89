import type { GuestLevel } from '../model/guestLevel';
import type { GuidelineTest } from '../model/guideline';
import type { TraceEntry } from '../model/trace';

/** The level of the test that an entry leads to today; null for entries that lead nowhere, or to a test whose level is not known. */
export function mapEntryLevels(
  entries: readonly TraceEntry[],
  levelOf: (testName: string) => GuestLevel | undefined,
): (entry: GuidelineTest) => GuestLevel | null {
  const levels = new Map<GuidelineTest, GuestLevel>();
  for (const { entry, target } of entries) {
    const level = target === null ? undefined : levelOf(target.name);
    if (level !== undefined) levels.set(entry, level);
  }
  return (entry) => levels.get(entry) ?? null;
}
