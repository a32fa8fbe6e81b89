import type { Finding } from '../model/finding';
import type { GuestSite, PathStep } from '../model/guestSite';
import type { TextRange } from '../model/text';
import type { FixContext, FixFile } from './fixContext';

/** One way from a test to a finding. */
export interface Way {
  /** Runtime name of the test; "" where only the finding's own flows are known. */
  readonly test: string;
  readonly path: readonly Step[];
}

type Step = Pick<PathStep, 'uri' | 'range'>;

/** Every path on which a site is reached: the shortest from each place at which its test sets out. */
export function pathsOf(site: GuestSite): readonly (readonly PathStep[])[] {
  return site.ways?.map(({ path }) => path) ?? [site.path];
}

/** All ways to a finding: its flows, which are the shortest few, then those of every test that the index knows. */
export function waysTo(finding: Finding, context: FixContext): Way[] {
  const known = (context.sitesAt?.(finding) ?? []).flatMap(({ test, site }) =>
    pathsOf(site).map((path) => ({ test, path })),
  );
  return [...finding.flows.map((path) => ({ test: '', path })), ...known];
}

/** Places in a file from which the given tests set out for sites of a kind. */
export function startsInFile(
  file: FixFile,
  tests: readonly string[],
  isWanted: (site: GuestSite) => boolean,
  context: FixContext,
): TextRange[] {
  const starts = tests.flatMap((test) =>
    (context.demand?.(test)?.sites ?? [])
      .filter(isWanted)
      .flatMap((site) => pathsOf(site).flatMap(([first]) => (first?.uri === file.uri ? [first.range] : []))),
  );
  return [...new Map(starts.map((range) => [`${range.start} ${range.end}`, range])).values()];
}

/** True for a site that wants an SSH login, with a command or without. What only runs after a failure is none. */
export function needsLogin(site: GuestSite): boolean {
  return !site.debugOnly && (site.kind === 'ssh' || site.kind === 'login');
}
