import type { GuestSite } from '../model/guestSite';

/** What hangs on an option of the test run. */
export interface OptionUse {
  /** `group.option` */
  readonly name: string;
  /** How many tests are skipped when it has not the value that lets them run. */
  readonly skips: number;
  /** How many tests go on without some of what they ask of the guest. */
  readonly narrows: number;
  /** The value that lets the tests run, where all agree. */
  readonly holds: boolean | null;
}

/** A bare option or its negation; comparisons are no switches. */
const SWITCH = /^(not )?([a-z]\w*\.[a-z]\w*)$/i;

/** The options that guard guest sites, by name. Linear in the sites. @param sitesByTest the sites of each test */
export function collectOptionUses(sitesByTest: Iterable<readonly GuestSite[]>): readonly OptionUse[] {
  const uses = new Map<string, { skips: number; narrows: number; values: Set<boolean> }>();
  for (const sites of sitesByTest) {
    const kinds = new Map<string, 'skip' | 'inline'>();
    for (const { condition, kind } of sites.flatMap(({ guards }) => guards)) {
      const [, negation, name] = SWITCH.exec(condition) ?? [];
      if (name === undefined) continue;
      const use = uses.get(name) ?? { skips: 0, narrows: 0, values: new Set<boolean>() };
      uses.set(name, use);
      use.values.add(negation === undefined);
      if (kinds.get(name) !== 'skip') kinds.set(name, kind);
    }
    for (const [name, kind] of kinds) {
      const use = uses.get(name);
      if (use) use[kind === 'skip' ? 'skips' : 'narrows']++;
    }
  }
  return [...uses]
    .map(([name, { skips, narrows, values }]) => {
      const [only] = values;
      return { name, skips, narrows, holds: values.size === 1 && only !== undefined ? only : null };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The list, made when it is asked for and kept until it is told that tests have changed. */
export class OptionIndex {
  private known: readonly OptionUse[] | null = null;

  constructor(private readonly sitesByTest: () => Iterable<readonly GuestSite[]>) {}

  list(): readonly OptionUse[] {
    return (this.known ??= collectOptionUses(this.sitesByTest()));
  }

  clear(): void {
    this.known = null;
  }
}
