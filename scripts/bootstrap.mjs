/**
 * Import this first from every script that a person starts (`import './bootstrap.mjs';`), then load everything that
 * needs a package with `await import(…)`. It checks Node's version and installs the dependencies when they are not
 * there or package-lock.json asks for others. Plain Node only: it runs before any package exists.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentForNestedNpm, runStep } from './runStep.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM_NODE = [20, 19];

/** @param {string} file relative to the root */
const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** Ends the process when Node is too old. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  console.error(
    `Interop Lens needs Node ${MINIMUM_NODE.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Install a current one from https://nodejs.org/ (or: npx node@20 with this script), then try again.',
  );
  process.exit(2);
}

/**
 * Why the installed packages are not those of package-lock.json, or null when they are. npm keeps what it installed in
 * node_modules/.package-lock.json; optional packages (other platforms' binaries) may be absent.
 * @returns {string | null}
 */
function reasonToInstall() {
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return 'nothing is installed yet';
  const wanted = readJson('package-lock.json').packages;
  const installed = readJson('node_modules/.package-lock.json').packages;
  for (const [place, { version, optional }] of Object.entries(wanted)) {
    if (place === '' || (optional && !installed[place])) continue;
    if (installed[place]?.version !== version)
      return `package-lock.json asks for ${place.replace('node_modules/', '')} ${version}`;
  }
  return null;
}

/** Installs when needed; ends the process with a message when that fails. */
async function ensureDependencies() {
  const reason = reasonToInstall();
  if (reason === null) return;
  const count = Object.keys(readJson('package-lock.json').packages).length - 1;
  try {
    await runStep(
      `Installing up to ${count} packages with npm ci (${reason})`,
      'npm',
      ['ci', '--no-audit', '--no-fund'],
      {
        cwd: root,
        env: environmentForNestedNpm(),
      },
    );
  } catch (error) {
    console.error(
      `${error.message}\nThe dependencies could not be installed. Is the npm registry reachable (npm ping)?`,
    );
    process.exit(2);
  }
}

checkNode();
await ensureDependencies();
