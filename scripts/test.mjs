#!/usr/bin/env node
/**
 * The whole test run: lint, unit, protocol, corpus and VS Code tests, one after the other.
 *
 *   npm test                              everything
 *   npm test -- --only unit,protocol      some stages: lint, unit, protocol, page, corpus, vscode, workbench
 *
 * The last line is `N passed, N failed` (with `, N skipped` where something was); the exit code is 1 when something failed.
 * A stage that cannot run because something is missing says what, and does not fail.
 */
import './bootstrap.mjs';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CORPUS_FOLDER, ensureCorpus } from './fetch-corpus.mjs';
import { ensurePrograms } from './systemPackages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const GUIDELINES_FOLDER = path.resolve(root, '../shared/guidelines');

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ reason: string } | Counts} Outcome `reason`: why the stage did not run
 */

const LINTS = [
  { name: 'types (tsc)', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  { name: 'types of the report page (tsc)', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/page'] },
  { name: "types of the page's tests (tsc)", args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'test/page'] },
  { name: 'code style (eslint)', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  {
    name: 'format (prettier)',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  {
    name: 'dependency directions (dependency-cruiser)',
    args: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'],
  },
];

/** Each stage by name, in order. */
const STAGES = {
  lint: runLints,
  unit: () => runMocha('unit', 'test/unit'),
  protocol: () => runMocha('protocol', 'test/protocol', { timeout: 60_000 }),
  page: runPage,
  corpus: runCorpus,
  vscode: runVscode,
  workbench: runWorkbench,
};

/** @returns {Promise<Outcome>} each check is one test; two run at a time */
async function runLints() {
  const waiting = [...LINTS];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const work = async () => {
    for (let lint = waiting.shift(); lint; lint = waiting.shift()) {
      const started = Date.now();
      const { status, output } = await run(lint.args, { show: false });
      const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
      if (status === 0) counts.passed++;
      else counts.failed++;
      console.log(`  ${status === 0 ? '✔' : '✘'} ${lint.name} (${took})${status === 0 ? '' : `\n${output.trimEnd()}`}`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

/**
 * Runs the `*.test.ts` files of a folder with mocha.
 * @param {string} name
 * @param {string} folder
 * @param {{ timeout?: number, retries?: number, env?: NodeJS.ProcessEnv }} [options] `timeout` of one test in milliseconds
 * @returns {Promise<Outcome>}
 */
async function runMocha(name, folder, { timeout, retries, env = {} } = {}) {
  if (!hasTests(folder)) return { reason: `there is no test in ${folder} yet` };
  const results = path.join(root, '.cache', `mocha-${name}.json`);
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const args = [
    'node_modules/mocha/bin/mocha.js',
    '--reporter',
    'scripts/mocha-reporter.cjs',
    `${folder}/**/*.test.ts`,
  ];
  if (timeout) args.push('--timeout', String(timeout));
  if (retries) args.push('--retries', String(retries));
  const { status } = await run(args, { env: { ...env, INTEROP_LENS_RESULTS_FILE: results } });
  if (!existsSync(results)) {
    console.log(`mocha ended with ${status} and without results, counted as one failure`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counts = JSON.parse(readFileSync(results, 'utf8'));
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** @param {string} folder */
function hasTests(folder) {
  const full = path.join(root, folder);
  return existsSync(full) && readdirSync(full, { recursive: true }).some((file) => file.endsWith('.test.ts'));
}

/** @returns {Promise<Outcome>} the report page in a browser */
async function runPage() {
  const missing = await ensurePrograms(['chromium']);
  return missing ? { reason: missing } : runMocha('page', 'test/page', { timeout: 60_000 });
}

/** @returns {Promise<Outcome>} the tests on real Tempest and published guidelines */
async function runCorpus() {
  const corpus = await ensureCorpus();
  if ('reason' in corpus) return corpus;
  const missing = await ensurePrograms(['python3']);
  if (missing) return { reason: missing };
  // Without it some tests are skipped, and say so.
  await ensurePrograms(['busybox']);
  const env = { INTEROP_LENS_CORPUS: process.env.INTEROP_LENS_CORPUS ?? CORPUS_FOLDER };
  const guidelines = process.env.INTEROP_LENS_GUIDELINES ?? GUIDELINES_FOLDER;
  if (existsSync(guidelines)) env.INTEROP_LENS_GUIDELINES = guidelines;
  else
    console.log(
      `Published guidelines are not in ${guidelines} (INTEROP_LENS_GUIDELINES names another place): tests on them are skipped.`,
    );
  return runMocha('corpus', 'test/corpus', { timeout: 300_000, env });
}

/** @returns {Promise<Outcome>} */
async function runVscode() {
  const { testInVscode } = await import('./test-vscode.mjs');
  const { reason, ...counts } = await testInVscode();
  return reason ? { reason } : counts;
}

/** @returns {Promise<Outcome>} a person's way through the real workbench, with mouse and keyboard */
async function runWorkbench() {
  const { prepareServerHost } = await import('./test-vscode.mjs');
  const reason = await prepareServerHost();
  if (reason !== null) return { reason };
  // Focus and frames of a real window are not ours to order: a step may be taken twice, and the reporter says so.
  return runMocha('workbench', 'test/workbench', { timeout: 180_000, retries: 1 });
}

/**
 * Runs a Node script of a package.
 * @param {readonly string[]} args
 * @param {{ show?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ status: number | string, output: string }>} `output` when it is not shown
 */
function run(args, { show = true, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ status: code ?? signal, output }));
  });
}

/** @returns {string[]} the stages asked for, in order */
function chooseStages() {
  const all = Object.keys(STAGES);
  let only;
  try {
    only = parseArgs({ options: { only: { type: 'string' } } }).values.only;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm test -- [--only ${all.join(',')}]`);
    process.exit(2);
  }
  if (only === undefined) return all;
  const asked = only.split(',').map((name) => name.trim());
  const unknown = asked.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}. There are: ${all.join(', ')}`);
    process.exit(2);
  }
  return all.filter((name) => asked.includes(name));
}

/** @param {Counts} counts */
function wordCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const stages = chooseStages();
const sum = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
/** @param {string} name @param {Counts} counts */
function count(name, counts) {
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  summary.push(`${name}: ${wordCounts(counts)}`);
}

console.log('── build');
let built = true;
try {
  const { build } = await import('./build.mjs');
  await build({ tests: stages.includes('vscode') });
} catch {
  built = false;
  count('build', { passed: 0, failed: 1, skipped: 0 });
}
for (const name of stages) {
  console.log(`\n── ${name}`);
  const needsBuild = name === 'vscode' || name === 'workbench';
  const outcome = needsBuild && !built ? { reason: 'the build failed' } : await STAGES[name]();
  if ('reason' in outcome) {
    sum.skipped++;
    summary.push(`${name}: skipped: ${outcome.reason}`);
    console.log(`skipped: ${outcome.reason}`);
  } else count(name, outcome);
}
console.log(`\n── summary\n${summary.join('\n')}\n${wordCounts(sum)}`);
process.exit(sum.failed > 0 ? 1 : 0);
