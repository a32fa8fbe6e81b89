#!/usr/bin/env node
/**
 * Packages the extension for VS Code's *Install from VSIX…* (or: code --install-extension FILE).
 *
 *   npm run package                 builds, writes interop-lens-<version>.vsix
 *   npm run package -- FILE.vsix    writes it there
 *
 * Microsoft's packager is large and needed for nothing else, so it stands in a folder of its own below `.cache`, installed
 * once from the npm registry.
 */
import './bootstrap.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environmentForNestedNpm, runStep } from './runStep.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const PACKAGER_VERSION = '3.9.2';
const PACKAGER_FOLDER = path.join(root, '.cache/vsce', PACKAGER_VERSION);
const PACKAGER = path.join(PACKAGER_FOLDER, 'node_modules/@vscode/vsce/vsce');

/** Where links and pictures of the README lead, which are no files of the package. */
const SOURCES = 'https://opendev.org/openinfra/interop-lens';

/** @throws {StepError} when the packager cannot be installed */
async function ensurePackager() {
  if (existsSync(PACKAGER)) return;
  mkdirSync(PACKAGER_FOLDER, { recursive: true });
  const args = ['install', '--prefix', PACKAGER_FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'];
  await runStep('Installing the packager', 'npm', [...args, `@vscode/vsce@${PACKAGER_VERSION}`], {
    cwd: PACKAGER_FOLDER,
    env: environmentForNestedNpm(),
  });
}

/**
 * @param {string} file the package to write
 * @throws {StepError} with the packager's own words
 */
export async function packageExtension(file) {
  await ensurePackager();
  const links = [
    ...['--baseContentUrl', `${SOURCES}/src/branch/main`],
    ...['--baseImagesUrl', `${SOURCES}/raw/branch/main`],
  ];
  await runStep(
    `Packaging ${path.basename(file)}`,
    process.execPath,
    [PACKAGER, 'package', '--no-dependencies', '--allow-missing-repository', ...links, '--out', file],
    { cwd: root },
  );
}

/**
 * Puts the files that a package of now would hold into a folder, without building: what an installed extension has.
 * @param {string} folder made when absent
 * @throws {StepError | Error} when the packager cannot be installed or does not answer
 */
export async function stagePackage(folder) {
  await ensurePackager();
  const { status, stdout, stderr } = spawnSync(process.execPath, [PACKAGER, 'ls', '--no-dependencies'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The packager does not list the files: ${stderr}`);
  for (const file of stdout.split(/\r?\n/).filter((line) => existsSync(path.join(root, line)) && line !== ''))
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.resolve(process.argv[2] ?? `interop-lens-${version}.vsix`);
  const { build } = await import('./build.mjs');
  try {
    await build({ minify: true, quiet: true });
    await packageExtension(file);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  console.log(`Install it with: code --install-extension ${path.relative('.', file)}`);
}
