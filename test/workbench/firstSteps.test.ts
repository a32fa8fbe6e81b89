import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkbench, type Workbench } from '../../scripts/vscode-host/workbench.mjs';
import { keepPicture, openSamples, type OpenSamples } from './openSamples';

const VCPUS = 'test_verify_created_server_vcpus';
const root = path.resolve(__dirname, '../..');

describe('the first steps in the workbench', function () {
  this.timeout(180_000);
  let samples: OpenSamples;
  let workbench: Workbench;

  before(async () => {
    samples = await openSamples();
    ({ workbench } = samples);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(workbench, this.currentTest.title);
  });
  after(() => samples?.close());

  /** Waits until a step has its tick, or none. */
  async function waitForTick(title: string, ticked: boolean): Promise<void> {
    const step = workbench.page.locator('.gettingStartedContainer .getting-started-step', { hasText: title });
    await step
      .locator(`[role="checkbox"][aria-checked="${String(ticked)}"]`)
      .first()
      .waitFor();
  }

  it('have a tick for what was done before they were opened', async () => {
    await workbench.openViews('Interop Lens');
    await workbench.treeItem('Guidelines', '2026.01').waitFor();
    await workbench.runCommand('Interop Lens: First Steps');
    for (const title of ['Open a tree of tests', 'Add guidelines', 'Open the trees']) await waitForTick(title, true);
    for (const title of ['Open a test', 'See the evidence']) await waitForTick(title, false);
  });

  it('get a tick when a test is opened and its evidence seen', async () => {
    for (const label of ['2026.01', 'os_powered_compute', 'required', 'compute-servers-verify'])
      await workbench.expandItem('Guidelines', label);
    await workbench.treeItem('Guidelines', VCPUS).click();
    await workbench.waitFor('.tab.active[data-resource-name="test_create_server.py"]');
    const level = workbench.page.locator('.codelens-decoration', { hasText: 'guest: linux' });
    await level.locator('a', { hasText: /^evidence$/ }).click();
    await workbench.waitFor('.peekview-widget .peekview-title');
    await workbench.page.keyboard.press('Escape');
    await workbench.waitUntilGone('.peekview-widget');
    await workbench.runCommand('Interop Lens: First Steps');
    for (const title of ['Open a test', 'See the evidence']) await waitForTick(title, true);
  });

  it('leave nothing in the palette that works on tree items only', async () => {
    const titles = await workbench.listCommands('Interop Lens:');
    for (const title of ['Open Report', 'Filter Guidelines…', 'Compare Guidelines…', 'First Steps'])
      assert.ok(titles.includes(`Interop Lens: ${title}`), `${title} among ${titles.join(', ')}`);
    for (const title of ['Open', 'Copy Name', 'Copy Idempotent Id', 'Show References', 'Clear Guideline Filter'])
      assert.ok(!titles.includes(`Interop Lens: ${title}`), title);
  });
});

describe('the workbench where there is nothing to see', function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-empty-'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(workbench, this.currentTest.title);
    await workbench.close();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const welcome = (view: string, text: string): Promise<void> =>
    workbench.pane(view).locator('.welcome-view', { hasText: text }).waitFor();

  it('says what to open when no folder is open', async () => {
    workbench = await openWorkbench({ root, workspace: null });
    await workbench.openViews('Interop Lens');
    await welcome('Guidelines', 'Open a checkout of Tempest');
    await welcome('Guest Findings', 'Guest findings are read from the tests of an open folder');
  });

  it('says what is missing in a folder without tests and guidelines, and offers no command that cannot work', async () => {
    workbench = await openWorkbench({ root, workspace: folder });
    await workbench.openViews('Interop Lens');
    await welcome('Guidelines', 'No guideline was found');
    await welcome('Guest Findings', 'There are no Tempest tests in this workspace');
    const titles = await workbench.listCommands('Interop Lens:');
    for (const title of ['Fetch Published Guidelines', 'Add Guideline Folder…', 'Index Again', 'Show Log'])
      assert.ok(titles.includes(`Interop Lens: ${title}`), `${title} among ${titles.join(', ')}`);
    for (const title of [
      'Open Report',
      'Compare Guidelines…',
      'Compare Test Results…',
      'Browse Designated Sections…',
      'Filter Guidelines…',
      'Search Guest Findings…',
      'Flag This Test…',
      'Show Evidence Path',
    ])
      assert.ok(!titles.includes(`Interop Lens: ${title}`), title);
  });
});
