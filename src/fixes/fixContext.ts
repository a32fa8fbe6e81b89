import type { ListedTests } from '../guideline/testList/listedTests';
import type { FunctionFacts, ModuleFacts } from '../model/facts';
import type { Fix } from '../model/finding';
import type { Guideline } from '../model/guideline';
import type { GuestSite, TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { TextLocation } from '../model/text';
import type { TestList } from '../model/testList';
import type { TraceEntry } from '../model/trace';
import type { ProfileFixFile } from './profile/fixProfile';

/** What a fix may look at. Both answer undefined for a file that is not indexed: then there is no fix. */
export interface FixContext {
  /** Current text of a file. */
  text(uri: string): string | undefined;
  /** Facts of exactly that text. */
  facts(uri: string): ModuleFacts | undefined;
  /** The method as instances of the class (`Outer.Inner`) of the file have it, from wherever in the index it comes. */
  findMethod?(uri: string, className: string, method: string): FunctionFacts | undefined;
  /** The sites at a place, once for each test that gets there. A finding's own flows are the shortest few of their paths. */
  sitesAt?(place: TextLocation): readonly ReachedBy[];
  /** Runtime names of the tests whose `def` has its name there. */
  testsDefinedAt?(place: TextLocation): readonly string[];
  /** What a test demands, by its runtime name. */
  demand?(test: string): TestDemand | undefined;
  /** The file of a module by its dotted name, when it is indexed. */
  uriOfModule?(name: string): string | undefined;
  /** The model of a guideline file. It may be of an earlier text when the file is broken now. */
  guideline?(uri: string): Guideline | undefined;
  /** A guideline file as its repository has it committed. */
  committed?(uri: string): CommittedGuideline | undefined;
  /** The entries of a guideline file joined to the tests; empty while the index is incomplete. */
  entriesOf?(uri: string): readonly TraceEntry[];
  /** The cloud profile that a file is. */
  profile?(uri: string): ProfileFixFile | undefined;
  /** The list of tests that a file is. */
  testList?(uri: string): TestList | undefined;
  /** The tests that lists are compared with. */
  listedTests?(): ListedTests;
  /** The entries of a test (by its runtime name) in the guidelines that count today: the newest dated ones and the drafts. */
  currentEntriesOf?(test: string): readonly TraceEntry[];
  /** A test by its runtime name. */
  test?(name: string): TestCase | undefined;
  /** The date of today, yyyy-mm-dd. */
  today?(): string;
}

/** A guideline as git has it: text and model of the same state. */
export interface CommittedGuideline {
  readonly text: string;
  readonly guideline: Guideline;
}

/** A site as one test comes to it. */
export interface ReachedBy {
  /** Runtime name. */
  readonly test: string;
  readonly site: GuestSite;
}

/** The ways out that one maker knows for a finding, or why it has none. A reason is a sentence without a full stop. */
export type Offer = readonly Fix[] | string;

export const NOT_INDEXED = 'the file is not indexed';

/** One file as a fix sees it. */
export interface FixFile {
  readonly uri: string;
  readonly text: string;
  readonly facts: ModuleFacts;
}

/** The file, or null when it is not there. */
export function openFixFile(uri: string, context: FixContext): FixFile | null {
  const text = context.text(uri);
  const facts = context.facts(uri);
  return text === undefined || facts === undefined ? null : { uri, text, facts };
}

/** The line end that the file uses. */
export function newlineOf(file: FixFile): string {
  return file.text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks at the start of the line on which `offset` stands. */
export function indentAt(file: FixFile, offset: number): string {
  let start = offset;
  while (start > 0 && file.text.charAt(start - 1) !== '\n') start--;
  return /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
}

/** What stands on the line of `offset` before it. */
export function textBefore(file: FixFile, offset: number): string {
  return file.text.slice(file.text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** What stands on the line of `offset` behind it, without the line end. */
export function textBehind(file: FixFile, offset: number): string {
  const end = /\r?\n|$/.exec(file.text.slice(offset))?.index ?? 0;
  return file.text.slice(offset, offset + end);
}

/** Tempest's limit (PEP 8), which its hacking checks hold. */
export const MAX_COLUMNS = 79;
