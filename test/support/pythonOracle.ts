import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';

const CHECKOUT = path.resolve(__dirname, '../..');
const ORACLES = path.join(CHECKOUT, 'test/corpus/oracle');

/** One folder per Debian package, each with usr/lib/python3/dist-packages/…; from the environment, else where scripts/fetch-corpus.mjs puts it. */
export const CORPUS_FOLDER = process.env.INTEROP_LENS_CORPUS ?? path.join(CHECKOUT, '.cache/corpus');

/** Other Debian releases that were looked at, oldest first; `node scripts/fetch-corpus.mjs --release NAME` fetches one. */
const OTHER_RELEASES = ['bullseye', 'trixie', 'forky'] as const;

export const TEMPEST = 'python3-tempest';
export const CORPUS_PACKAGES = [
  TEMPEST,
  'barbican-tempest-plugin',
  'cinder-tempest-plugin',
  'heat-tempest-plugin',
  'ironic-tempest-plugin',
  'manila-tempest-plugin',
  'neutron-tempest-plugin',
  'octavia-tempest-plugin',
] as const;

/** Packages of one release, unpacked side by side. */
export interface Corpus {
  readonly folder: string;
  /** Debian's names, Tempest first. */
  readonly packages: readonly string[];
}

/** What the tests use. */
export const CORPUS: Corpus = { folder: CORPUS_FOLDER, packages: CORPUS_PACKAGES };

/** Everything of another release that is unpacked; no package where nothing is. */
export function corpusOfRelease(release: string): Corpus {
  const folder = `${CORPUS_FOLDER}-${release}`;
  const found = existsSync(folder) ? readdirSync(folder).sort() : [];
  const packages = found.filter((name) => name.endsWith('-tempest-plugin') && existsSync(rootOf(name, { folder })));
  return { folder, packages: existsSync(rootOf(TEMPEST, { folder })) ? [TEMPEST, ...packages] : [] };
}

/** The releases that were looked at, and whatever else was unpacked beside them (`.cache/corpus-jammy`). */
export function listReleases(): readonly string[] {
  const beside = path.dirname(CORPUS_FOLDER);
  const start = `${path.basename(CORPUS_FOLDER)}-`;
  const names = existsSync(beside) ? readdirSync(beside).filter((name) => name.startsWith(start)) : [];
  return [...new Set([...OTHER_RELEASES, ...names.map((name) => name.slice(start.length)).sort()])];
}

/** The import root of a package. */
export function rootOf(name: string, { folder }: Pick<Corpus, 'folder'> = CORPUS): string {
  return path.join(folder, name, 'usr/lib/python3/dist-packages');
}

/** The roots to analyse a package with: its own, and Tempest's, which plugins stand on. */
export function rootsOf(name: string): string[] {
  return name === TEMPEST ? [rootOf(name)] : [rootOf(name), rootOf(TEMPEST)];
}

/** The roots of every package that is there, for one run over all of them. */
export function presentRoots(corpus = CORPUS): string[] {
  return corpus.packages.map((name) => rootOf(name, corpus)).filter((root) => existsSync(root));
}

/** Top-level Python packages of a package, as prefixes of dotted names (`neutron_tempest_plugin.`). */
export function modulePrefixes(name: string, corpus = CORPUS): string[] {
  const root = rootOf(name, corpus);
  return readdirSync(root)
    .filter((entry) => existsSync(path.join(root, entry, '__init__.py')))
    .map((entry) => `${entry}.`);
}

/** Why a package cannot be used, or null when it is there. */
export function whyNoCorpus(name: string): string | null {
  if (existsSync(rootOf(name)) && existsSync(rootOf(TEMPEST))) return null;
  return `${name} is not in ${CORPUS_FOLDER}; \`node scripts/fetch-corpus.mjs\` fetches it, INTEROP_LENS_CORPUS names another place`;
}

/** A test as enumerate_tests.py prints it. */
export interface LoadedTest {
  readonly name: string;
  readonly ids: readonly string[];
  readonly attrs: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly classFile: string;
  readonly definedIn: string;
  /** The name at the `def`, where a data-driven decorator made the test's name; else null. */
  readonly generatedFrom: string | null;
  /** False where no class body has the test: code has put it there. */
  readonly written: boolean;
}

export interface Enumeration {
  readonly tests: readonly LoadedTest[];
  /** Data-driven tests for which there is no data, by dotted name. */
  readonly emptied: readonly string[];
  readonly failed: readonly FailedModule[];
  readonly loadTests: readonly string[];
}

export interface FailedModule {
  readonly module: string;
  readonly error: string;
}

/** A contact with a guest as record_guest_calls.py prints it. `stack`: test first, the site last. */
export interface RecordedCall {
  readonly test: string;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly command: string;
  readonly stack: readonly { readonly function: string; readonly file: string; readonly line: number }[];
  readonly variants: readonly string[];
}

export interface GuestRecord {
  readonly calls: readonly RecordedCall[];
  readonly tests: readonly {
    readonly test: string;
    readonly outcome: 'ended' | 'died' | 'skipped';
    readonly reason: string | null;
  }[];
  readonly failed: readonly FailedModule[];
  readonly variants: readonly string[];
}

/** The package's tests by Python's own loader (kept in the corpus folder until an oracle changes). */
export function enumerateTests(name: string, corpus = CORPUS): Promise<Enumeration> {
  return readOracle<Enumeration>(name, corpus, 'enumerate_tests.py', 'enumeration');
}

/** The package's real calls into the guest (kept in the corpus folder until an oracle or the packages change; minutes). */
export function recordGuestCalls(name: string, corpus = CORPUS, onProgress?: OnProgress): Promise<GuestRecord> {
  return readOracle<GuestRecord>(name, corpus, 'record_guest_calls.py', 'records', onProgress);
}

/** Gets each line that an oracle prints while it works. */
export type OnProgress = (line: string) => void;

async function readOracle<Answer>(
  name: string,
  corpus: Corpus,
  script: string,
  folder: string,
  onProgress: OnProgress = () => undefined,
): Promise<Answer> {
  const kept = path.join(corpus.folder, folder, `${name}-${keyOfOracle(corpus)}.json`);
  if (!existsSync(kept)) {
    mkdirSync(path.dirname(kept), { recursive: true });
    const draft = `${kept}.${process.pid}`;
    // Plugins stand on Tempest, and some on each other.
    const root = rootOf(name, corpus);
    const paths = presentRoots(corpus)
      .filter((other) => other !== root)
      .flatMap((other) => ['--path', other]);
    await runPython([path.join(ORACLES, script), root, ...paths, '--json', draft], onProgress);
    dropStale(path.dirname(kept), name);
    renameSync(draft, kept);
  }
  return JSON.parse(readFileSync(kept, 'utf8')) as Answer;
}

/** Answers of oracles, or for packages, that are not those of now. */
function dropStale(folder: string, name: string): void {
  for (const file of readdirSync(folder))
    if (
      file === `${name}.json` ||
      (file.startsWith(`${name}-`) && /^-[0-9a-f]{12}\.json$/.test(file.slice(name.length)))
    )
      rmSync(path.join(folder, file));
}

/** Names the oracles by their contents and the packages by their versions: another name where either has changed. */
function keyOfOracle({ folder }: Corpus): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(ORACLES)
    .filter((one) => one.endsWith('.py'))
    .sort())
    hash.update(file).update(readFileSync(path.join(ORACLES, file)));
  for (const file of readdirSync(folder)
    .filter((one) => one.endsWith('.deb'))
    .sort())
    hash.update(file);
  return hash.digest('hex').slice(0, 12);
}

/** Runs a script with the machine's Python, its end of standard error in the error when it fails. */
function runPython(args: readonly string[], onProgress: OnProgress): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile('python3', ['-W', 'ignore', ...args], { timeout: 90 * 60_000 }, (error, _stdout, stderr) => {
      if (error) reject(new Error(`${args[0]} failed: ${error.message}\n${stderr.slice(-2000)}`));
      else resolve();
    });
    if (child.stderr) createInterface({ input: child.stderr }).on('line', onProgress);
  });
}
