import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildPage } from './buildPage';

/** The checkout. */
export const CHECKOUT = path.resolve(__dirname, '../..');
export const SAMPLES = path.join(CHECKOUT, 'samples');

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Numeric user to run as; needs to be allowed. */
  readonly uid?: number;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

let bundle: Promise<string> | null = null;

/** The command line as it ships, bundled once per run from today's source (grammars come from node_modules). */
export function bundleCli(): Promise<string> {
  bundle ??= makeBundle();
  return bundle;
}

async function makeBundle(): Promise<string> {
  const folder = path.join(CHECKOUT, '.cache/test-cli');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `cli-${process.pid}.js`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({
    absWorkingDir: CHECKOUT,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { 'web-tree-sitter': path.join(CHECKOUT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
    logLevel: 'warning',
  });
  await buildPage(path.join(folder, 'page'));
  return outfile;
}

/** Runs `interop-lens` with these arguments, to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const program = await bundleCli();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? CHECKOUT,
    uid: options.uid,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
  });
}

/** Runs the command and closes the reading end of its output after the first bytes, as `| head -c 1` does. */
export async function runCliAndHangUp(args: readonly string[]): Promise<Omit<CliResult, 'stdout'>> {
  const program = await bundleCli();
  const child = spawn(process.execPath, [program, ...args], { cwd: CHECKOUT, stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdout.once('data', () => child.stdout.destroy());
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stderr: Buffer.concat(stderr).toString('utf8') }));
  });
}
