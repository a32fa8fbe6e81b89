import type { GuestLevel } from '../../model/guestLevel';
import type { Guard, GuestSite, TestDemand } from '../../model/guestSite';
import { compareLevels, LEVEL_MEANING } from '../../model/guestLevel';

/** What a guest level asks of a cloud, as half a sentence. */
export function describeLevel(level: GuestLevel): string {
  return LEVEL_MEANING[level];
}

/** `linux`, or `linux (boot with validation off)` where switching validation off lowers it. */
export function levelBadge(demand: Pick<TestDemand, 'level' | 'levelWithValidationOff'>): string {
  const { level, levelWithValidationOff } = demand;
  return level === levelWithValidationOff ? level : `${level} (${levelWithValidationOff} with validation off)`;
}

/** `validation.run_validation` with what it does to the test when it does not hold. */
export function describeGuard(guard: Guard): string {
  return guard.kind === 'skip'
    ? `${guard.condition}: else the test is skipped, and a skipped test is no pass`
    : `${guard.condition}: else only this part is left out and the rest still runs`;
}

/** The site that proves a level: of that level, certain before likely, then the shortest path, then by place. */
export function pickEvidence(demand: TestDemand): GuestSite | undefined {
  return demand.sites
    .filter((site) => !site.debugOnly && site.level === demand.level)
    .sort(
      (a, b) =>
        Number(a.confidence === 'likely') - Number(b.confidence === 'likely') ||
        a.path.length - b.path.length ||
        (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0) ||
        a.range.start - b.range.start,
    )[0];
}

/** True from `linux` on: the guest has to be Linux or even one image. */
export function needsLinux(level: GuestLevel): boolean {
  return compareLevels(level, 'linux') >= 0;
}
