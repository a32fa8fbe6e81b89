import type { FlagForm, WantedFlag } from '../fixes/guideline/flagForm';
import type { ListedTests } from '../guideline/testList/listedTests';
import type { Finding, Fix } from '../model/finding';
import type { Guideline, ReadProblem } from '../model/guideline';
import type { GuestLevel } from '../model/guestLevel';
import type { GuestSite, TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { TestList } from '../model/testList';
import type { TextEdit, TextPosition, TextRange } from '../model/text';
import type { TraceEntry } from '../model/trace';
import type { WhatIfInput } from '../model/whatIfInput';
import type { Rewrites } from '../model/whatIfPolicy';
import type { CallGraph } from './callGraph';
import type { SourceFile } from './fileSource';
import type { OptionUse } from './optionUses';
import type { ProfileFile } from './profileIndex';

/** A file that was left out, and why (too large, binary, unreadable, not UTF-8 …). */
export interface SkippedFile {
  readonly uri: string;
  readonly reason: string;
}

/** A function that is no test and reaches the guest, for the quiet hint above helpers. */
export interface FunctionReach {
  /** `Class.method` or `function`. */
  readonly name: string;
  readonly uri: string;
  readonly nameRange: TextRange;
  readonly level: GuestLevel;
  /** Runtime names of the tests that pass through it, sorted. */
  readonly tests: readonly string[];
}

/** A way out of a finding that stands elsewhere, made in the function from which it is reached. */
export interface OfferedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A class of a file that runs tests (its own and inherited ones). */
export interface TestClass {
  /** Qualified name inside the module. */
  readonly name: string;
  readonly nameRange: TextRange;
  readonly tests: readonly TestCase[];
}

/**
 * The read side of the engine: what adapters (server, command line) ask. Everything is sorted and deterministic.
 * While `complete` is false, links and levels are not to be shown (they could be wrong); files and tests may be.
 */
export interface IndexView {
  readonly complete: boolean;
  /** Grows by one with every change that adapters should look at again. */
  readonly version: number;
  files(): readonly SourceFile[];
  file(uri: string): SourceFile | undefined;
  /** Position of an offset in a file's current text. */
  positionAt(uri: string, offset: number): TextPosition;
  offsetAt(uri: string, position: TextPosition): number;
  /** Current text of an indexed file (open buffer or last read), or undefined. */
  text(uri: string): string | undefined;
  skipped(): readonly SkippedFile[];
  problems(): readonly ReadProblem[];
  /** Notes such as "load_tests left alone in …". */
  notes(): readonly ReadProblem[];

  tests(): readonly TestCase[];
  test(name: string): TestCase | undefined;
  /** Tests whose definition stands in the file, each definition's runtime tests together. */
  testsDefinedIn(uri: string): readonly TestCase[];
  /** Tests whose concrete class stands in the file (the definition may be elsewhere). */
  testsRunIn(uri: string): readonly TestCase[];

  /** Classes of a file that run tests, in source order. */
  testClassesIn(uri: string): readonly TestClass[];

  guidelines(): readonly Guideline[];
  guideline(uri: string): Guideline | undefined;
  trace(guidelineUri: string): readonly TraceEntry[];
  /** Every guideline entry whose target (or candidate) is this runtime test. */
  entriesForTest(name: string): readonly TraceEntry[];

  /** Plain lists of tests, by address. */
  testListFiles(): readonly TestList[];
  testList(uri: string): TestList | undefined;
  /** The tests as lists ask for them. */
  listedTests(): ListedTests;

  /** Cloud profiles of the workspace, by address. */
  profiles(): readonly ProfileFile[];
  profile(uri: string): ProfileFile | undefined;
  /** Options of the test run on which it depends what tests ask of a guest, by name. */
  options(): readonly OptionUse[];

  demand(testName: string): TestDemand | undefined;
  /** The same, with the reasons of every hop: the test is run once more for it, which takes a moment. */
  explainedDemand(testName: string): TestDemand | undefined;
  /** Guest sites whose text or call stands in the file, over all tests, one per place (the first test's evidence). */
  sitesIn(uri: string): readonly GuestSite[];
  /** Runtime tests that reach a site at this place. */
  testsReaching(uri: string, range: TextRange): readonly string[];
  functionsReaching(uri: string): readonly FunctionReach[];
  /** Who calls whom, of this version. Built when asked for. */
  calls(): Pick<CallGraph, 'functionsAt' | 'callsFrom' | 'callsTo'>;
  /** Findings of one file, sorted by place. Their `fixes` are empty: they are made when asked for. */
  findings(uri: string): readonly Finding[];
  /** The ways out of a finding, best first. */
  fixes(finding: Finding): readonly Fix[];
  /** Edits that move a capability of a draft guideline to another status, in each component that lists it. */
  moves(uri: string, capability: string): readonly Fix[];
  /**
   * The ways out of findings in other places to which a call at this place leads, as far as they edit this file alone: what a test
   * can do about a command in a helper.
   */
  fixesOnTheWay(uri: string, range: TextRange): readonly OfferedFix[];
  /** What a form for flagging the guideline entry at an offset starts with, or why it cannot be flagged. */
  flagForm(uri: string, offset: number): FlagForm | string;
  /** The edits that flag the entry at an offset, or why there are none. */
  flagEdits(uri: string, offset: number, fields: WantedFlag): readonly TextEdit[] | string;
  /** Why a guest finding has no fix of its rule's own, in a sentence without a full stop; null when it has one. */
  whyNoFix(finding: Finding): string | null;

  /**
   * The table for what-if verdicts, made when asked for and kept until the next change.
   * @param rewrites those to be tried (default: none). `all` takes seconds on a large tree
   */
  whatIf(rewrites?: Rewrites): WhatIfInput;
}
