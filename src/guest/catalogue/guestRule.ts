import type { Severity } from '../../model/finding';
import type { GuestLevel, GuestOs } from '../../model/guestLevel';

/** One portability rule: what it says, how loud, and which guest it implies. Each has a page `docs/rules/<id>.md`. */
export interface GuestRule {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** What a match demands of the guest, or null where a match says nothing about the level by itself (an assumption of its own). */
  readonly level: GuestLevel | null;
  readonly summary: string;
  /** `{subject}` is replaced by the words that matched. Statements on other systems are from knowledge, so they are hedged. */
  readonly message: string;
  /** What to use on each guest instead, or what holds there. */
  readonly rows: Readonly<Record<GuestOs, string>>;
  /** How the OpenStack API answers the same question, or null. */
  readonly api: string | null;
  /** Ids of the quick fixes that know the construct. */
  readonly fixes: readonly string[];
}

export type Row = readonly [linux: string, busybox: string, freebsd: string, illumos: string, windows: string];

/** One text per guest OS, in the order of GUEST_OSES. */
export function rows([linux, busybox, freebsd, illumos, windows]: Row): Record<GuestOs, string> {
  return { linux, busybox, freebsd, illumos, windows };
}
