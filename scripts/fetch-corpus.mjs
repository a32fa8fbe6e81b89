#!/usr/bin/env node
/**
 * Fetches real Tempest and its plugins: Debian's packages, downloaded with apt (nothing is installed) and unpacked into
 * `.cache/corpus/<package>/`. What is there already is kept.
 *
 *   node scripts/fetch-corpus.mjs                    the packages that the tests use, of the system's own release
 *   node scripts/fetch-corpus.mjs --release trixie   Tempest and every plugin of another release, into .cache/corpus-trixie/
 *
 * Another release comes from the mirror that the system's own apt uses, through package lists of its own (nothing of the
 * system's is changed); apt checks the signature of the release, and by its sums the lists and the packages.
 *
 * Tests find it by two environment variables, which scripts/test.mjs sets (and test/corpus falls back to the same places):
 *   INTEROP_LENS_CORPUS      the folder with one folder per package, each with usr/lib/python3/dist-packages/…
 *   INTEROP_LENS_GUIDELINES  a folder with published guidelines (*.json, add-ons/, verticals/), ../shared/guidelines here
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
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

/**
 * Where another release is unpacked.
 * @param {string} release Debian's code name
 */
export function folderOfRelease(release) {
  return `${CORPUS_FOLDER}-${release}`;
}

/**
 * Makes sure that Tempest and all plugins of another Debian release are there.
 * @param {string} release Debian's code name
 * @returns {Promise<{ folder: string } | { reason: string }>} `reason` says why they are not
 */
export async function ensureRelease(release) {
  const folder = folderOfRelease(release);
  if (!/^[a-z]+$/.test(release)) return { reason: `"${release}" is no code name of a Debian release` };
  if (isUnpacked('python3-tempest', folder)) return { folder };
  if (findOnPath(['apt-get']) === null || findOnPath(['dpkg']) === null)
    return { reason: `${release} comes from Debian's mirrors, and this system has no apt` };
  const state = path.join(folder, '.apt');
  mkdirSync(path.join(state, 'lists/partial'), { recursive: true });
  mkdirSync(path.join(state, 'cache/archives/partial'), { recursive: true });
  try {
    const sources = path.join(state, 'sources.list');
    writeFileSync(sources, `deb ${findMirror()} ${release} main\n`);
    const options = aptOptions(state, sources);
    await runStep(`Reading the package lists of ${release}`, 'apt-get', [...options, 'update'], { cwd: folder });
    const names = listTempestPackages(options);
    if (!names.includes('python3-tempest')) return { reason: `${release} has no python3-tempest` };
    const absent = names.filter((name) => !isUnpacked(name, folder));
    const label = `Downloading ${absent.length} packages of ${release}`;
    await runStep(label, 'apt-get', [...options, 'download', '-q', ...absent], { cwd: folder });
    // Tempest comes last: it is what tells a whole release from one that was broken off.
    for (const name of absent.sort((a, b) => Number(a === 'python3-tempest') - Number(b === 'python3-tempest')))
      await unpack(name, folder);
  } catch (error) {
    return { reason: `${release} could not be fetched: ${error.message}` };
  }
  return { folder };
}

/** The mirror that the system's apt takes the main archive from. @throws Error when it has none */
function findMirror() {
  const format = '$(CREATED_BY)|$(ORIGIN)|$(LABEL)|$(REPO_URI)';
  const targets = execFileSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' }).split('\n');
  const main = targets.map((line) => line.split('|')).find(([by, , label]) => by === 'Packages' && label === 'Debian');
  if (!main?.[3]) throw new Error("apt's own sources name no mirror of Debian, or have no lists: apt-get update");
  return main[3];
}

/**
 * Lists, cache and sources of its own; of the system's, only the keys.
 * @param {string} state
 * @param {string} sources
 */
function aptOptions(state, sources) {
  const settings = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': path.join(state, 'lists'),
    'Dir::Cache': path.join(state, 'cache'),
    'Acquire::Languages': 'none',
    // A release that is no longer updated is what we may be after.
    'Acquire::Check-Valid-Until': 'false',
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': '1',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** @param {readonly string[]} options */
function listTempestPackages(options) {
  const names = execFileSync('apt-cache', [...options, 'pkgnames'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return names
    .split('\n')
    .filter((name) => name === 'python3-tempest' || name.endsWith('-tempest-plugin'))
    .sort();
}

/** @param {string} name */
function isUnpacked(name, folder = CORPUS_FOLDER) {
  return existsSync(path.join(folder, name, 'usr/lib/python3/dist-packages'));
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
function findPackageFile(name, folder = CORPUS_FOLDER) {
  return readdirSync(folder).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
}

/**
 * Unpacks beside and renames, so that a half-unpacked package is never taken for a whole one. A damaged download goes.
 * @param {string} name
 */
async function unpack(name, folder = CORPUS_FOLDER) {
  const file = findPackageFile(name, folder);
  if (file === undefined) throw new Error(`apt downloaded no ${name}`);
  const partial = path.join(folder, `.${name}.partial`);
  rmSync(partial, { recursive: true, force: true });
  try {
    await runStep(`Unpacking ${name}`, 'dpkg', ['-x', file, partial], { cwd: folder });
  } catch (error) {
    rmSync(path.join(folder, file), { force: true });
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  rmSync(path.join(folder, name), { recursive: true, force: true });
  renameSync(partial, path.join(folder, name));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { release: { type: 'string' } } });
  const result = await (values.release === undefined ? ensureCorpus() : ensureRelease(values.release));
  if ('reason' in result) {
    console.error(result.reason);
    process.exit(1);
  }
  console.log(`The corpus is in ${result.folder}`);
}
