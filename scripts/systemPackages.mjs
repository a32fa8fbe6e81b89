import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { runStep } from './runStep.mjs';

/**
 * Programs of the operating system that the scripts use, each with Debian's package for it.
 * @type {Record<string, { commands: readonly string[], aptPackage: string, why: string }>}
 */
const PROGRAMS = {
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    aptPackage: 'chromium',
    why: 'the browser that the tests drive',
  },
  ripgrep: { commands: ['rg'], aptPackage: 'ripgrep', why: "VS Code's file search" },
  git: { commands: ['git'], aptPackage: 'git', why: "VS Code's git extension" },
  python3: {
    commands: ['python3'],
    aptPackage: 'python3',
    why: "node-gyp, and Python's own test loader as the oracle",
  },
  busybox: { commands: ['busybox'], aptPackage: 'busybox', why: 'the smallest guest that commands are tried on' },
  compiler: { commands: ['g++', 'c++', 'clang++'], aptPackage: 'g++', why: "VS Code's native modules" },
  make: { commands: ['make', 'gmake'], aptPackage: 'make', why: "VS Code's native modules" },
};

/**
 * The full path of the first of these commands on the PATH, or null.
 * @param {readonly string[]} commands
 * @returns {string | null}
 */
export function findOnPath(commands) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const command of commands) {
    for (const folder of folders) {
      for (const ending of endings) {
        const file = path.join(folder, command + ending);
        if (isExecutable(file)) return file;
      }
    }
  }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The full path of one of PROGRAMS, or null.
 * @param {keyof typeof PROGRAMS} name
 * @returns {string | null}
 */
export function findProgram(name) {
  return findOnPath(PROGRAMS[name].commands);
}

/**
 * Those of the named programs that are not on the PATH.
 * @param {readonly (keyof typeof PROGRAMS)[]} names
 * @returns {string[]}
 */
export function missingPrograms(names) {
  return names.filter((name) => findProgram(name) === null);
}

/**
 * What to tell a person whose system lacks these programs: what each is for, and the command that installs them.
 * @param {readonly string[]} names
 * @returns {string}
 */
export function explainMissing(names) {
  const list = names.map((name) => `${name} (${PROGRAMS[name].why})`).join(', ');
  const packages = names.map((name) => PROGRAMS[name].aptPackage).join(' ');
  const command = process.platform === 'darwin' ? `brew install ${packages}` : `sudo apt-get install -y ${packages}`;
  return `Not on this system: ${list}. Install with:\n  ${command}`;
}

/** Whether this process may install Debian packages by itself. */
export function canInstallPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && findOnPath(['apt-get']) !== null;
}

/**
 * Runs apt-get without questions.
 * @param {string} label
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
export async function runAptGet(label, args, options = {}) {
  return runStep(label, 'apt-get', ['-y', '-q', ...args], {
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

let listsAreFresh = false;

/**
 * Fetches apt's package lists, once in a process.
 * @throws {StepError} when apt fails
 */
export async function refreshAptLists() {
  if (listsAreFresh) return;
  await runAptGet("Fetching Debian's package lists (apt-get update)", ['update']);
  listsAreFresh = true;
}

/**
 * Installs the missing ones of these programs where it may (root, apt), and says what is still missing.
 * @param {readonly (keyof typeof PROGRAMS)[]} names
 * @returns {Promise<string | null>} null when all are there, else the message for the person
 */
export async function ensurePrograms(names) {
  const missing = missingPrograms(names);
  if (missing.length === 0) return null;
  if (canInstallPackages()) {
    const packages = missing.map((name) => PROGRAMS[name].aptPackage);
    try {
      await refreshAptLists();
      await runAptGet(`Installing ${packages.join(', ')} (apt-get install)`, [
        'install',
        '--no-install-recommends',
        ...packages,
      ]);
    } catch (error) {
      return `${explainMissing(missing)}\n${error.message}`;
    }
  }
  const stillMissing = missingPrograms(names);
  return stillMissing.length === 0 ? null : explainMissing(stillMissing);
}

/**
 * Whether a display is there to draw a desktop window on.
 * @returns {boolean}
 */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
