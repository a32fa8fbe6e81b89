import { GUEST_LEVELS, type GuestLevel } from '../model/guestLevel';
import type { ReportGuideline, ReportModel } from '../report/reportModel';
import type { LevelsState } from './pageState';

/** How many tests of a guideline stand at each level; each test counts once, whatever the number of its capabilities. */
export interface LevelCounts {
  readonly guideline: ReportGuideline;
  readonly counts: Readonly<Record<GuestLevel, number>>;
  /** Names that lead to no test. */
  readonly lost: number;
}

/** The histogram of every guideline, oldest first. `required`: unflagged tests of capabilities that some component requires. */
export function countLevels(model: ReportModel, { counted, validation }: LevelsState): readonly LevelCounts[] {
  return model.guidelines.map((guideline) => {
    const entries = guideline.cells
      .filter(({ status }) => counted === 'all' || status === 'required')
      .flatMap((cell) => cell.entries)
      .filter(({ flag }) => counted === 'all' || flag === null);
    const tests = new Set(entries.flatMap(({ test }) => test ?? []));
    const counts = Object.fromEntries(GUEST_LEVELS.map((level) => [level, 0])) as Record<GuestLevel, number>;
    for (const position of tests) {
      const test = model.tests[position];
      if (test) counts[validation === 'on' ? test.level : test.levelWithValidationOff]++;
    }
    return {
      guideline,
      counts,
      lost: new Set(entries.filter(({ test }) => test === null).map(({ name }) => name)).size,
    };
  });
}
