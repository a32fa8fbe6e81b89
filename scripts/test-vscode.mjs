#!/usr/bin/env node
/**
 * Runs the suites of scripts/vscode-host/suites.mjs in a real VS Code: desktop VS Code where its update server answers
 * and a display is there, else the server-based one with a Chromium.
 *
 *   node scripts/test-vscode.mjs [NAME…]      all suites, or the named ones
 *
 * INTEROP_LENS_VSCODE=desktop|server decides instead of the probe; INTEROP_LENS_VERBOSE=1 shows the editor's messages.
 */
import './bootstrap.mjs';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stagePackage } from './package.mjs';
import { ensurePrograms, hasDisplay } from './systemPackages.mjs';
import { ensureHostInstalled, HOST_PROGRAMS } from './vscode-host/install.mjs';
import { findCounts, RESULTS_VARIABLE, takeKeptCounts } from './vscode-host/results.mjs';
import { SUITES } from './vscode-host/suites.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const LAUNCHER = path.join(root, 'scripts/vscode-host/launcher');
const HOST_CACHE = path.join(root, '.cache/vscode-host');

/** What desktop VS Code's download asks first; not reached in time means no download. */
const UPDATE_SERVER = 'https://update.code.visualstudio.com/api/releases/stable';
const PROBE_LIMIT = 4000;

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ executable: string | null, name: string } | { reason: string }} Host
 */

/**
 * Runs suites one after the other; `dist/` must be built with its tests.
 * @param {readonly string[]} [names] default: all
 * @returns {Promise<Counts & { reason?: string }>} `reason` says why nothing could run
 */
export async function testInVscode(names = SUITES.map((suite) => suite.name)) {
  const host = await chooseHost();
  if ('reason' in host) return { passed: 0, failed: 0, skipped: 0, reason: host.reason };
  console.log(`Running in ${host.name}`);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of SUITES.filter(({ name }) => names.includes(name))) {
    const counts = await runSuite(suite, host.executable);
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  }
  return sum;
}

/**
 * Which VS Code is to be had here.
 * @returns {Promise<Host>}
 */
async function chooseHost() {
  const choice = process.env.INTEROP_LENS_VSCODE;
  if (choice === 'desktop' || (choice !== 'server' && hasDisplay() && (await reachesUpdateServer()))) {
    return { executable: null, name: 'desktop VS Code (downloaded by @vscode/test-electron)' };
  }
  const reason = await prepareServerHost();
  return reason === null ? { executable: LAUNCHER, name: 'the server-based VS Code with Chromium' } : { reason };
}

/**
 * Makes sure that the server-based VS Code and a Chromium are there.
 * @returns {Promise<string | null>} why they are not to be had, or null
 */
export async function prepareServerHost() {
  if (process.platform === 'win32')
    return 'desktop VS Code cannot be downloaded, and the server-based one needs Linux or macOS';
  const missing = await ensurePrograms([...HOST_PROGRAMS, 'chromium']);
  if (missing) return missing;
  try {
    await ensureHostInstalled(HOST_CACHE);
    return null;
  } catch (error) {
    return `the server-based VS Code could not be installed: ${error.message}`;
  }
}

/** @returns {Promise<boolean>} */
async function reachesUpdateServer() {
  try {
    const response = await fetch(UPDATE_SERVER, { signal: AbortSignal.timeout(PROBE_LIMIT) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * One suite, on a copy of its workspace: tests may change files.
 * @param {typeof SUITES[number]} suite
 * @param {string | null} executable
 * @returns {Promise<Counts>}
 */
async function runSuite(suite, executable) {
  console.log(
    `\nVS Code, ${suite.host === 'web' ? 'web' : 'Node'} extension host: suite ${suite.name} on ${suite.workspace ?? 'an empty folder'}`,
  );
  const scratch = mkdtempSync(path.join(tmpdir(), 'interop-lens-suite-'));
  const keptCounts = path.join(scratch, 'results');
  try {
    const workspace = copyWorkspace(suite, scratch);
    const extension = suite.packaged ? await stageExtension(suite.name, path.join(scratch, 'extension')) : root;
    if (extension === null) return { passed: 0, failed: 0, skipped: 1 };
    const { status, output } = await runAndShow(
      [
        path.join(root, 'scripts/vscode-host/runSuite.mjs'),
        ...[suite.name, suite.host, workspace, extension],
        ...(executable ? [executable] : []),
      ],
      { ...process.env, [RESULTS_VARIABLE]: keptCounts },
    );
    return judge(suite.name, status, takeKeptCounts(keptCounts) ?? findCounts(output));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The extension as a package holds it, with the suite's bundle beside it.
 * @param {string} name of the suite
 * @param {string} folder
 * @returns {Promise<string | null>} null when the packager is not to be had, which has been said
 */
async function stageExtension(name, folder) {
  try {
    await stagePackage(folder);
  } catch (error) {
    console.log(`skipped: ${error.message}`);
    return null;
  }
  const bundle = `dist/test/vscode/${name}.js`;
  cpSync(path.join(root, bundle), path.join(folder, bundle));
  return folder;
}

/**
 * What a run counts as: one without results is a failure, and so is a host that failed around tests that passed.
 * @param {string} name of the suite
 * @param {number | string} status exit code or signal
 * @param {Counts | null} counts
 * @returns {Counts}
 */
function judge(name, status, counts) {
  if (counts === null) {
    console.log(`suite ${name} ended with ${status} and without results, counted as one failure`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * @param {typeof SUITES[number]} suite
 * @param {string} scratch an empty folder
 * @returns {string} what to open
 */
function copyWorkspace({ workspace }, scratch) {
  const target = path.join(scratch, 'workspace');
  if (workspace === null) {
    mkdirSync(target);
    return target;
  }
  const source = path.join(root, workspace);
  const isFile = workspace.endsWith('.code-workspace');
  const folder = isFile ? path.dirname(source) : source;
  const copy = path.join(target, path.basename(folder));
  cpSync(folder, copy, { recursive: true });
  return isFile ? path.join(copy, path.basename(source)) : copy;
}

/**
 * Runs a Node script, shows what it writes and keeps it.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ status: number | string, output: string }>}
 */
function runAndShow(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.stderr.on('data', (data) => process.stderr.write(data));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ status: code ?? signal, output }));
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`no suite ${unknown.join(', ')}; there are: ${SUITES.map((suite) => suite.name).join(', ')}`);
    process.exit(2);
  }
  const { build } = await import('./build.mjs');
  try {
    await build({ tests: true });
  } catch {
    process.exit(1);
  }
  const { passed, failed, skipped, reason } = await testInVscode(names.length > 0 ? names : undefined);
  if (reason) console.log(`skipped: ${reason}`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}
