import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { findAccessibilityViolations } from '../support/findAccessibilityViolations';
import { type OpenPage, PageBrowser } from '../support/openReportPage';
import { HOSTILE, printGuideline } from '../support/reportSource';
import { runCli, SAMPLES } from '../support/runCli';

const PROFILE = path.join(SAMPLES, 'profiles/two-regions.interop-profile.yaml');
const VCPUS = 'ServersTestJSON.test_verify_created_server_vcpus';

describe('the report page in a browser', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let args: readonly string[];
  let browser: PageBrowser;
  let open: OpenPage;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-page-'));
    file = path.join(folder, 'report.html');
    const hostile = path.join(folder, '2027.01.json');
    const tests = { [`pkg.${HOSTILE}.test_x`]: { flagged: { reason: HOSTILE, action: HOSTILE, date: HOSTILE } } };
    writeFileSync(
      hostile,
      printGuideline({ id: '2027.01', capabilities: { [HOSTILE]: { status: 'required', tests } } }),
    );
    args = ['report', '--root', SAMPLES, '--guideline', SAMPLES, '--guideline', hostile, '--profile', PROFILE];
    const { code, stderr } = await runCli([...args, '--output', file]);
    assert.deepEqual([code, stderr], [0, '']);
    browser = await PageBrowser.start();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    open = await browser.open(file);
    ({ page } = open);
  });
  afterEach(async () => {
    const { troubles } = open;
    await open.close();
    assert.deepEqual(troubles, []);
  });

  const showView = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const firstColumn = async (): Promise<string[]> => {
    const cells = await page.locator('table.data tbody tr > :first-child .test-name').allInnerTexts();
    return cells.map((cell) => cell.trim());
  };

  it('opens on the chart of 2015, with the newest dated guideline', async () => {
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'What-if');
    const chart = page.locator('table.chart');
    assert.deepEqual(
      (await chart.getByRole('columnheader').allInnerTexts()).map((text) => text.split('\n')[0]),
      ['One guest OS is enough', 'The user chooses among several'],
    );
    assert.equal(await chart.getByRole('button').count(), 4);
    assert.match(await page.locator('h3').first().innerText(), /2027\.01/);
    // The policy lets the page's own style through.
    assert.equal(await page.getByRole('tablist').evaluate((tabs) => getComputedStyle(tabs).display), 'flex');
  });

  it('computes the board anew in place when a cloud, a guideline or a switch is chosen', async () => {
    await page.getByRole('combobox', { name: 'Guideline' }).selectOption({ label: '2026.01 approved' });
    const cell = page.locator('table.chart').getByRole('button').first();
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption('linux-vms');
    const linux = await cell.innerText();
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption('windows-vms');
    const windows = await cell.innerText();
    assert.notEqual(windows, linux);
    assert.match(windows, /blocked/);
    await page.locator('.against summary', { hasText: 'compute-servers-verify' }).first().click();
    const reasons = page.locator('.against li', { hasText: 'compute-servers-verify' }).first();
    assert.match(await reasons.innerText(), /test_verify_created_server_vcpus/);
    const source = reasons.locator('a.source').first();
    assert.match((await source.getAttribute('href')) ?? '', /samples\/tempest\/.*\.py#L\d+$/);
    assert.match(await page.getByRole('status').innerText(), /^Windows VMs only, 2026\.01: \d+ of \d+ required/);
    await page.getByRole('switch', { name: /An uploaded image must run/ }).click();
    await page.locator('.card h3', { hasText: 'An uploaded image must run' }).waitFor();
    await page.getByRole('button', { name: 'Back to today' }).click();
    assert.equal(await page.locator('.card h3', { hasText: 'An uploaded image must run' }).count(), 0);
  });

  it('takes rewrites as made', async () => {
    await page.getByRole('combobox', { name: 'Guideline' }).selectOption({ label: '2026.01 approved' });
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption('illumos-zones');
    const blocked = page.locator('.against > li');
    const before = await blocked.count();
    await page.getByRole('combobox', { name: 'A Tests' }).selectOption('all');
    assert.ok((await blocked.count()) < before, `${before} before`);
  });

  it('shows the evidence of a cell, and gives the focus back', async () => {
    await showView('Capabilities');
    const cell = page
      .getByRole('row', { name: /compute-servers-verify/ })
      .getByRole('button')
      .first();
    await cell.click();
    const drawer = page.getByRole('complementary');
    assert.equal(await drawer.getByRole('heading', { level: 2 }).innerText(), 'compute-servers-verify');
    await drawer.locator('summary', { hasText: VCPUS }).first().click();
    assert.match(await drawer.locator('.steps').first().innerText(), /test_create_server\.py:\d+/);
    await page.keyboard.press('Escape');
    assert.equal(await drawer.count(), 0);
    assert.ok(await cell.evaluate((element) => element === document.activeElement));
  });

  it('is walked by keyboard alone', async () => {
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /Skip to the content/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Capabilities');
    // Search, four filters, export, the table's scroll area, the table.
    for (let stop = 0; stop < 8; stop++) await page.keyboard.press('Tab');
    assert.match(await focused(page), /Capability/);
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('td') !== null));
    // A capability stands in one of the guidelines at least.
    while (!(await page.evaluate(() => document.activeElement instanceof HTMLButtonElement)))
      await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.ok(await page.evaluate(() => document.activeElement?.id === 'drawer-title'));
    await page.keyboard.press('Escape');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('td') !== null));
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('table.matrix [tabindex="0"]').count(), 1, 'one Tab stop');
  });

  it('sorts and says so', async () => {
    await showView('Tests');
    const head = page.getByRole('columnheader', { name: 'Test', exact: true });
    assert.equal(await page.getByRole('columnheader', { name: 'Level' }).getAttribute('aria-sort'), 'descending');
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    const up = await firstColumn();
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await firstColumn(), [...up].reverse());
  });

  it('filters, and tells how many are left', async () => {
    await showView('Tests');
    await page.getByRole('searchbox').fill('created_server vcpus');
    assert.deepEqual(await firstColumn(), [VCPUS]);
    assert.match(await page.getByRole('status').innerText(), /^1 of \d+ tests$/);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox', { name: 'Level' }).selectOption('linux');
    const levels = await page.locator('.column-level').allInnerTexts();
    assert.ok(levels.length > 0 && levels.every((level) => level === 'linux'));
  });

  it('exports what it shows as CSV', async () => {
    await showView('Guest sites');
    await page.getByRole('combobox', { name: 'Level' }).selectOption('linux');
    const shown = await page.locator('tbody tr').count();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), 'interop-lens-sites.csv');
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    assert.equal(lines[0], 'What the guest is asked,Level,Confidence,Rules,Tests,Required,Capabilities,Source');
    assert.equal(lines.length, shown + 1);
  });

  it('saves the summary of what the board says', async () => {
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption({ label: 'Two regions' });
    await showView('Summary');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save' }).click();
    const text = readFileSync(await (await waiting).path(), 'utf8');
    assert.match(text, /^# What if: Two regions\n/);
    assert.equal(text, await page.locator('pre.summary').textContent());
  });

  it('keeps hostile names as text', async () => {
    await showView('Capabilities');
    const row = page.getByRole('row').filter({ hasText: '</script><img' });
    await row.getByRole('button').first().click();
    await page.getByRole('complementary').locator('summary').first().click();
    await showView('Tests');
    await page.getByText('onerror').first().waitFor();
    assert.equal(await page.title(), 'Interop Lens report');
    assert.equal(await page.locator('img').count(), 0);
  });

  it('prints every view', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.locator('.view-sites').waitFor();
    for (const view of ['board', 'matrix', 'levels', 'tests', 'sites', 'summary', 'words'])
      assert.equal(await page.locator(`.view-${view}`).count(), 1, view);
    assert.equal(await page.getByRole('tab').count(), 0);
    const pdf = await page.pdf();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('.view').count(), 1);
  });

  it('comes back to the view that its address names', async () => {
    await showView('Levels over time');
    await page.reload();
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Levels over time');
    assert.equal(await page.getByRole('img', { name: /^linux: / }).count(), 1);
  });

  it('leaves the window as wide as it is', async () => {
    for (const width of [1400, 900, 420]) {
      await page.setViewportSize({ width, height: 800 });
      for (const view of ['What-if', 'Capabilities', 'Levels over time', 'Tests', 'Guest sites', 'Summary', 'Words']) {
        await showView(view);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(over <= 0, `${view} at ${width}: ${over}`);
      }
    }
  });

  it('is written again byte by byte', async () => {
    const again = path.join(folder, 'again.html');
    assert.equal((await runCli([...args, '--output', again])).code, 0);
    assert.ok(readFileSync(again).equals(readFileSync(file)));
    assert.ok(statSync(file).size < 3_000_000);
  });

  const LOOKS = [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
  ] as const;
  for (const [name, options] of LOOKS) {
    it(`has no serious accessibility violation: ${name}`, async () => {
      const look = await browser.open(file, options);
      try {
        const found: string[] = [];
        for (const view of [
          'What-if',
          'Capabilities',
          'Levels over time',
          'Tests',
          'Guest sites',
          'Summary',
          'Words',
        ]) {
          await look.page.getByRole('tab', { name: view }).click();
          const first = look.page.locator('tbody button').first();
          if (['Capabilities', 'Tests', 'Guest sites'].includes(view)) await first.click();
          for (const closed of await look.page.locator('.against summary').all()) await closed.click();
          for (const violation of await findAccessibilityViolations(look.page)) found.push(`${view}: ${violation}`);
        }
        assert.deepEqual(found, []);
      } finally {
        await look.close();
      }
    });
  }
});

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
