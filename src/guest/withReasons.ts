import type { GuestSite, TestDemand } from '../model/guestSite';

/** The demand as it is known, its sites with the reasons that another run of the same test has found for the same paths. */
export function withReasons(known: TestDemand, explained: TestDemand): TestDemand {
  const reasons = new Map(explained.sites.map((site) => [keyOf(site), site]));
  const sites = known.sites.map((site): GuestSite => {
    const found = reasons.get(keyOf(site));
    return found ? { ...site, path: found.path, guards: found.guards } : site;
  });
  const guards = known.guards.map(
    (guard) => explained.guards.find((one) => one.condition === guard.condition && one.kind === guard.kind) ?? guard,
  );
  return { ...known, guards, sites };
}

/** Two sites with the same key are the same site, reached on the same path under the same guards. */
function keyOf({ uri, range, kind, command, path, guards }: GuestSite): string {
  const steps = path.map((step) => `${step.function} ${step.uri} ${String(step.range.start)}`);
  const conditions = guards.map(({ condition, kind: effect }) => `${condition} ${effect}`);
  return [uri, String(range.start), kind, command, ...steps, ...conditions].join('\0');
}
