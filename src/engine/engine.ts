import { dataKey } from '../guest/interpret/dependencies';
import { explainRefusal, fixesFor } from '../fixes/fixesFor';
import { offerMoves } from '../fixes/guideline/listCapability';
import { type FlagForm, proposeFlag, type WantedFlag, writeFlag } from '../fixes/guideline/flagForm';
import type { FixContext } from '../fixes/fixContext';
import type { ListedTests } from '../guideline/testList/listedTests';
import type { Finding, Fix } from '../model/finding';
import type { Guideline, ReadProblem } from '../model/guideline';
import type { GuestSite, TestDemand } from '../model/guestSite';
import { kindOfSource } from '../model/sourceKinds';
import { isProfileName } from '../policy/profile/profileVocabulary';
import type { TestCase } from '../model/testCase';
import type { TestList } from '../model/testList';
import { offsetAt, positionAt, type TextEdit, type TextPosition, type TextRange } from '../model/text';
import { findChange } from '../model/textChange';
import type { TraceEntry } from '../model/trace';
import type { WhatIfInput } from '../model/whatIfInput';
import type { Rewrites } from '../model/whatIfPolicy';
import type { DiscoveredTest } from '../project/discoverTests';
import type { Grammars } from '../syntax/grammars';
import { CallGraph } from './callGraph';
import { findFixesOnTheWay } from './fixesOnTheWay';
import { ReachIndex } from './functionReach';
import { SourceError, type FileSource, type SourceFile } from './fileSource';
import { collectSourceFindings } from './collectSourceFindings';
import { DataFiles } from './dataFiles';
import { GuestIndex, demandNothing } from './guestIndex';
import { IndexKeeper } from './indexKeeper';
import type { IndexStore } from './indexStore';
import { listSources } from './listSources';
import { GuidelineIndex } from './guidelineIndex';
import type { FunctionReach, IndexView, OfferedFix, SkippedFile, TestClass } from './indexView';
import { makeFixContext } from './makeFixContext';
import { OptionIndex, type OptionUse } from './optionUses';
import { CancelledError, type CancellationCheck, type ProgressListener } from './progress';
import { type ProfileFile, ProfileIndex } from './profileIndex';
import { PythonIndex } from './pythonIndex';
import { decodeText, describeSize, hashText, type SkippedText } from './readText';
import type { EngineSettings } from './settings';
import { takeStaleTests } from './staleTests';
import { TestListIndex } from './testListIndex';
import { TimeSlicer } from './timeSlicer';
import { TracedTests } from './tracedTests';
import { WhatIfIndex } from './whatIfIndex';

interface KnownFile {
  readonly file: SourceFile;
  readonly source: FileSource;
  /** An editor's buffer is open: the disk is not looked at. */
  isOpen: boolean;
}

interface TextStore {
  text(uri: string): string | undefined;
  lineStarts(uri: string): readonly number[] | undefined;
}

const NOT_CANCELLED: CancellationCheck = () => false;
const NO_LINES: readonly number[] = [0];

/** The one stateful object: files, their facts, and everything joined from them. Adapters ask it through IndexView. */
export class Engine implements IndexView {
  complete = false;
  version = 0;
  private readonly known = new Map<string, KnownFile>();
  private readonly skippedFiles = new Map<string, string>();
  private readonly python: PythonIndex;
  private readonly guidelineFiles = new GuidelineIndex();
  private readonly testLists = new TestListIndex(() => this.tests());
  private readonly profileFiles = new ProfileIndex();
  private readonly data = new DataFiles();
  private readonly guest: GuestIndex;
  /** Whoever may have the text of a file; one of them has it. */
  private readonly stores: readonly TextStore[];
  private readonly traced: TracedTests;
  private readonly keeper: IndexKeeper;
  private readonly listeners = new Set<() => void>();
  private readonly findingsByUri = new Map<string, readonly Finding[]>();
  private readonly reach: ReachIndex;
  private callGraph: CallGraph | null = null;
  private readonly optionUses = new OptionIndex(() => this.guest.sitesByTest());
  private readonly whatIfIndex = new WhatIfIndex(this, (uri, text) => this.editPython(uri, text));

  constructor(
    grammars: Grammars,
    private readonly settings: EngineSettings,
  ) {
    this.python = new PythonIndex(grammars.newParser('python'));
    this.stores = [this.python, this.guidelineFiles, this.testLists, this.profileFiles, this.data];
    this.traced = new TracedTests(this.python, this.guidelineFiles);
    this.guest = new GuestIndex(grammars, this.python.project, (uri) => this.data.text(uri));
    this.reach = new ReachIndex(this.python, this.guest);
    this.keeper = new IndexKeeper({ python: this.python, data: this.data, guest: this.guest });
  }

  /**
   * Reads all sources and joins them. Files that cannot be read are listed by `skipped`.
   * @param store where an earlier session may have kept its index of the same roots: what has not changed since is taken from there
   * @throws CancelledError when `isCancelled` says so; the engine is then not to be used further
   * @throws SourceError when a root cannot be listed
   */
  async open(
    sources: readonly FileSource[],
    progress: ProgressListener = () => undefined,
    isCancelled: CancellationCheck = NOT_CANCELLED,
    store: IndexStore | null = null,
  ): Promise<void> {
    const slicer = new TimeSlicer();
    progress('list', 0, 0);
    await this.keeper.begin(sources, store);
    const listed = await listSources(sources, isCancelled);
    let done = 0;
    for (const { file, source } of listed) {
      if (isCancelled()) throw new CancelledError();
      await this.readFile(file, source);
      progress('read', ++done, listed.length);
      await slicer.rest();
    }
    await this.readNamedData();
    progress('link', 0, 0);
    this.python.link();
    await slicer.rest();
    this.linkGuidelines();
    await this.analyseAll(progress, isCancelled, slicer);
    this.complete = true;
    this.tellChanged();
  }

  /** Keeps the complete index for the next session, unless what is kept there is the same. */
  keep = (store: IndexStore): Promise<void> => this.keeper.keep(store);

  private async analyseAll(
    progress: ProgressListener,
    isCancelled: CancellationCheck,
    slicer: TimeSlicer,
  ): Promise<void> {
    const change = this.keeper.recall();
    if (!change) this.guest.setProject(this.python.project);
    const tests = change ? takeStaleTests(this.python, this.guest, change) : this.python.tests;
    const classes = [...this.python.groupByClass(tests)];
    for (const [i, [cls, group]] of classes.entries()) {
      if (isCancelled()) throw new CancelledError();
      this.guest.analyse(cls, group);
      progress('analyse', i + 1, classes.length);
      await slicer.rest();
    }
  }

  /** Reads the data files that something names and that were not read yet; they may name others. */
  private async readNamedData(): Promise<void> {
    const isMissing = (file: SourceFile): boolean => this.data.isNamed(file.path) && !this.data.has(file.uri);
    for (let wanted = true; wanted;) {
      const missing = [...this.known.values()].filter(({ file }) => isMissing(file));
      for (const { file, source } of missing) await this.readFile(file, source);
      wanted = missing.some(({ file }) => this.data.noteNames(file.path, this.data.text(file.uri) ?? ''));
    }
  }

  private async readLateData(): Promise<void> {
    await this.readNamedData();
    this.tellChanged();
  }

  private async readFile(file: SourceFile, source: FileSource): Promise<void> {
    this.skippedFiles.delete(file.uri);
    this.known.set(file.uri, { file, source, isOpen: false });
    const isData = kindOfSource(file.path) === 'template' && !isProfileName(file.path);
    if (isData && !this.data.isNamed(file.path)) return;
    if (file.size !== null && file.size > this.settings.maxFileSize) {
      this.skip(file, { skipped: describeSize(file.size, this.settings) });
      return;
    }
    try {
      const read = decodeText(await source.read(file.uri), this.settings);
      if ('skipped' in read) this.skip(file, read);
      else this.addText(file, read.text);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.skippedFiles.set(file.uri, error.message);
    }
  }

  /** Leaves a file out, and says so; in a guideline also where its reader looks. */
  private skip({ uri, path }: SourceFile, { skipped, isNoText, readable }: SkippedText): void {
    // What is no text is no list of tests either, and nobody misses it.
    if (isNoText && kindOfSource(path) === 'list') return;
    this.skippedFiles.set(uri, skipped);
    const [text, at, message] = [readable?.text ?? '', readable?.brokenAt ?? 0, `The file is not read. ${skipped}`];
    if (isProfileName(path)) this.profileFiles.refuse(uri, text, at, message);
    else if (path.endsWith('.json')) this.guidelineFiles.refuse(uri, text, at, message);
  }

  private addText(file: SourceFile, text: string): void {
    if (this.updateOther(file, text)) return;
    this.data.noteNames(file.path, text);
    const hash = hashText(text);
    this.python.add(file, text, hash, this.keeper.factsOf(file.uri, hash));
  }

  /** Takes the text of a file that is not Python; false for Python. */
  private updateOther(file: SourceFile, text: string): boolean {
    const kind = kindOfSource(file.path);
    if ((kind === 'json' || kind === 'template') && this.updateProfile(file, text)) return true;
    if (kind === 'json') this.guidelineFiles.update(file.uri, text);
    if (kind === 'list') this.testLists.update(file.uri, text);
    if (kind === 'template') this.updateData(file, text);
    return kind !== 'python';
  }

  /** Takes the text of a file that is a cloud profile; false for one that is none. */
  private updateProfile(file: SourceFile, text: string): boolean {
    if (!this.profileFiles.update(file.uri, text)) return false;
    this.guidelineFiles.remove(file.uri);
    if (this.data.has(file.uri)) this.updateData(file, null);
    return true;
  }

  /** A data file has another text: what tests made of it may be something else. */
  private updateData({ uri }: SourceFile, text: string | null): void {
    if (text === null) this.data.remove(uri);
    else this.data.update(uri, text);
    if (!this.complete) return;
    const key = new Set([dataKey(uri)]);
    const flipped = this.guest.forgetModule(uri, key);
    this.analyse(this.python.discoveredOf(this.guest.testsVisiting(new Set([...key, ...flipped]))));
  }

  private linkGuidelines(): void {
    const tests = this.python.tests.map(({ test }) => test);
    this.guidelineFiles.link(tests, this.python.topPackages());
    this.testLists.forgetTests();
    this.traced.forget();
  }

  // --- changes -----------------------------------------------------------------------------------------------------------

  /** Takes an editor's buffer for the file's text. A file outside the sources is left alone. */
  setText(uri: string, text: string, _version = 0): void {
    const known = this.known.get(uri);
    if (!known) return;
    known.isOpen = true;
    if (text.length > this.settings.maxFileSize) {
      const skipped = describeSize(text.length, this.settings);
      this.dropText(known.file, { skipped, readable: { text, brokenAt: 0 } });
    } else this.applyText(known.file, text);
  }

  /** The buffer was closed: the disk counts again. */
  closeText(uri: string): void {
    const known = this.known.get(uri);
    if (!known?.isOpen) return;
    known.isOpen = false;
    void this.refreshFile(uri);
  }

  /** A file appeared or changed on its source. */
  async refreshFile(uri: string): Promise<void> {
    const known = this.known.get(uri);
    if (!known || known.isOpen) return;
    try {
      const read = decodeText(await known.source.read(uri), this.settings);
      if (known.isOpen) return;
      if ('skipped' in read) this.dropText(known.file, read);
      else this.applyText(known.file, read.text);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.dropText(known.file, { skipped: error.message });
    }
  }

  /**
   * Looks whether a file that is not open still has the text of the index; if not, the index gets the new one.
   * @returns false when it had changed
   */
  async confirmText(uri: string): Promise<boolean> {
    const known = this.known.get(uri);
    if (!known || known.isOpen) return true;
    const before = this.text(uri);
    const now = await known.source.read(uri).then(
      (bytes) => decodeText(bytes, this.settings),
      () => null,
    );
    if (now !== null && 'text' in now && now.text === before) return true;
    await this.refreshFile(uri);
    return false;
  }

  /** A file that a source offers newly (created after `open`). */
  async addFile(file: SourceFile, source: FileSource): Promise<void> {
    if (!this.known.has(file.uri)) this.known.set(file.uri, { file, source, isOpen: false });
    await this.refreshFile(file.uri);
  }

  /** Texts of guideline files as their repositories have them committed, by address; null where there is none. */
  setCommitted(texts: ReadonlyMap<string, string | null>): void {
    if ([...texts].filter(([uri, text]) => this.guidelineFiles.setCommitted(uri, text)).length > 0) this.tellChanged();
  }

  removeFile(uri: string): void {
    const known = this.known.get(uri);
    if (!known) return;
    this.known.delete(uri);
    this.skippedFiles.delete(uri);
    this.dropText(known.file, null);
  }

  private dropText(file: SourceFile, reason: SkippedText | null): void {
    const { uri } = file;
    const wasPython = this.python.remove(uri);
    this.guidelineFiles.remove(uri);
    this.testLists.remove(uri);
    this.profileFiles.remove(uri);
    if (this.data.has(uri)) this.updateData(file, null);
    if (reason !== null) this.skip(file, reason);
    if (wasPython) this.relink(new Set([uri]));
    this.linkGuidelines();
    this.tellChanged();
  }

  private applyText(file: SourceFile, text: string): void {
    this.skippedFiles.delete(file.uri);
    if (this.updateOther(file, text)) {
      if (kindOfSource(file.path) === 'json') this.linkGuidelines();
      this.tellChanged();
      return;
    }
    if (this.data.noteNames(file.path, text)) void this.readLateData();
    if (this.python.has(file.uri)) this.editPython(file.uri, text);
    else {
      this.python.add(file, text, hashText(text));
      this.relink(new Set([file.uri]));
      this.linkGuidelines();
    }
    this.tellChanged();
  }

  private editPython(uri: string, text: string): void {
    const before = this.python.text(uri) ?? '';
    const update = this.python.update(uri, text, hashText(text));
    if (update.k === 'same') return;
    if (update.k === 'shape') {
      this.relink(new Set([uri]));
      this.linkGuidelines();
      return;
    }
    this.testLists.forgetTests();
    const moved = this.python.testsDefinedIn(uri);
    if (moved.length > 0) this.guidelineFiles.refreshTests(new Map(moved.map((test) => [test.name, test])));
    const lost = this.guest.move(uri, findChange(before, text));
    const flipped = this.guest.forgetModule(uri, update.changed);
    const visiting = this.guest.testsVisiting(new Set([...update.changed, ...flipped]));
    this.analyse(this.python.discoveredOf(new Set([...visiting, ...lost])));
  }

  /** Links everything anew and runs again the tests that the files have to do with. */
  private relink(edited: ReadonlySet<string>): void {
    const before = this.python.moduleNames();
    const related = this.python.testsOfClassesIn(edited);
    this.python.link();
    const flipped = this.guest.setProject(this.python.project);
    this.analyse(takeStaleTests(this.python, this.guest, { before, edited, flipped, related }));
  }

  private analyse(tests: readonly DiscoveredTest[]): void {
    for (const [cls, group] of this.python.groupByClass(tests)) this.guest.analyse(cls, group);
  }

  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tellChanged(): void {
    this.version++;
    this.findingsByUri.clear();
    this.reach.clear();
    this.callGraph = null;
    this.optionUses.clear();
    for (const listener of this.listeners) listener();
  }

  // --- answers -----------------------------------------------------------------------------------------------------------

  files(): readonly SourceFile[] {
    return [...this.known.values()].map(({ file }) => file);
  }

  file(uri: string): SourceFile | undefined {
    return this.known.get(uri)?.file;
  }

  private lineStarts(uri: string): readonly number[] {
    return this.stores.find((store) => store.lineStarts(uri) !== undefined)?.lineStarts(uri) ?? NO_LINES;
  }

  positionAt(uri: string, offset: number): TextPosition {
    return positionAt(this.lineStarts(uri), offset);
  }

  offsetAt(uri: string, position: TextPosition): number {
    return offsetAt(this.lineStarts(uri), position);
  }

  text(uri: string): string | undefined {
    return this.stores.find((store) => store.text(uri) !== undefined)?.text(uri);
  }

  skipped(): readonly SkippedFile[] {
    return [...this.skippedFiles].map(([uri, reason]) => ({ uri, reason })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  problems(): readonly ReadProblem[] {
    return this.guidelineFiles.problems();
  }

  notes(): readonly ReadProblem[] {
    return this.python.notes();
  }

  tests(): readonly TestCase[] {
    return this.python.tests.map(({ test }) => test);
  }

  test(name: string): TestCase | undefined {
    return this.python.discovered(name)?.test;
  }

  testsDefinedIn(uri: string): readonly TestCase[] {
    return this.python.testsDefinedIn(uri);
  }

  testsRunIn(uri: string): readonly TestCase[] {
    return this.python.testsRunIn(uri);
  }

  testClassesIn(uri: string): readonly TestClass[] {
    return this.python.testClassesIn(uri);
  }

  guidelines(): readonly Guideline[] {
    return this.guidelineFiles.guidelines();
  }

  guideline(uri: string): Guideline | undefined {
    return this.guidelineFiles.guideline(uri);
  }

  trace(guidelineUri: string): readonly TraceEntry[] {
    return this.guidelineFiles.trace(guidelineUri);
  }

  entriesForTest(name: string): readonly TraceEntry[] {
    return this.guidelineFiles.entriesForTest(name);
  }

  testListFiles(): readonly TestList[] {
    return this.testLists.lists();
  }

  testList(uri: string): TestList | undefined {
    return this.testLists.list(uri);
  }

  listedTests(): ListedTests {
    return this.testLists.tests();
  }

  profiles(): readonly ProfileFile[] {
    return this.profileFiles.files();
  }

  profile(uri: string): ProfileFile | undefined {
    return this.profileFiles.file(uri);
  }

  options(): readonly OptionUse[] {
    return this.optionUses.list();
  }

  demand(name: string): TestDemand | undefined {
    return this.guest.demand(name) ?? (this.python.discovered(name) && demandNothing(name));
  }

  explainedDemand(name: string): TestDemand | undefined {
    return this.guest.explain(this.demand(name), this.python.discovered(name));
  }

  sitesIn(uri: string): readonly GuestSite[] {
    return this.guest.sitesIn(uri);
  }

  testsReaching(uri: string, range: TextRange): readonly string[] {
    return this.guest.testsReaching({ uri, range });
  }

  functionsReaching(uri: string): readonly FunctionReach[] {
    return this.reach.of(uri);
  }

  calls(): CallGraph {
    return (this.callGraph ??= new CallGraph(this.python.project, this.guest.recordedCalls()));
  }

  findings(uri: string): readonly Finding[] {
    const findings = this.findingsByUri.get(uri) ?? this.findFindings(uri);
    this.findingsByUri.set(uri, findings);
    return findings;
  }

  private findFindings(uri: string): readonly Finding[] {
    if (this.guidelineFiles.has(uri)) return this.guidelineFiles.findings(uri, this.complete);
    if (this.testLists.list(uri)) return this.testLists.findings(uri, this.complete);
    const profile = this.profileFiles.file(uri);
    if (profile) return this.profileFiles.findings(profile);
    const facts = this.python.facts(uri);
    if (!this.complete || !(facts || this.data.has(uri))) return [];
    return collectSourceFindings(uri, facts, this.guest, this.guidelineFiles, this.traced);
  }

  fixes(finding: Finding): readonly Fix[] {
    return fixesFor(finding, this.fixContext());
  }

  whyNoFix(finding: Finding): string | null {
    return this.python.facts(finding.uri) ? explainRefusal(finding, this.fixContext()) : null;
  }

  whatIf(rewrites: Rewrites = 'none'): WhatIfInput {
    return this.whatIfIndex.get(rewrites);
  }

  moves(uri: string, capability: string): readonly Fix[] {
    return offerMoves(uri, capability, this.fixContext());
  }

  fixesOnTheWay(uri: string, range: TextRange): readonly OfferedFix[] {
    if (!this.complete) return [];
    return findFixesOnTheWay({ view: this, guest: this.guest, context: this.fixContext() }, { uri, range });
  }

  flagForm = (uri: string, offset: number): FlagForm | string =>
    proposeFlag(uri, offset, this.fixContext(), this.guidelines());

  flagEdits = (uri: string, offset: number, fields: WantedFlag): readonly TextEdit[] | string =>
    writeFlag(uri, offset, fields, this.fixContext(), this.guidelines());

  private fixContext(): FixContext {
    return makeFixContext(this, this.python, this.guest, this.guidelineFiles, this.settings.today);
  }
}
