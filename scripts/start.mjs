#!/usr/bin/env node
/**
 * Opens a real VS Code with the extension loaded, on `samples/` or on the folders given:
 *
 *   npm start                         the samples
 *   npm start -- PATH…                a folder, a .code-workspace file, or several folders as one workspace
 *   npm start -- --port 8080 PATH…    for the server-based VS Code (default: 8137, or a free port when that is taken)
 *   npm start -- --server PATH…       the server-based VS Code even where `code` is on the PATH
 *
 * The server-based VS Code is opened in the person's own browser at the printed address; Ctrl-C ends it.
 */
import './bootstrap.mjs';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { explainMissing, findOnPath, hasDisplay, missingPrograms } from './systemPackages.mjs';
import { ensureHostInstalled, HOST_PROGRAMS } from './vscode-host/install.mjs';
import { servePage } from './vscode-host/page.mjs';
import { startServer } from './vscode-host/server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = path.join(root, '.cache');
const DEFAULT_PORT = 8137;

/** What a person finds at the first start of the server-based VS Code, and may change there. */
const FIRST_SETTINGS = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
};

/** A problem that the person can mend; printed without a stack. */
class StartError extends Error {}

/**
 * Reads the command line.
 * @throws {StartError} when it is wrong
 */
function readCommandLine() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string' }, server: { type: 'boolean' } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
      throw new Error(`--port ${values.port} is no port number`);
    // npm runs scripts in the package's folder; paths are meant from where the person stands.
    const from = process.env.INIT_CWD ?? process.cwd();
    return { port, server: values.server ?? false, paths: positionals.map((given) => path.resolve(from, given)) };
  } catch (error) {
    throw new StartError(`${error.message}\nUsage: npm start -- [--server] [--port N] [PATH…]`);
  }
}

/**
 * What to open: the samples, the one path given, or a workspace made of several.
 * @param {readonly string[]} paths
 * @returns {string}
 * @throws {StartError} when a path is not there
 */
function chooseWorkspace(paths) {
  for (const given of paths) {
    const found = statSync(given, { throwIfNoEntry: false });
    if (!found) throw new StartError(`There is no ${given}.`);
    if (!found.isDirectory() && !(paths.length === 1 && given.endsWith('.code-workspace'))) {
      throw new StartError(`${given} is no folder. Give folders, or one .code-workspace file.`);
    }
  }
  if (paths.length === 0) return path.join(root, 'samples');
  if (paths.length === 1) return paths[0];
  const file = path.join(CACHE, 'start.code-workspace');
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ folders: paths.map((folder) => ({ path: folder })) }, null, 2)}\n`);
  return file;
}

/**
 * Hands over to the VS Code of this machine.
 * @param {string} command
 * @param {string} workspace
 */
async function openDesktop(command, workspace) {
  console.log(`Opening ${workspace} in VS Code (${command}) with Interop Lens loaded`);
  const child = spawn(command, [`--extensionDevelopmentPath=${root}`, '--new-window', workspace], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  if (status !== 0)
    throw new StartError(`${command} ended with ${status}. Try the server-based VS Code: npm start -- --server`);
}

/**
 * Serves VS Code on 127.0.0.1 until Ctrl-C.
 * @param {string} workspace
 * @param {number | undefined} port
 */
async function openServer(workspace, port) {
  if (process.platform === 'win32') {
    throw new StartError(
      'There is no `code` on the PATH. Install VS Code (https://code.visualstudio.com) with "Add to PATH", then try again.',
    );
  }
  const missing = missingPrograms(HOST_PROGRAMS);
  if (missing.length > 0)
    throw new StartError(`There is no \`code\` on the PATH, and its stand-in needs more.\n${explainMissing(missing)}`);
  // Kept between runs, so that a person's own settings and layout survive.
  const userDataFolder = path.join(CACHE, 'start/user-data');
  const server = await startServer({
    server: await ensureHostInstalled(path.join(CACHE, 'vscode-host')),
    extensionFolder: root,
    userDataFolder,
    settings: existsSync(path.join(userDataFolder, 'User/settings.json')) ? undefined : FIRST_SETTINGS,
    extensionsFolder: path.join(CACHE, 'start/extensions'),
    logFile: path.join(CACHE, 'logs/start.log'),
  });
  let page;
  try {
    page = await servePageOnFreePort(
      { socket: server.socket, extensionFolder: server.extensionLink, host: 'node', workspace },
      port,
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  console.log(
    `\nVS Code with Interop Lens is at\n\n  ${page.url}\n\nOpen it in a browser. It shows ${workspace}. Ctrl-C ends it.`,
  );
  const signal = await new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => resolve(name));
  });
  console.log(`\n${signal === 'SIGINT' ? 'Stopping' : `${signal}, stopping`}`);
  await page.stop();
  await server.stop();
}

/**
 * @param {Parameters<typeof servePage>[0]} options
 * @param {number | undefined} port the one that was asked for, which then must be free
 */
async function servePageOnFreePort(options, port) {
  try {
    return await servePage({ ...options, port: port ?? DEFAULT_PORT });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new StartError(`Port ${port} is taken. Give another with --port.`);
    return servePage({ ...options, port: 0 });
  }
}

try {
  const { port, server, paths } = readCommandLine();
  const workspace = chooseWorkspace(paths);
  const { build } = await import('./build.mjs');
  try {
    await build();
  } catch {
    throw new StartError('The extension does not build; see the messages above.');
  }
  const command = server || !hasDisplay() ? null : findOnPath(['code', 'code-insiders', 'codium']);
  if (command) await openDesktop(command, workspace);
  else await openServer(workspace, port);
} catch (error) {
  console.error(error instanceof StartError || error.name === 'StepError' ? error.message : error);
  process.exitCode = 2;
}
