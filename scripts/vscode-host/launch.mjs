import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import { ensureHostInstalled } from './install.mjs';
import { servePage } from './page.mjs';
import { LINE_MARK, keepCounts } from './results.mjs';
import { startServer } from './server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const HOST_CACHE = path.join(root, '.cache/vscode-host');

/** A suite that takes longer has hung, in milliseconds. */
const SUITE_LIMIT = Number(process.env.INTEROP_LENS_SUITE_LIMIT ?? 5 * 60_000);

/** What VS Code's own command line takes and test-electron passes; everything else that starts with `--` is ignored. */
const VALUES = [
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'extensionDevelopmentKind',
  'user-data-dir',
  'extensions-dir',
];

/** How many of the editor's own messages are kept to be shown when the suite fails. */
const KEPT_MESSAGES = 40;

/**
 * Reads VS Code's arguments.
 * @param {readonly string[]} args
 * @returns {{ values: Record<string, string>, trusted: boolean, workspace: string | null }}
 */
export function readArguments(args) {
  const values = {};
  let workspace = null;
  let trusted = false;
  for (const arg of args) {
    if (arg === '--disable-workspace-trust') trusted = true;
    else if (!arg.startsWith('--')) workspace = path.resolve(arg);
    const [name, ...rest] = arg.replace('--', '').split('=');
    if (VALUES.includes(name)) values[name] = rest.join('=');
  }
  return { values, trusted, workspace };
}

/**
 * Runs an extension's tests as `code --extensionDevelopmentPath=… --extensionTestsPath=… FOLDER` does, in the
 * server-based VS Code with a Chromium. `--extensionDevelopmentKind=web` asks for the web extension host.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the suite's exit code; 2 when the arguments are wrong
 */
export async function launch(args) {
  const { values, trusted, workspace } = readArguments(args);
  if (!values.extensionDevelopmentPath || !values.extensionTestsPath) {
    console.error('launcher: --extensionDevelopmentPath=FOLDER and --extensionTestsPath=FILE are both needed');
    return 2;
  }
  const extensionFolder = path.resolve(values.extensionDevelopmentPath);
  const testsFile = path.relative(extensionFolder, withEnding(path.resolve(values.extensionTestsPath)));
  if (testsFile.startsWith('..')) {
    console.error('launcher: the tests must stand below the extension under development');
    return 2;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'interop-lens-run-'));
  const cleanUp = [() => rmSync(scratch, { recursive: true, force: true })];
  const cleanAll = async () => {
    while (cleanUp.length > 0) await cleanUp.pop()();
  };
  process.once('SIGINT', () => void cleanAll().then(() => process.exit(130)));
  process.once('SIGTERM', () => void cleanAll().then(() => process.exit(143)));
  try {
    const server = await startServer({
      server: await ensureHostInstalled(HOST_CACHE),
      extensionFolder,
      // A profile of its own for each run, as test-electron's is kept between runs.
      userDataFolder: path.join(scratch, 'user-data'),
      extensionsFolder: path.join(scratch, 'extensions'),
      settings: {
        'telemetry.telemetryLevel': 'off',
        'workbench.startupEditor': 'none',
        'extensions.autoUpdate': false,
      },
      logFile: path.join(root, '.cache/logs', `server-${process.pid}.log`),
    });
    cleanUp.push(server.stop);
    const page = await servePage({
      socket: server.socket,
      extensionFolder: server.extensionLink,
      host: values.extensionDevelopmentKind === 'web' ? 'web' : 'node',
      testsFile: path.join(server.extensionLink, testsFile),
      workspace: workspace ?? scratch,
      trusted,
    });
    cleanUp.push(page.stop);
    const browser = await openBrowser();
    cleanUp.push(browser.close);
    return await runInPage(browser.page, page.url);
  } finally {
    await cleanAll();
  }
}

/**
 * Opens the workbench and waits for the suite's end.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<number>} exit code
 */
async function runInPage(page, url) {
  const ended = new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`the suite did not end within ${SUITE_LIMIT / 1000} s`)),
      SUITE_LIMIT,
    );
    page.once('crash', () => reject(new Error('the page crashed')));
    page.once('close', () => reject(new Error('the page was closed')));
    page.once('interop-lens-exit', (code) => {
      clearTimeout(limit);
      resolve(code);
    });
  });
  // Awaited below; until then a rejection is no unhandled one.
  ended.catch(() => undefined);
  await page.exposeFunction('codeAutomationExit', (code) => page.emit('interop-lens-exit', Number(code)));
  const log = createConsole();
  await page.exposeFunction('codeAutomationLog', log.take);
  try {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    const code = await ended;
    if (code !== 0) log.showKept();
    return code;
  } catch (error) {
    log.showKept();
    throw error;
  }
}

/**
 * Sorts what the workbench and its extension host write: the suite's lines are printed as they come, the editor's own are
 * kept for the case that the suite fails (INTEROP_LENS_VERBOSE=1 prints them all at once).
 * @returns {{ take: (type: string, items: unknown[]) => void, showKept: () => void }}
 */
function createConsole() {
  const kept = [];
  return {
    take(type, items) {
      const text = items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(' ');
      if (text.startsWith(LINE_MARK)) {
        keepCounts(text);
        console.log(text);
      } else if (process.env.INTEROP_LENS_VERBOSE) console.log(`[${type}] ${text}`);
      else kept.push(`[${type}] ${text}`);
      if (kept.length > KEPT_MESSAGES) kept.shift();
    },
    showKept() {
      if (kept.length > 0) console.log(`The editor's last messages:\n${kept.join('\n')}`);
    },
  };
}

/** @param {string} file the tests' path, whose `.js` test-electron's users may leave out */
const withEnding = (file) => (file.endsWith('.js') ? file : `${file}.js`);
