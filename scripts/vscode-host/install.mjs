import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { environmentForNestedNpm, runStep } from '../runStep.mjs';
import { findProgram } from '../systemPackages.mjs';

/** code-server 4.x.y carries VS Code 1.x.y: the oldest VS Code that the extension supports. */
export const HOST_VERSION = '4.100.3';

/** Raised when the steps below change, so that older installs are made anew. */
const RECIPE = 1;
const MARKER = 'complete.json';

/** Programs that the install and the running host ask of the system. */
export const HOST_PROGRAMS = ['ripgrep', 'git', 'python3', 'compiler', 'make'];

/**
 * Installs the server-based VS Code into the cache, once. The work is done in a folder of its own that is renamed when
 * all of it succeeded, so a broken install is never taken for a whole one.
 * @param {string} cacheFolder such as `.cache/vscode-host`
 * @returns {Promise<string>} the folder of the `code-server` package
 * @throws {StepError} when a step fails
 */
export async function ensureHostInstalled(cacheFolder) {
  const home = path.join(cacheFolder, HOST_VERSION);
  const server = path.join(home, 'node_modules/code-server');
  if (isComplete(home)) {
    linkRipgrep(server);
    return server;
  }
  mkdirSync(cacheFolder, { recursive: true });
  removeLeftovers(cacheFolder);
  const partial = `${home}.partial-${process.pid}`;
  console.log(
    `Installing VS Code ${HOST_VERSION.replace(/^4/, '1')} (code-server ${HOST_VERSION}) into ${home}; once, about a minute`,
  );
  try {
    await install(partial);
    if (isComplete(home)) rmSync(partial, { recursive: true, force: true });
    else {
      rmSync(home, { recursive: true, force: true });
      renameSync(partial, home);
    }
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  return server;
}

/** @param {string} home */
function isComplete(home) {
  const marker = path.join(home, MARKER);
  if (!existsSync(marker)) return false;
  const { recipe, platform } = JSON.parse(readFileSync(marker, 'utf8'));
  return (
    recipe === RECIPE &&
    platform === platformKey() &&
    existsSync(path.join(home, 'node_modules/code-server/out/node/entry.js'))
  );
}

/** Native modules are bound to these. */
function platformKey() {
  return `${process.platform}-${process.arch}-node${process.versions.node.split('.')[0]}`;
}

/**
 * Half-made installs of processes that are gone.
 * @param {string} cacheFolder
 */
function removeLeftovers(cacheFolder) {
  for (const name of readdirSync(cacheFolder)) {
    const [, pid] = name.split('.partial-');
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The steps, in an empty folder. code-server's own postinstall wants GitHub and Kerberos' headers; these do without.
 * @param {string} folder
 */
async function install(folder) {
  const env = environmentForNestedNpm();
  const npm = (label, args, cwd, goodEnough) =>
    runStep(`  ${label}`, 'npm', [...args, '--no-audit', '--no-fund'], { cwd, env, goodEnough });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const server = path.join(folder, 'node_modules/code-server');
  const vscode = path.join(server, 'lib/vscode');
  await npm('downloading code-server', ['install', '--ignore-scripts', `code-server@${HOST_VERSION}`], folder);
  await npm("installing VS Code's packages", ['install', '--ignore-scripts', '--omit=dev'], vscode);
  await npm(
    "installing its extensions' packages",
    ['install', '--ignore-scripts', '--omit=dev'],
    path.join(vscode, 'extensions'),
  );
  symlinkSync('node_modules', path.join(vscode, 'node_modules.asar'), 'dir');
  const rebuild = ['rebuild', '--ignore-scripts=false'];
  await npm('building argon2', [...rebuild, 'argon2'], folder);
  await npm('building spdlog and watchdog', [...rebuild, '@vscode/spdlog', 'native-watchdog'], vscode);
  // node-pty's last step fails outside VS Code's own build, after the binary is made.
  const terminal = path.join(vscode, 'node_modules/node-pty/build/Release/pty.node');
  await npm('building node-pty', [...rebuild, 'node-pty'], vscode, () => existsSync(terminal));
  linkRipgrep(server);
  writeFileSync(
    path.join(folder, MARKER),
    `${JSON.stringify({ recipe: RECIPE, platform: platformKey(), version: HOST_VERSION, installed: new Date().toISOString() }, null, 2)}\n`,
  );
}

/**
 * VS Code looks for ripgrep inside its own package, which downloads it; the system's does as well.
 * @param {string} server
 */
function linkRipgrep(server) {
  const target = path.join(server, 'lib/vscode/node_modules/@vscode/ripgrep/bin/rg');
  const ripgrep = findProgram('ripgrep');
  if (existsSync(target) || ripgrep === null) return;
  rmSync(target, { force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  symlinkSync(ripgrep, target);
}
