#!/usr/bin/env node
/**
 * Fetches real Tempest and its plugins: Debian's packages, downloaded with apt (nothing is installed) and unpacked into
 * `.cache/corpus/<package>/`. What is there already is kept.
 *
 * Tests find it by two environment variables, which scripts/test.mjs sets (and test/corpus falls back to the same places):
 *   INTEROP_LENS_CORPUS      the folder with one folder per package, each with usr/lib/python3/dist-packages/…
 *   INTEROP_LENS_GUIDELINES  a folder with published guidelines (*.json, add-ons/, verticals/), ../shared/guidelines here
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runStep } from './runStep.mjs';
import { canInstallPackages, findOnPath, refreshAptLists } from './systemPackages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const CORPUS_FOLDER = path.join(root, '.cache/corpus');

/** Debian's names. */
export const CORPUS_PACKAGES = [
  'python3-tempest',
  'neutron-tempest-plugin',
  'octavia-tempest-plugin',
  'cinder-tempest-plugin',
  'heat-tempest-plugin',
  'ironic-tempest-plugin',
  'manila-tempest-plugin',
  'barbican-tempest-plugin',
];

/**
 * Makes sure that the corpus is there.
 * @returns {Promise<{ folder: string } | { reason: string }>} `reason` says why it is not
 */
export async function ensureCorpus() {
  const absent = CORPUS_PACKAGES.filter((name) => !isUnpacked(name));
  if (absent.length === 0) return { folder: CORPUS_FOLDER };
  if (findOnPath(['apt-get']) === null || findOnPath(['dpkg']) === null) {
    return {
      reason: `real Tempest comes from Debian's packages, and this system has no apt; absent: ${absent.join(', ')}`,
    };
  }
  mkdirSync(CORPUS_FOLDER, { recursive: true });
  try {
    await downloadAll(absent);
    for (const name of absent) await unpack(name);
  } catch (error) {
    return { reason: `real Tempest could not be fetched: ${error.message}` };
  }
  return { folder: CORPUS_FOLDER };
}

/** @param {string} name */
function isUnpacked(name) {
  return existsSync(path.join(CORPUS_FOLDER, name, 'usr/lib/python3/dist-packages'));
}

/**
 * Downloads with the package lists that are there, else with fresh ones (which only root may fetch).
 * @param {readonly string[]} names
 */
async function downloadAll(names) {
  const wanted = names.filter((name) => findPackageFile(name) === undefined);
  if (wanted.length === 0) return;
  // apt's download sandbox user may not write into the checkout.
  const args = ['download', '-q', '-o', 'APT::Sandbox::User=root', ...wanted];
  const label = `Downloading ${wanted.length} Debian packages (apt-get download)`;
  try {
    await runStep(label, 'apt-get', args, { cwd: CORPUS_FOLDER });
  } catch (error) {
    if (!canInstallPackages()) throw new Error(`${error.message}\nFresh package lists may help: sudo apt-get update`);
    await refreshAptLists();
    await runStep(label, 'apt-get', args, { cwd: CORPUS_FOLDER });
  }
}

/** @param {string} name */
function findPackageFile(name) {
  return readdirSync(CORPUS_FOLDER).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
}

/**
 * Unpacks beside and renames, so that a half-unpacked package is never taken for a whole one. A damaged download goes.
 * @param {string} name
 */
async function unpack(name) {
  const file = findPackageFile(name);
  if (file === undefined) throw new Error(`apt downloaded no ${name}`);
  const partial = path.join(CORPUS_FOLDER, `.${name}.partial`);
  rmSync(partial, { recursive: true, force: true });
  try {
    await runStep(`Unpacking ${name}`, 'dpkg', ['-x', file, partial], { cwd: CORPUS_FOLDER });
  } catch (error) {
    rmSync(path.join(CORPUS_FOLDER, file), { force: true });
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  rmSync(path.join(CORPUS_FOLDER, name), { recursive: true, force: true });
  renameSync(partial, path.join(CORPUS_FOLDER, name));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await ensureCorpus();
  if ('reason' in result) {
    console.error(result.reason);
    process.exit(1);
  }
  console.log(`The corpus is in ${result.folder}`);
}
