import assert from 'node:assert/strict';
import { readFileSync, watch } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../../scripts/vscode-host/workbench.mjs';
import { findAccessibilityViolations } from '../support/findAccessibilityViolations';
import { keepPicture, openSamples, type OpenSamples } from './openSamples';

const TEST_FILE = 'tempest/api/compute/servers/test_create_server.py';
const OURS = 'interop-lens.interop-lens';
const VCPUS = 'test_verify_created_server_vcpus';

/** What is asked of an element in the page: this program has no types of browsers. */
interface Styled {
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(element: unknown): { readonly outlineStyle: string } };
  };
}

/** A reviewer's way through the workbench, by mouse and keyboard. Each step starts where the one before it ended. */
describe('a reviewer in the workbench', function () {
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

  /** 1-based line of the first place of a text in a file of the workspace. */
  const lineOf = (file: string, text: string): number => {
    const lines = readFileSync(path.join(samples.folder, file), 'utf8').split('\n');
    const line = lines.findIndex((candidate) => candidate.includes(text));
    assert.ok(line >= 0, `${text} in ${file}`);
    return line + 1;
  };

  it('opens the trees of the activity bar', async () => {
    await workbench.openViews('Interop Lens');
    await workbench.treeItem('Guidelines', '2026.01').waitFor();
    await workbench.treeItem('Guest Findings', /IL\d+/).waitFor();
  });

  it('filters the guidelines for what needs Linux', async () => {
    await workbench.runViewAction('Guidelines', 'Filter Guidelines…');
    await workbench.pickItem('linux');
    await workbench.page.keyboard.press('Enter');
    await workbench.pane('Guidelines').locator('.pane-header .description', { hasText: 'linux' }).waitFor();
    await workbench
      .pane('Guidelines')
      .locator('.message', { hasText: /\d+ of \d+ entries; \d+ demand Linux/ })
      .waitFor();
    await workbench.treeItem('Guidelines', 'dns').waitFor({ state: 'hidden' });
  });

  it('opens a test from the tree', async () => {
    for (const label of ['2026.01', 'os_powered_compute', 'required', 'compute-servers-verify'])
      await workbench.expandItem('Guidelines', label);
    const test = workbench.treeItem('Guidelines', VCPUS);
    assert.match(await test.innerText(), /linux \(\w+ with validation off\)/);
    await test.click();
    await workbench.waitForPlace('test_create_server.py', lineOf(TEST_FILE, `def ${VCPUS}`));
  });

  it('peeks at the evidence behind a level', async () => {
    const level = workbench.page.locator('.codelens-decoration', { hasText: 'guest: linux' });
    await level.locator('a', { hasText: /^evidence$/ }).click();
    const peek = workbench.page.locator('.peekview-widget');
    await peek.locator('.preview .view-line', { hasText: '/proc/cpuinfo' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await peek.waitFor({ state: 'hidden' });
  });

  it('opens the report, chooses a cloud and flips a policy on the board', async () => {
    await workbench.runViewAction('Guidelines', 'Open Report');
    const report = workbench.webview(OURS);
    const cell = report.locator('table.chart').getByRole('button').first();
    const choose = report.getByRole('combobox', { name: 'Cloud' });
    await choose.selectOption('linux-vms');
    const linux = await cell.innerText();
    await choose.selectOption('windows-vms');
    await report.locator('.against summary', { hasText: 'compute-servers-verify' }).first().waitFor();
    assert.notEqual(await cell.innerText(), linux);
    const policy = report.getByRole('switch', { name: /An uploaded image must run/ });
    const card = report.locator('.card h3', { hasText: 'An uploaded image must run' });
    assert.equal(await card.count(), 0);
    await policy.click();
    await card.waitFor();
    assert.equal(await policy.isChecked(), true);
  });

  it('follows a cell of the matrix to its source', async () => {
    const report = workbench.webview(OURS);
    await report.getByRole('tab', { name: 'Capabilities' }).click();
    const row = report.getByRole('row', { name: /compute-servers-verify/ });
    await row.getByRole('button').first().click();
    const drawer = report.getByRole('complementary');
    await drawer.locator('summary', { hasText: VCPUS }).first().click();
    // The path of the highest site stands open.
    const source = drawer.locator('.steps:visible .source').last();
    const line = lineOf(TEST_FILE, '/proc/cpuinfo');
    assert.equal((await source.innerText()).trim(), `${TEST_FILE}:${String(line)}`);
    await source.click();
    await workbench.waitForPlace('test_create_server.py', line);
  });

  it('flags a test from the tree, wherever the caret is', async () => {
    const guideline = path.join(samples.folder, 'guidelines/2026.01.json');
    const before = readFileSync(guideline, 'utf8');
    const rows = workbench.pane('Guidelines').locator('.monaco-list-row');
    await workbench.page.evaluate(
      `document.querySelectorAll('.part.sidebar .monaco-list-row').forEach((row) => row.setAttribute('data-seen', ''))`,
    );
    await workbench.runItemAction(workbench.treeItem('Guidelines', VCPUS), 'Flag This Test…');
    const input = workbench.page.locator('.quick-input-widget:visible');
    for (const step of [1, 2, 3]) {
      await input.locator('.quick-input-title', { hasText: `(${String(step)}/` }).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    const mirror = input.locator('.monaco-list-row', { hasText: 'Leave' });
    const tab = workbench.page.locator('.tab.active[data-resource-name="2026.01.json"]');
    await mirror.or(tab).first().waitFor();
    if (await mirror.isVisible()) await mirror.click();
    await tab.waitFor();
    // Shorter it is while it is being written.
    const saved = waitForText(guideline, (text) => text.length > before.length);
    await workbench.page.keyboard.press('Control+S');
    const { capabilities } = JSON.parse(await saved) as {
      readonly capabilities: Readonly<
        Record<string, { readonly tests: Readonly<Record<string, { readonly flagged?: { readonly reason: string } }>> }>
      >;
    };
    const tests = Object.entries(capabilities['compute-servers-verify']?.tests ?? {});
    const flagged = tests.filter(([, { flagged }]) => flagged?.reason.includes(VCPUS));
    assert.deepEqual(
      flagged.map(([name]) => name.split('.').at(-1)),
      [VCPUS],
    );
    await workbench.treeItem('Guidelines', /vcpus.*flagged/).waitFor();
    // Nothing but what changed is drawn anew, and the selection stays.
    for (const label of ['next', '2026.01', 'compute-servers-reboot', 'compute-volume-attach'])
      assert.equal(await workbench.treeItem('Guidelines', label).getAttribute('data-seen'), '', label);
    assert.match(await rows.and(workbench.page.locator('.selected')).innerText(), new RegExp(VCPUS));
  });

  it('compares a guideline from the tree with what git has of it', async () => {
    // The report of the steps before is a page of ours as well.
    await workbench.runCommand('View: Close All Editors');
    await workbench.waitUntilGone('.editor-group-container .tab');
    await workbench.runItemAction(workbench.treeItem('Guidelines', '2026.01'), 'Compare Guidelines…');
    const head = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'git HEAD' });
    await head.click();
    const preview = workbench.webview(OURS);
    await preview.getByRole('heading', { name: 'Flags changed' }).waitFor();
    const changed = preview.getByRole('row', { name: /compute-servers-verify/ });
    assert.match(await changed.innerText(), new RegExp(VCPUS));
    await workbench.runCommand('View: Close All Editors');
    await workbench.waitUntilGone('.editor-group-container .tab');
  });

  it('compares two guidelines from the tree', async () => {
    await workbench.runItemAction(workbench.treeItem('Guidelines', '2026.01'), 'Compare Guidelines…');
    await workbench.pickItem('next');
    const shown = workbench.webview(OURS);
    await shown.getByRole('heading', { name: /2026\.01 → next/ }).waitFor();
    const body = await shown.locator('body').elementHandle();
    const frame = await body?.ownerFrame();
    assert.ok(frame);
    assert.deepEqual(await findAccessibilityViolations(frame), []);
  });

  it('follows a link of the comparison to its line, by mouse and by keyboard', async () => {
    const links = workbench.webview(OURS).getByRole('main').getByRole('link');
    for (const how of ['click', 'Enter'] as const) {
      const link = how === 'click' ? links.first() : links.nth(1);
      const name = await link.innerText();
      if (how === 'click') await link.click();
      else {
        await links.first().focus();
        await workbench.page.keyboard.press('Tab');
        await link.and(workbench.webview(OURS).locator(':focus-visible')).waitFor();
        const readOutline = (element: unknown): string =>
          (element as Styled).ownerDocument.defaultView.getComputedStyle(element).outlineStyle;
        assert.equal(await link.evaluate(readOutline), 'solid');
        await workbench.page.keyboard.press('Enter');
      }
      const file = await workbench.page
        .locator('.tab.active[data-resource-name$=".json"]')
        .first()
        .getAttribute('data-resource-name');
      const lines = readFileSync(path.join(samples.folder, 'guidelines', file ?? ''), 'utf8').split('\n');
      const at = lines.flatMap((line, index) => (line.includes(`"${name}"`) ? [index + 1] : []));
      assert.ok(at.length > 0, `${name} in ${String(file)}`);
      await workbench.page
        .locator('#status\\.editor\\.selection', { hasText: new RegExp(`^Ln (?:${at.join('|')}),`) })
        .waitFor();
    }
  });

  it('has the comparison again when the window was loaded anew', async () => {
    // What was open is kept when the window closes in order, and not when a page is torn away.
    const loaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    const shown = workbench.webview(OURS);
    await shown.getByRole('heading', { name: /2026\.01 → next/ }).waitFor();
    await workbench.runCommand('View: Close All Editors');
    await workbench.waitUntilGone('.editor-group-container .tab');
  });

  it('drafts a capability per guest system into next, once the preview is agreed to', async () => {
    await workbench.runItemAction(workbench.treeItem('Guidelines', 'next'), 'Draft Capabilities…');
    await workbench.pickItem('E: a capability per guest system');
    const preview = workbench.page.locator('.part.panel .bulk-edit-panel');
    const file = preview.locator('.monaco-list-row', { hasText: 'next.json' });
    // What needs to be agreed to is not ticked; once it is, it is saved with the edit.
    await file.locator('.edit-checkbox').check();
    const saved = waitForText(path.join(samples.folder, 'guidelines/next.json'), (text) =>
      text.includes('"compute-guest-linux": {'),
    );
    await preview.getByRole('button', { name: 'Apply' }).click();
    assert.match(await saved, /"compute-guest-windows": \{/);
    await preview.waitFor({ state: 'hidden' });
  });

  it('explains the level of a test from the tree, and follows a reason to its line', async () => {
    for (const label of ['2026.01', 'os_powered_compute', 'required', 'compute-servers-verify'])
      await workbench.expandItem('Guidelines', label);
    await workbench.runItemAction(workbench.treeItem('Guidelines', VCPUS), 'Explain Guest Level');
    const shown = workbench.webview(OURS);
    await shown.getByRole('heading', { name: new RegExp(`\\.${VCPUS}$`) }).waitFor();
    const reason = shown.getByRole('listitem').filter({ hasText: 'the test runner calls it on' }).last();
    const body = await shown.locator('body').elementHandle();
    const frame = await body?.ownerFrame();
    assert.ok(frame);
    assert.deepEqual(await findAccessibilityViolations(frame), []);
    const link = reason.getByRole('link').first();
    const [, line = ''] = (await link.innerText()).split(':');
    await link.click();
    await workbench.waitForPlace('test_create_server.py', Number(line));
    await workbench.runCommand('View: Close All Editors');
    await workbench.waitUntilGone('.editor-group-container .tab');
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast'] as const)
    it(`finds the report without serious accessibility violations: ${theme}`, async () => {
      await workbench.runCommand('Interop Lens: Open Report');
      await workbench.webview(OURS).getByRole('tab').first().waitFor();
      await workbench.chooseTheme(theme);
      const report = workbench.webview(OURS);
      const tabs = report.getByRole('tab');
      await tabs.first().waitFor();
      const body = await report.locator('body').elementHandle();
      const frame = await body?.ownerFrame();
      assert.ok(frame);
      assert.match((await report.locator('body').getAttribute('class')) ?? '', /vscode-/);
      const found: string[] = [];
      for (const tab of await tabs.all()) {
        await tab.click();
        found.push(...(await listViolations(frame, await tab.innerText())));
      }
      assert.deepEqual(found, []);
    });
});

/** With the drawer of the first row open, and the evidence on the board. */
async function listViolations(report: Frame, view: string): Promise<readonly string[]> {
  const row = report.locator('tbody button:not(.source)').first();
  if ((await row.count()) > 0) await row.click();
  for (const closed of await report.locator('.against details:not([open]) > summary').all()) await closed.click();
  const found = await findAccessibilityViolations(report);
  return found.map((violation) => `${view}: ${violation}`);
}

/** The text of a file once it is as wanted: looked at now and whenever the file changes. */
function waitForText(file: string, fits: (text: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const watcher = watch(file, () => look());
    const look = (): void => {
      const text = readFileSync(file, 'utf8');
      if (!fits(text)) return;
      watcher.close();
      resolve(text);
    };
    look();
  });
}
