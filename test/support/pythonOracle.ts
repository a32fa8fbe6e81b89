import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const CHECKOUT = path.resolve(__dirname, '../..');
const ORACLES = path.join(CHECKOUT, 'test/corpus/oracle');

/** One folder per Debian package, each with usr/lib/python3/dist-packages/…; from the environment, else where scripts/fetch-corpus.mjs puts it. */
export const CORPUS_FOLDER = process.env.INTEROP_LENS_CORPUS ?? path.join(CHECKOUT, '.cache/corpus');

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
export type CorpusPackage = (typeof CORPUS_PACKAGES)[number];

/** The import root of a package. */
export function rootOf(name: CorpusPackage): string {
  return path.join(CORPUS_FOLDER, name, 'usr/lib/python3/dist-packages');
}

/** The roots to analyse a package with: its own, and Tempest's, which plugins stand on. */
export function rootsOf(name: CorpusPackage): string[] {
  return name === TEMPEST ? [rootOf(name)] : [rootOf(name), rootOf(TEMPEST)];
}

/** The roots of every package that is there, for one run over all of them. */
export function presentRoots(): string[] {
  return CORPUS_PACKAGES.filter((name) => existsSync(rootOf(name))).map(rootOf);
}

/** Top-level Python packages of a package, as prefixes of dotted names (`neutron_tempest_plugin.`). */
export function modulePrefixes(name: CorpusPackage): string[] {
  return readdirSync(rootOf(name))
    .filter((entry) => existsSync(path.join(rootOf(name), entry, '__init__.py')))
    .map((entry) => `${entry}.`);
}

/** Why a package cannot be used, or null when it is there. */
export function whyNoCorpus(name: CorpusPackage): string | null {
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
}

export interface Enumeration {
  readonly tests: readonly LoadedTest[];
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
export function enumerateTests(name: CorpusPackage): Promise<Enumeration> {
  return readOracle<Enumeration>(name, 'enumerate_tests.py', 'enumeration');
}

/** The package's real calls into the guest (kept in the corpus folder until an oracle changes; about two minutes). */
export function recordGuestCalls(name: CorpusPackage): Promise<GuestRecord> {
  return readOracle<GuestRecord>(name, 'record_guest_calls.py', 'records');
}

async function readOracle<Answer>(name: CorpusPackage, script: string, folder: string): Promise<Answer> {
  const kept = path.join(CORPUS_FOLDER, folder, `${name}.json`);
  if (!existsSync(kept) || statSync(kept).mtimeMs < newestOracle()) {
    mkdirSync(path.dirname(kept), { recursive: true });
    const draft = `${kept}.${process.pid}`;
    const [root, ...others] = rootsOf(name);
    const paths = others.flatMap((other) => ['--path', other]);
    await runPython([path.join(ORACLES, script), String(root), ...paths, '--json', draft]);
    renameSync(draft, kept);
  }
  return JSON.parse(readFileSync(kept, 'utf8')) as Answer;
}

/** When an oracle was last changed, in milliseconds. */
function newestOracle(): number {
  const scripts = readdirSync(ORACLES).filter((file) => file.endsWith('.py'));
  return Math.max(...scripts.map((file) => statSync(path.join(ORACLES, file)).mtimeMs));
}

/** Runs a script with the machine's Python, its end of standard error in the error when it fails. */
function runPython(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('python3', ['-W', 'ignore', ...args], { timeout: 15 * 60_000 }, (error, _stdout, stderr) => {
      if (error) reject(new Error(`${args[0]} failed: ${error.message}\n${stderr.slice(-2000)}`));
      else resolve();
    });
  });
}
