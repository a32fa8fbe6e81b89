import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How long the server may take until it listens, in milliseconds. */
const START_LIMIT = 60_000;

/**
 * Starts the server-based VS Code on a socket of its own: nothing of it is reachable from the network, the page server
 * of `page.mjs` stands before it.
 * @param {object} options
 * @param {string} options.server the folder of the `code-server` package (see install.mjs)
 * @param {string} options.extensionFolder the extension under development
 * @param {string} options.userDataFolder settings and state; made when absent
 * @param {string} options.extensionsFolder installed extensions; made when absent
 * @param {Record<string, unknown>} [options.settings] the user's settings.json; the file is left alone when not given
 * @param {string} options.logFile where the server's output goes
 * @param {NodeJS.ProcessEnv} [options.env] what the server and its extension hosts see besides this process' environment
 * @returns {Promise<{ socket: string, extensionLink: string, stop: () => Promise<void> }>} `extensionLink` is
 *   the path by which the editor is to know the extension
 * @throws {Error} when the server ends before it listens; the message names the log
 */
export async function startServer({
  server,
  extensionFolder,
  userDataFolder,
  extensionsFolder,
  settings,
  logFile,
  env = {},
}) {
  for (const folder of [path.join(userDataFolder, 'User'), extensionsFolder, path.dirname(logFile)]) {
    mkdirSync(folder, { recursive: true });
  }
  if (settings)
    writeFileSync(path.join(userDataFolder, 'User/settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  // Socket paths are limited to about 100 characters, so it cannot stand below a deep checkout.
  const socketFolder = mkdtempSync(path.join(tmpdir(), 'interop-lens-'));
  const socket = path.join(socketFolder, 'vscode.sock');
  const config = path.join(socketFolder, 'config.yaml');
  writeFileSync(config, '');
  // The editor takes all extensions below the development folder for extensions under development, and picks its theme
  // from them. Its own stand in the checkout's cache, so the checkout goes by another name.
  const extensionLink = path.join(socketFolder, 'extension');
  symlinkSync(extensionFolder, extensionLink, 'dir');
  const log = createWriteStream(logFile);
  const child = spawn(
    process.execPath,
    [
      path.join(server, 'out/node/entry.js'),
      ...['--auth', 'none', '--socket', socket, '--config', config],
      ...['--session-socket', path.join(socketFolder, 'session.sock')],
      ...['--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ],
    {
      env: { ...withoutOuterVscode(process.env), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    killGroup(child);
    await ended;
    log.end();
    rmSync(socketFolder, { recursive: true, force: true });
  };
  try {
    await waitUntilListening(child, socket);
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${error.message}; its log is ${logFile}`);
  }
  return { socket, extensionLink, stop };
}

/**
 * Resolves when the server's own message says that it listens (the event), having tried the socket once.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} socket
 */
function waitUntilListening(child, socket) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`it was not ready after ${START_LIMIT / 1000} s`)), START_LIMIT);
    const settle = (act) => {
      clearTimeout(limit);
      act();
    };
    let seen = '';
    child.stdout.on('data', (data) => {
      seen += data;
      if (!seen.includes('HTTP server listening')) return;
      const probe = connect(socket, () => {
        probe.end();
        settle(resolve);
      });
      probe.on('error', (error) => settle(() => reject(error)));
    });
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => reject(new Error(`it ended with ${code}`))));
  });
}

/**
 * The server starts extension hosts and language servers: the whole group goes with it.
 * @param {import('node:child_process').ChildProcess} child
 */
function killGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/**
 * An environment without the traces of a VS Code that this process runs inside (its terminal sets them).
 * @param {NodeJS.ProcessEnv} env
 */
function withoutOuterVscode(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE'),
  );
}
