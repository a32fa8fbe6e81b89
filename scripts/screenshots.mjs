#!/usr/bin/env node
/**
 * Takes the pictures of the README from a real VS Code with the extension loaded:
 *
 *   node scripts/screenshots.mjs [NAME…]      all pictures, or those whose name contains one of these
 */
import './bootstrap.mjs';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listGuidelineScenes } from './guidelineScenes.mjs';
import { ensurePrograms, findProgram } from './systemPackages.mjs';
import { HOST_PROGRAMS } from './vscode-host/install.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MEDIA = path.join(root, 'media');

/** What is to be seen in every kind of colours is taken in all four. */
const THEMES = [
  { suffix: '', name: 'light', theme: 'Light Modern' },
  { suffix: '-dark', name: 'dark', theme: 'Dark Modern' },
  { suffix: '-contrast', name: 'high-contrast', theme: 'Dark High Contrast' },
  { suffix: '-contrast-light', name: 'high-contrast-light', theme: 'Light High Contrast' },
];

/** A reviewer's way is taken in one. */
const REVIEW_THEMES = [{ suffix: '-dark', theme: 'Default Dark Modern' }];

/**
 * Each scene opens a workspace of its own (folders below the root) and takes pictures into media/.
 * @type {readonly { name: string, folders: readonly string[], settings?: Record<string, unknown>, prepare?: () => void,
 *   take: (workbench: import('./vscode-host/workbench.mjs').Workbench, save: (name: string, selector?: string) => Promise<void>) => Promise<void> }[]}
 */
const SCENES = [
  {
    name: 'samples',
    folders: ['samples'],
    take: async (workbench, save) => {
      await workbench.openFile('test_create_server.py', 30);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await save('samples');
    },
  },
  {
    name: 'tempest',
    folders: ['.cache/corpus/python3-tempest/usr/lib/python3/dist-packages', '../shared/guidelines'],
    take: async (workbench, save) => {
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 126, 72);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await workbench.hoverAtCursor('cpuinfo');
      await save('guest-command-hover');
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 110, 15);
      await workbench.hoverAtCursor('compute-servers-verify');
      await save('test-hover');
      await workbench.openFile('tempest/common/utils/linux/remote_client.py', 85, 30);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await save('helper-view');
      await workbench.openFile('2020.06.json', 1);
      await workbench.find('"compute-servers-verify": {');
      await workbench.waitFor('.codelens-decoration', 'required');
      await save('guideline-view');
    },
  },
  {
    name: 'trees',
    folders: ['.cache/corpus/python3-tempest/usr/lib/python3/dist-packages', '../shared/guidelines'],
    take: async (workbench, save) => {
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 126, 72);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await workbench.takeInThemes(THEMES, ({ suffix }) => save(`python-view${suffix}`));
      await workbench.runCommand('Interop Lens: Reveal in Trees');
      await workbench.waitFor('.pane-body .monaco-list-row.selected', '/proc/cpuinfo');
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 110, 15);
      await workbench.runCommand('Interop Lens: Reveal in Trees');
      await workbench.waitFor('.pane-body .monaco-list-row.selected', 'vcpus');
      await workbench.setSideBarWidth(560);
      await workbench.takeInThemes(THEMES, ({ suffix }) => save(`trees${suffix}`));
    },
  },
  {
    name: 'explain-view',
    folders: ['.cache/corpus/python3-tempest/usr/lib/python3/dist-packages', '../shared/guidelines'],
    take: async (workbench, save) => {
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 139, 15);
      await workbench.waitFor('.codelens-decoration', 'posix');
      await workbench.runCommand('Interop Lens: Explain Guest Level');
      const heading = workbench.webview().getByRole('heading', { name: /^posix: ssh "hostname"/ });
      await heading.evaluate((element) => element.scrollIntoView());
      await save('explain-view');
    },
  },
  {
    name: 'first-steps',
    folders: ['samples'],
    take: async (workbench, save) => {
      await workbench.openFile('test_create_server.py', 30);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await workbench.runCommand('Interop Lens: First Steps');
      await workbench.waitFor('.gettingStartedContainer .step-title', 'See the evidence');
      await workbench.page.locator('.gettingStartedContainer .step-title', { hasText: 'Open a test' }).click();
      // The picture of the step before it stays until this one's is loaded.
      await workbench.webview().getByText('accepts SSH').waitFor();
      await workbench.takeInThemes(THEMES, ({ suffix }) => save(`first-steps${suffix}`));
    },
  },
  ...REVIEW_THEMES.map(({ suffix, theme }) => ({
    // A reviewer's way, step by step: each waits for what the one before it must bring about.
    name: `review${suffix}`,
    folders: ['.cache/corpus/python3-tempest/usr/lib/python3/dist-packages', '../shared/guidelines'],
    settings: { 'workbench.colorTheme': theme },
    take: async (workbench, save) => {
      await workbench.openFile('tempest/api/compute/servers/test_create_server.py', 110, 15);
      await workbench.waitFor('.codelens-decoration', 'linux');
      await workbench.runCommand('Interop Lens: Reveal in Trees');
      await workbench.waitFor('.pane-body .monaco-list-row.selected', 'vcpus');
      await workbench.runCommand('Interop Lens: Filter Guidelines…');
      for (const value of ['linux', 'required'])
        await workbench.page
          .locator('.quick-input-list .monaco-list-row', { has: workbench.page.getByText(value, { exact: true }) })
          .first()
          .click();
      await workbench.page.keyboard.press('Enter');
      await workbench.waitFor('.pane-header', 'linux · required');
      await workbench.waitFor('.pane-body .message', 'demand Linux');
      const test = workbench.page.locator('.pane-body .monaco-list-row', {
        hasText: 'test_verify_created_server_vcpus',
      });
      await test.first().click();
      await workbench.waitFor('.tabs-container .tab.active', 'test_create_server.py');
      await workbench.page
        .locator('.codelens-decoration a', { hasText: /^evidence$/ })
        .last()
        .click();
      await workbench.waitFor('.peekview-widget .peekview-title');
      await workbench.setSideBarWidth(420);
      // Where this machine keeps the files is of no interest.
      await workbench.page.addStyleTag({ content: '.peekview-title .dirname { visibility: hidden; }' });
      await save(`review${suffix}`);
      await workbench.page.keyboard.press('Escape');
      await workbench.openFile('tempest/common/utils/linux/remote_client.py', 57, 12);
      await workbench.runCommand('Calls: Show Call Hierarchy');
      await workbench.waitFor('.pane-body .monaco-list-row', 'check_disks');
      await save(`call-hierarchy${suffix}`);
    },
  })),
  {
    name: 'debate-fixes',
    folders: ['.cache/debate-fixes', '../shared/guidelines'],
    prepare: () => copyCorpus('python3-tempest', '.cache/debate-fixes'),
    take: async (workbench, save) => {
      const created = 'tempest/api/compute/servers/test_create_server.py';
      const attached = 'tempest/api/compute/volumes/test_attach_volume.py';
      for (const { name, file, test, words = '', place = null, from, fix, to } of [
        {
          name: 'hostname',
          file: created,
          test: 'test_host_name_is_same_as_server_name',
          // The words stand twice in the file; this is the first place of them.
          place: [143, 50],
          from: 'posix',
          fix: 'Ask the API for',
          to: 'boot',
        },
        {
          name: 'vcpus',
          file: created,
          test: 'test_verify_created_server_vcpus',
          words: '^processor /proc/cpuinfo',
          from: 'linux',
          fix: 'Ask the server diagnostics',
          to: 'boot',
        },
        {
          name: 'disks',
          file: attached,
          test: 'def test_attach_detach_volume',
          words: 'linux_client.list_disks',
          from: 'linux',
          fix: 'Count the volume attachments',
          to: 'login',
        },
      ]) {
        await workbench.openFile(file, 1);
        await workbench.find(test);
        await workbench.waitFor('.codelens-decoration:visible', `guest: ${from}`);
        await save(`fixes/debate-${name}-1`);
        if (place) await workbench.openFile(file, ...place);
        else await workbench.find(words);
        await workbench.openFixes(fix);
        await save(`fixes/debate-${name}-2`);
        await workbench.chooseFix(fix);
        await workbench.find(test);
        // The tests around it have lenses too: what tells is that none says the old level, or one the new.
        if (to === 'login') await workbench.waitFor('.codelens-decoration:visible', `guest: ${to}`);
        else await workbench.waitUntilGone('.codelens-decoration:visible', `guest: ${from}`);
        await save(`fixes/debate-${name}-3`);
      }
    },
  },
  ...listGuidelineScenes(root),
  { name: 'report-view', folders: ['samples'], take: takeReportView },
];

/** Opens the report in the editor, flips a policy, and follows a cell to its source beside it. */
async function takeReportView(workbench, save) {
  await workbench.openFile('test_create_server.py', 30);
  await workbench.waitFor('.codelens-decoration', 'linux');
  await workbench.runCommand('Interop Lens: Open Report');
  const report = workbench.webview();
  await report.getByRole('combobox', { name: 'Cloud' }).selectOption('windows-vms');
  await report.getByRole('switch', { name: /An uploaded image must run/ }).click();
  await report.locator('.against summary').first().click();
  await workbench.takeInThemes(THEMES, ({ name }) => save(`report-view-${name}`));
  await workbench.chooseTheme('Light Modern');
  const source = report.locator('.against .source').first();
  const line = (await source.innerText()).split(':').at(-1);
  await source.click();
  await workbench.waitForStatus(`Ln ${line},`);
  await save('report-source-light');
}

/** The page that `interop-lens report` writes, in each kind of colours. */
const LOOKS = [
  { suffix: 'light', options: { colorScheme: 'light' } },
  { suffix: 'dark', options: { colorScheme: 'dark' } },
  { suffix: 'high-contrast', options: { colorScheme: 'dark', forcedColors: 'active' } },
];

/** Views of the report page with what is done before the picture. */
const REPORT_PICTURES = [
  {
    view: 'board',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Cloud' }).selectOption('illumos-zones');
      await page.locator('.against summary').first().click();
    },
  },
  {
    view: 'matrix',
    act: async (page) => {
      await page.getByRole('searchbox').fill('compute-');
      await page
        .getByRole('row', { name: /compute-servers-verify/ })
        .getByRole('button')
        .nth(3)
        .click();
      await page.locator('.entries summary', { hasText: 'test_verify_created_server_vcpus' }).first().click();
    },
  },
  { view: 'levels', act: async () => undefined },
  { view: 'tests', act: async () => undefined },
];

/**
 * A copy of a corpus package that a scene may change.
 * @param {string} name
 * @param {string} folder
 */
function copyCorpus(name, folder) {
  const source = path.join(root, '.cache/corpus', name, 'usr/lib/python3/dist-packages');
  const target = path.join(root, folder);
  rmSync(target, { recursive: true, force: true });
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}

/**
 * What VS Code opens: the one folder, or a workspace file made of several.
 * @param {readonly string[]} folders
 */
function workspaceOf(folders) {
  const full = folders.map((folder) => path.resolve(root, folder));
  const absent = full.filter((folder) => !existsSync(folder));
  if (absent.length > 0)
    throw new Error(`there is no ${absent.join(', ')} (scripts/fetch-corpus.mjs fetches the corpus)`);
  if (full.length === 1) return full[0];
  const file = path.join(root, '.cache/screenshots.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: full.map((folder) => ({ path: folder })) }));
  return file;
}

/** Takes the pictures of the report page, without an editor. */
async function takeReportPictures() {
  const { chromium } = await import('playwright-core');
  const file = path.join(root, '.cache/report.html');
  const tree = path.join(root, '.cache/corpus/python3-tempest/usr/lib/python3/dist-packages');
  const args = ['report', '--root', tree, '--guideline', path.resolve(root, '../shared/guidelines'), '--output', file];
  execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { stdio: ['ignore', 'inherit', 'ignore'] });
  const browser = await chromium.launch({
    executablePath: findProgram('chromium'),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const { suffix, options } of LOOKS) {
      for (const { view, act } of REPORT_PICTURES) {
        const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
        const page = await context.newPage();
        await page.goto(`${pathToFileURL(file).href}#${view}`);
        await act(page);
        const picture = path.join(MEDIA, `report-${view}-${suffix}.png`);
        await page.screenshot({ path: picture, animations: 'disabled' });
        console.log(`wrote ${picture}`);
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}

const asked = process.argv.slice(2);
const missing = await ensurePrograms([...HOST_PROGRAMS, 'chromium']);
if (missing) {
  console.error(missing);
  process.exit(2);
}
const { build } = await import('./build.mjs');
const { openWorkbench } = await import('./vscode-host/workbench.mjs');
try {
  await build({ quiet: true });
} catch {
  process.exit(1);
}
mkdirSync(MEDIA, { recursive: true });
const isAsked = (name) => asked.length === 0 || asked.some((part) => name.includes(part));
if (isAsked('report-page')) {
  console.log('scene report-page');
  await takeReportPictures();
}
mkdirSync(path.join(MEDIA, 'fixes'), { recursive: true });
for (const scene of SCENES) {
  if (!isAsked(scene.name)) continue;
  console.log(`scene ${scene.name}`);
  scene.prepare?.();
  const workbench = await openWorkbench({ root, workspace: workspaceOf(scene.folders), settings: scene.settings });
  try {
    await scene.take(workbench, (name, selector) => workbench.takePicture(path.join(MEDIA, `${name}.png`), selector));
  } catch (error) {
    const file = path.join(root, '.cache/logs', `${scene.name}-failed.png`);
    await workbench.takePicture(file);
    console.error(`scene ${scene.name} failed: ${error.message}`);
    process.exitCode = 1;
  } finally {
    await workbench.close();
  }
}
