import { SiteMatcher, collectDemand } from '../guest/collectSites';
import { Interpreter } from '../guest/interpret/interpreter';
import { CallRecord, type RecordedCall } from '../guest/interpret/callRecord';
import { runTests } from '../guest/interpret/runTests';
import { withReasons } from '../guest/withReasons';
import { isMockedTest } from '../guest/mockedTests';
import type { GuestSite, TestDemand } from '../model/guestSite';
import type { TextLocation, TextRange } from '../model/text';
import type { TextChange } from '../model/textChange';
import type { DiscoveredTest } from '../project/discoverTests';
import type { Project, ProjectClass } from '../project/project';
import type { Grammars } from '../syntax/grammars';
import type { AnalysedTest, GuestMemory } from './guestMemory';
import { moveDemand, pointsInside } from './moveDemand';

interface Analysed extends Omit<AnalysedTest, 'demand'> {
  demand: TestDemand;
  /** Files that the demand points into. */
  touches: ReadonlySet<string>;
}

/** Methods of guest clients by the names that every tree gives them. */
const GUEST_CALLS = ['exec_command', 'validate_authentication', 'test_connection_auth'];

/** The demands of all tests, each with what it depends on, so that an edit runs again only what it can have changed. */
export class GuestIndex {
  private readonly analysed = new Map<string, Analysed>();
  private readonly touching = new Map<string, Set<string>>();
  private readonly matcher: SiteMatcher;
  private interpreter: Interpreter;
  /** Made when a test is to be explained, kept with its answers until the next change. */
  private explainer: { readonly interpreter: Interpreter; readonly answers: WeakMap<TestDemand, TestDemand> } | null =
    null;
  private readonly record = new CallRecord();
  private guestNames: ReadonlySet<string> | null = null;

  /** @param dataFile text of an indexed file that is no Python */
  constructor(
    grammars: Grammars,
    project: Project,
    private readonly dataFile: (uri: string) => string | undefined,
  ) {
    this.matcher = new SiteMatcher(grammars.newParser('bash'));
    this.interpreter = new Interpreter(project, this.dataFile, this.record);
  }

  /**
   * Starts on a project whose modules were linked anew; what is known stays until it is run again or dropped.
   * @returns keys of functions whose calls are followed now and were not before, or the other way round
   */
  setProject(project: Project): Set<string> {
    this.explainer = null;
    const before = this.interpreter.relevanceAnswers();
    this.interpreter = new Interpreter(project, this.dataFile, this.record);
    return this.interpreter.compareRelevance(before);
  }

  /** A module's bodies or places are other ones now. @returns keys of functions as by `setProject` */
  forgetModule(uri: string, changed: ReadonlySet<string>): Set<string> {
    this.matcher.forget();
    this.explainer = null;
    return this.interpreter.forgetModule(uri, changed);
  }

  /** Runs the given tests of one class. */
  analyse(cls: ProjectClass, tests: readonly DiscoveredTest[]): void {
    for (const { test } of tests) this.drop(test.name);
    if (isMockedTest(this.interpreter.project, cls)) return;
    for (const run of runTests(this.interpreter, cls, tests)) {
      const { visited, visitedByClass, callsByClass } = run;
      const demand = collectDemand(run, this.matcher);
      this.store({ demand, visited, visitedByClass, calls: Uint32Array.from(run.calls), callsByClass });
    }
  }

  /** Everything that is known now; later changes leave it alone. */
  memory(): GuestMemory {
    const tests = [...this.analysed.values()].map((test) => ({ ...test }));
    return {
      tests,
      callOf: (number) => this.record.callOf(number),
      relevance: new Map(this.interpreter.relevanceAnswers()),
    };
  }

  /**
   * Takes in what an earlier index knew, before anything is analysed; calls get new numbers.
   * @returns keys of functions as by `setProject`
   */
  restore(memory: GuestMemory, project: Project): Set<string> {
    this.interpreter = new Interpreter(project, this.dataFile, this.record);
    const numbers = new Map<number, number>();
    const take = (number: number): number => {
      let taken = numbers.get(number);
      const call = taken === undefined ? memory.callOf(number) : undefined;
      if (call) numbers.set(number, (taken = this.record.add(call)));
      return taken ?? -1;
    };
    const callSets = new Map<ReadonlySet<number>, ReadonlySet<number>>();
    for (const test of memory.tests) {
      let callsByClass = callSets.get(test.callsByClass);
      if (!callsByClass) callSets.set(test.callsByClass, (callsByClass = new Set([...test.callsByClass].map(take))));
      this.store({ ...test, calls: test.calls.map(take), callsByClass });
    }
    return this.interpreter.compareRelevance(memory.relevance);
  }

  private store({ demand, visited, visitedByClass, calls, callsByClass }: AnalysedTest): void {
    const touches = new Set<string>();
    for (const call of demand.unresolvedCalls) touches.add(call.uri);
    for (const site of demand.sites) {
      touches.add(site.uri);
      for (const step of site.path) touches.add(step.uri);
      for (const match of site.matches) for (const word of match.words) touches.add(word.uri);
      for (const word of site.written ?? []) touches.add(word.uri);
    }
    this.guestNames = null;
    this.analysed.set(demand.test, {
      demand,
      visited,
      visitedByClass,
      calls,
      callsByClass,
      touches,
    });
    for (const uri of touches) {
      let tests = this.touching.get(uri);
      if (!tests) this.touching.set(uri, (tests = new Set<string>()));
      tests.add(demand.test);
    }
  }

  drop(name: string): void {
    const known = this.analysed.get(name);
    if (!known) return;
    this.guestNames = null;
    this.analysed.delete(name);
    for (const uri of known.touches) this.touching.get(uri)?.delete(name);
  }

  /** The demand with everything that was not followed; most of it has nothing to do with the guest. */
  private rawDemand(name: string): TestDemand | undefined {
    return this.analysed.get(name)?.demand;
  }

  /** The demand of a test. Of the calls that were not followed only those count whose name leads some other test to the guest. */
  demand(name: string): TestDemand | undefined {
    const known = this.rawDemand(name);
    if (!known || known.unresolvedCalls.length === 0) return known;
    const names = (this.guestNames ??= this.collectGuestNames());
    return { ...known, unresolvedCalls: known.unresolvedCalls.filter((call) => names.has(call.text)) };
  }

  private collectGuestNames(): ReadonlySet<string> {
    const names = new Set(GUEST_CALLS);
    for (const { demand } of this.analysed.values()) {
      for (const site of demand.sites) {
        if (site.kind !== 'ssh' && site.kind !== 'login' && site.kind !== 'ping') continue;
        for (const step of site.path) names.add(step.function.slice(step.function.lastIndexOf('.') + 1));
      }
    }
    return names;
  }

  /**
   * The demand of a test with the reasons of every hop: the test is run once more, alone, by an interpreter that notes them. What is
   * said of the test stays what the index says; a site that the two runs did not find alike would be left without reasons.
   */
  explain(known: TestDemand | undefined, discovered: DiscoveredTest | undefined): TestDemand | undefined {
    if (!known || !discovered || known.sites.length === 0) return known;
    this.explainer ??= { interpreter: this.interpreter.withReasons(), answers: new WeakMap<TestDemand, TestDemand>() };
    const { interpreter, answers } = this.explainer;
    let explained = answers.get(known);
    if (!explained) {
      const [run] = runTests(interpreter, discovered.cls, [discovered]);
      explained = run ? withReasons(known, collectDemand(run, this.matcher)) : known;
      answers.set(known, explained);
    }
    return explained;
  }

  /** Every call that some test ran, each once. */
  recordedCalls(): readonly RecordedCall[] {
    const numbers = new Set<number>();
    const seen = new Set<ReadonlySet<number>>();
    for (const { calls, callsByClass } of this.analysed.values()) {
      for (const number of calls) numbers.add(number);
      // The tests of a class share their fixtures' calls.
      if (seen.has(callsByClass)) continue;
      seen.add(callsByClass);
      for (const number of callsByClass) numbers.add(number);
    }
    return [...numbers].flatMap((number) => this.record.callOf(number) ?? []);
  }

  names(): Iterable<string> {
    return this.analysed.keys();
  }

  /** The sites of each test, in no order. */
  *sitesByTest(): Iterable<readonly GuestSite[]> {
    for (const { demand } of this.analysed.values()) yield demand.sites;
  }

  /** Tests whose evidence points into the file, sorted. */
  testsTouching(uri: string): readonly string[] {
    return [...(this.touching.get(uri) ?? [])].sort();
  }

  filesTouched(): Iterable<string> {
    return this.touching.keys();
  }

  /**
   * Moves places in a file along with a change of its text.
   * @returns the tests with places inside the changed stretch: several edits in one change leave text between them that only looks changed
   */
  move(uri: string, change: TextChange): string[] {
    const lost: string[] = [];
    for (const name of this.touching.get(uri) ?? []) {
      const known = this.analysed.get(name);
      if (!known) continue;
      if (pointsInside(known.demand, uri, change)) lost.push(name);
      known.demand = moveDemand(known.demand, uri, change);
    }
    return lost;
  }

  /** Names of the tests that ran one of the functions. */
  testsVisiting(keys: ReadonlySet<string>): string[] {
    const names: string[] = [];
    for (const [name, { visited, visitedByClass }] of this.analysed) {
      for (const key of keys) {
        if (visited.has(key) || visitedByClass.has(key)) {
          names.push(name);
          break;
        }
      }
    }
    return names;
  }

  /** Names of the tests with a result that depends on one of the keys. */
  testsDependingOn(isTouched: (key: string) => boolean): string[] {
    const names: string[] = [];
    const touches = (keys: ReadonlySet<string>): boolean => {
      for (const key of keys) if (isTouched(key)) return true;
      return false;
    };
    const byClass = new Map<ReadonlySet<string>, boolean>();
    for (const [name, { visited, visitedByClass }] of this.analysed) {
      let shared = byClass.get(visitedByClass);
      if (shared === undefined) byClass.set(visitedByClass, (shared = touches(visitedByClass)));
      if (shared || touches(visited)) names.push(name);
    }
    return names;
  }

  /** Tests that reach a site which covers the place. */
  testsReaching(place: TextLocation): readonly string[] {
    const reached = this.sitesTouching(place.uri).filter(({ site }) => coversPlace(site, place));
    return [...new Set(reached.map(({ test }) => test))];
  }

  /** Sites of a file over all tests, one per place: the first test's. */
  sitesIn(uri: string): readonly GuestSite[] {
    const sites = new Map<string, GuestSite>();
    for (const { site } of this.sitesTouching(uri)) {
      const key = `${site.uri} ${String(site.range.start)} ${site.kind} ${site.command}`;
      if (!sites.has(key)) sites.set(key, site);
    }
    return [...sites.values()];
  }

  /** Sites of a file over all tests: those whose call, text or first step stands in it. */
  sitesTouching(uri: string): { site: GuestSite; test: string }[] {
    const found: { site: GuestSite; test: string }[] = [];
    for (const test of this.testsTouching(uri)) {
      for (const site of this.rawDemand(test)?.sites ?? []) {
        const isHere =
          site.uri === uri ||
          site.path[0]?.uri === uri ||
          site.matches.some((match) => match.words.some((word) => word.uri === uri)) ||
          (site.written ?? []).some((word) => word.uri === uri);
        if (isHere) found.push({ site, test });
      }
    }
    return found;
  }
}

/** A test that demands nothing: a unit test, one that never reaches a server. */
export function demandNothing(test: string): TestDemand {
  return { test, level: 'api', levelWithValidationOff: 'api', guards: [], sites: [], unresolvedCalls: [] };
}

/** True when a site's call, or words that a rule is about, overlap a place. */
export function coversPlace(site: GuestSite, { uri, range }: TextLocation): boolean {
  const overlaps = (other: TextRange): boolean => other.start < range.end && range.start < other.end;
  if (site.uri === uri && overlaps(site.range)) return true;
  return site.matches.some((match) => match.words.some((word) => word.uri === uri && overlaps(word.range)));
}
