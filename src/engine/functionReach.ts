import type { ModuleFacts } from '../model/facts';
import { compareLevels, type GuestLevel } from '../model/guestLevel';
import type { TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { GuestIndex } from './guestIndex';
import type { FunctionReach } from './indexView';
import type { PythonIndex } from './pythonIndex';

/** Functions of a file, tests apart, that lie on a way from a test to the guest, with the highest level behind them. */
export function collectFunctionReach(
  uri: string,
  facts: ModuleFacts | undefined,
  demands: readonly TestDemand[],
  ownTests: readonly TestCase[],
): FunctionReach[] {
  if (!facts) return [];
  const testStarts = new Set(ownTests.map((test) => test.definition.nameRange.start));
  const reached = new Map<string, { level: GuestLevel; tests: Set<string> }>();
  for (const { sites, test } of demands) {
    for (const site of sites) {
      if (site.debugOnly) continue;
      for (const step of site.path) {
        if (step.uri !== uri) continue;
        const known = reached.get(step.function) ?? { level: 'api' as GuestLevel, tests: new Set<string>() };
        if (compareLevels(site.level, known.level) > 0) known.level = site.level;
        known.tests.add(test);
        reached.set(step.function, known);
      }
    }
  }
  return facts.functions.flatMap((fn) => {
    const known = reached.get(fn.qualname);
    if (!known || testStarts.has(fn.nameRange.start)) return [];
    return [{ name: fn.qualname, uri, nameRange: fn.nameRange, level: known.level, tests: [...known.tests].sort() }];
  });
}

/** The functions of each file, found when a file is asked for and kept until it is told that tests have changed. */
export class ReachIndex {
  private readonly byUri = new Map<string, readonly FunctionReach[]>();

  constructor(
    private readonly python: Pick<PythonIndex, 'facts' | 'testsDefinedIn'>,
    private readonly guest: Pick<GuestIndex, 'testsTouching' | 'demand'>,
  ) {}

  of(uri: string): readonly FunctionReach[] {
    let reach = this.byUri.get(uri);
    if (!reach) {
      const demands = this.guest.testsTouching(uri).flatMap((name) => this.guest.demand(name) ?? []);
      reach = collectFunctionReach(uri, this.python.facts(uri), demands, this.python.testsDefinedIn(uri));
      this.byUri.set(uri, reach);
    }
    return reach;
  }

  clear(): void {
    this.byUri.clear();
  }
}
