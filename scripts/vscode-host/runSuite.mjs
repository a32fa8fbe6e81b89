#!/usr/bin/env node
/**
 * Runs one suite through @vscode/test-electron, in a process of its own (it prints to standard output, which the caller
 * reads): `runSuite.mjs NAME HOST WORKSPACE EXTENSION [EXECUTABLE]`; the suite's bundle stands in EXTENSION's `dist/test/vscode`. Without an executable desktop VS Code is downloaded.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [name, host, workspace, extension, vscodeExecutablePath] = process.argv.slice(2);

/** The oldest version that package.json supports, so that a newer API is noticed. */
const DESKTOP_VERSION = '1.100.3';

try {
  await runTests({
    ...(vscodeExecutablePath
      ? { vscodeExecutablePath }
      : { version: DESKTOP_VERSION, cachePath: path.join(root, '.cache/vscode-desktop') }),
    extensionDevelopmentPath: extension,
    extensionTestsPath: path.join(extension, 'dist/test/vscode', name),
    // An installed extension has no say in what is tested here.
    launchArgs: [workspace, '--disable-extensions', ...(host === 'web' ? ['--extensionDevelopmentKind=web'] : [])],
    // Its default profile stands beside the cache; ours must not carry over from run to run.
    reuseMachineInstall: Boolean(vscodeExecutablePath),
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
