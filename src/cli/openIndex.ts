import { promises as files } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Engine } from '../engine/engine';
import type { IndexView } from '../engine/indexView';
import { placesOf } from '../engine/placesOf';
import { contains, DiskSource, explainFailure, toFileUri } from '../engine/node';
import { DEFAULT_SETTINGS } from '../engine/settings';
import { DiskIndexStore } from '../engine/store/node';
import { readGuideline } from '../guideline/readGuideline';
import type { Guideline, ReadProblem } from '../model/guideline';
import { findLineStarts, positionAt } from '../model/text';
import type { Places } from '../report/places';
import { loadGrammars } from '../syntax/grammars';
import { ExitError } from './exitError';
import { DiskFollower } from './followDisk';
import { readGrammarBytes } from './grammarFiles';
import { complain, type Terminal } from './output';
import { showProgress } from './terminalProgress';

/** What to index. Paths as given on the command line. */
export interface IndexRequest {
  readonly roots: readonly string[];
  readonly guidelines: readonly string[];
  /** False: read the named guidelines alone, not the roots. */
  readonly readRoots: boolean;
  /** True when the index lives long and is to catch up with the disk. */
  readonly follow?: boolean;
  /** Folder in which the index is kept, and an earlier one may be found. */
  readonly cache?: string | undefined;
  /** The date of today (yyyy-mm-dd) for fixes that date something; without it they are not offered, so that output has no clock in it. */
  readonly date?: string | null;
}

/** A complete index, and the guidelines that were asked for. */
export interface OpenedIndex {
  readonly view: IndexView;
  readonly places: Places;
  /** Those named by `--guideline`, or else all under the roots. By path. */
  readonly guidelines: readonly Guideline[];
  /** Gives a file another text in the index, not on the disk. */
  setText(uri: string, text: string): void;
  /** What repositories have committed of guideline files, by address. */
  readonly setCommitted: (texts: ReadonlyMap<string, string | null>) => void;
  /**
   * Takes in what changed on the disk since the index was made or last caught up; nothing unless `follow` was asked for.
   * @throws SourceError when a root has gone
   */
  catchUp(): Promise<void>;
}

/** At most so many files left out are named one by one. */
const NAMED_SKIPS = 20;

/**
 * Reads the roots and guidelines and joins them. What was left out is told on standard error.
 * @throws ExitError when a root or a named guideline cannot be read, or is no folder or no guideline.
 * @throws SourceError when a root cannot be listed.
 */
export async function openIndex(request: IndexRequest, terminal: Terminal): Promise<OpenedIndex> {
  const roots = await resolveRoots(request.roots);
  const named = await resolveGuidelines(request.guidelines);
  const sources = planSources(roots, named, request.readRoots);
  const engine = new Engine(await loadGrammars(await readGrammarBytes()), {
    ...DEFAULT_SETTINGS,
    today: toClock(request.date ?? null),
  });
  const follower = request.follow ? new DiskFollower(engine, sources) : null;
  // Before the files are read: what changes meanwhile is then found to have changed.
  await follower?.remember();
  const progress = showProgress(terminal);
  const store = request.cache === undefined ? null : new DiskIndexStore(path.resolve(request.cache), __filename);
  try {
    await engine.open(sources, progress.listener, undefined, store);
  } finally {
    progress.clear();
  }
  if (store) await engine.keep(store);
  const places = placesOf(engine);
  tellOmissions(engine, sources, places, terminal);
  return {
    view: engine,
    places,
    guidelines: await selectGuidelines(engine, named, places),
    setText: (uri, text) => engine.setText(uri, text),
    setCommitted: (texts) => engine.setCommitted(texts),
    catchUp: async () => follower?.catchUp(),
  };
}

function toClock(date: string | null): (() => string) | null {
  return date === null ? null : () => date;
}

interface NamedGuideline {
  readonly path: string;
  readonly isFolder: boolean;
}

async function resolveRoots(roots: readonly string[]): Promise<readonly string[]> {
  const resolved = [...new Set((roots.length > 0 ? roots : ['.']).map((root) => path.resolve(root)))];
  for (const root of resolved) {
    if (!(await isFolder(root))) {
      throw new ExitError(
        `${explainFailure(root, Object.assign(new Error(), { code: 'ENOTDIR' }))} --root takes a source tree.`,
      );
    }
  }
  return resolved;
}

async function resolveGuidelines(guidelines: readonly string[]): Promise<readonly NamedGuideline[]> {
  const paths = [...new Set(guidelines.map((guideline) => path.resolve(guideline)))];
  return Promise.all(paths.map(async (named) => ({ path: named, isFolder: await isFolder(named) })));
}

async function isFolder(named: string): Promise<boolean> {
  try {
    return (await files.stat(named)).isDirectory();
  } catch (error) {
    throw new ExitError(`${explainFailure(named, error)} Check the path.`);
  }
}

/** One source per root, and per folder of guidelines outside of the roots. No file is offered twice. */
function planSources(roots: readonly string[], named: readonly NamedGuideline[], readRoots: boolean): DiskSource[] {
  const namedFiles = named.filter(({ isFolder: folder }) => !folder).map((guideline) => guideline.path);
  const ownerOf = (file: string): string | undefined => innermost(roots.filter((root) => contains(root, file)));
  const sources = roots.map((root) => {
    const include = namedFiles.filter((file) => ownerOf(file) === root);
    const exclude = roots.filter((other) => other !== root && contains(root, other));
    return { root, include, source: new DiskSource(root, { include, exclude, onlyIncluded: !readRoots }) };
  });
  const wanted = sources.filter(({ include }) => readRoots || include.length > 0).map(({ source }) => source);
  return [...wanted, ...planOutsideFiles(namedFiles, ownerOf), ...planOutsideFolders(roots, named, readRoots)];
}

function planOutsideFiles(namedFiles: readonly string[], ownerOf: (file: string) => string | undefined): DiskSource[] {
  const outside = namedFiles.filter((file) => ownerOf(file) === undefined);
  const folders = [...new Set(outside.map((file) => path.dirname(file)))];
  return folders.map((folder) => {
    const include = outside.filter((file) => path.dirname(file) === folder);
    return new DiskSource(folder, { include, onlyIncluded: true });
  });
}

function planOutsideFolders(
  roots: readonly string[],
  named: readonly NamedGuideline[],
  readRoots: boolean,
): DiskSource[] {
  const folders = named.filter(({ isFolder: folder }) => folder).map((guideline) => guideline.path);
  const outside = folders.filter((folder) => !readRoots || !roots.some((root) => contains(root, folder)));
  const outermost = outside.filter((folder) => !outside.some((other) => other !== folder && contains(other, folder)));
  return outermost.map(
    (folder) => new DiskSource(folder, { exclude: readRoots ? roots.filter((root) => contains(folder, root)) : [] }),
  );
}

/** The longest path is the innermost folder of those that contain one file. */
function innermost(folders: readonly string[]): string | undefined {
  return [...folders].sort((a, b) => b.length - a.length)[0];
}

async function selectGuidelines(
  view: IndexView,
  named: readonly NamedGuideline[],
  places: Places,
): Promise<readonly Guideline[]> {
  const all = [...view.guidelines()].sort((a, b) => (places.pathOf(a.uri) < places.pathOf(b.uri) ? -1 : 1));
  if (named.length === 0) return all;
  for (const guideline of named) {
    if (!all.some(({ uri }) => isNamed(uri, guideline))) throw await explainNoGuideline(view, guideline);
    const broken = guideline.isFolder ? undefined : errorsOf(view).find(({ uri }) => isNamed(uri, guideline));
    if (broken) throw new ExitError(`${describeProblem(broken, places)} Repair the file.`);
  }
  return all.filter(({ uri }) => named.some((guideline) => isNamed(uri, guideline)));
}

/** A warning leaves the model whole, and `check` reports it as a finding. */
function errorsOf(view: IndexView): readonly ReadProblem[] {
  return view.problems().filter(({ severity }) => severity !== 'warning');
}

function isNamed(uri: string, guideline: NamedGuideline): boolean {
  if (!guideline.isFolder) return uri === toFileUri(guideline.path);
  return contains(guideline.path, fileURLToPath(uri));
}

async function explainNoGuideline(view: IndexView, guideline: NamedGuideline): Promise<ExitError> {
  const skipped = view.skipped().find(({ uri }) => isNamed(uri, guideline));
  if (skipped) return new ExitError(`Cannot read ${guideline.path}: ${skipped.reason}.`);
  const expected = 'a guideline is JSON with "capabilities" and a schema version';
  if (guideline.isFolder) return new ExitError(`There is no guideline in ${guideline.path}: ${expected}.`);
  const broken = await findSyntaxError(guideline.path);
  return new ExitError(broken ? `${broken} Repair the file.` : `${guideline.path} is no guideline: ${expected}.`);
}

/** Where a file stops to be JSON, or null. The index does not keep files that are too broken to be told for guidelines. */
async function findSyntaxError(file: string): Promise<string | null> {
  const text = await files.readFile(file, 'utf8');
  const { complete, problems } = readGuideline(toFileUri(file), text);
  const [first] = problems;
  if (complete || !first) return null;
  const { line, character } = positionAt(findLineStarts(text), first.range.start);
  return `${path.basename(file)}:${line + 1}:${character + 1}: ${first.message.replace(/\.?$/, '.')}`;
}

function describeProblem(problem: ReadProblem, places: Places): string {
  const { line, character } = places.positionAt(problem.uri, problem.range.start);
  return `${places.pathOf(problem.uri)}:${line + 1}:${character + 1}: ${problem.message.replace(/\.?$/, '.')}`;
}

function tellOmissions(view: IndexView, sources: readonly DiskSource[], places: Places, terminal: Terminal): void {
  const skipped = [...sources.flatMap((source) => source.skipped), ...view.skipped()];
  const unique = [...new Map(skipped.map((file) => [file.uri, file])).values()];
  for (const { uri, reason } of unique.slice(0, NAMED_SKIPS))
    complain(terminal, `left out ${labelOf(view, uri)}: ${reason}`);
  if (unique.length > NAMED_SKIPS) complain(terminal, `left out ${unique.length - NAMED_SKIPS} more files`);
  // What is left out is told above.
  const problems = errorsOf(view).filter(({ uri }) => !unique.some((file) => file.uri === uri));
  for (const problem of [...problems, ...view.notes()]) complain(terminal, describeProblem(problem, places));
}

function labelOf(view: IndexView, uri: string): string {
  return view.file(uri)?.path ?? fileURLToPath(uri);
}
