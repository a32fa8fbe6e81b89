import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openBrowser } from './browser.mjs';
import { ensureHostInstalled } from './install.mjs';
import { servePage } from './page.mjs';
import { startServer } from './server.mjs';

/** How long the workbench, a file or a widget may take to show, in milliseconds. */
const SHOW_LIMIT = Number(process.env.INTEROP_LENS_SHOW_LIMIT ?? 60_000);

/**
 * Opens the server-based VS Code on a folder with the extension loaded, for scripts that look at it.
 * @param {object} options
 * @param {string} options.root the extension's folder
 * @param {string} options.workspace a folder or a `.code-workspace` file
 * @param {Record<string, unknown>} [options.settings] of the user
 * @param {{ width?: number, height?: number, scale?: number }} [options.size]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench({ root, workspace, settings = {}, size }) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'interop-lens-look-'));
  const cleanUp = [() => rmSync(scratch, { recursive: true, force: true })];
  const close = async () => {
    while (cleanUp.length > 0) await cleanUp.pop()();
  };
  try {
    const server = await startServer({
      server: await ensureHostInstalled(path.join(root, '.cache/vscode-host')),
      extensionFolder: root,
      userDataFolder: path.join(scratch, 'user-data'),
      extensionsFolder: path.join(scratch, 'extensions'),
      settings: { ...QUIET_SETTINGS, ...settings },
      logFile: path.join(root, '.cache/logs/workbench.log'),
    });
    cleanUp.push(server.stop);
    const page = await servePage({
      socket: server.socket,
      extensionFolder: server.extensionLink,
      host: 'node',
      workspace,
    });
    cleanUp.push(page.stop);
    const browser = await openBrowser(size);
    cleanUp.push(browser.close);
    await browser.page.goto(page.url, { waitUntil: 'domcontentloaded' });
    await browser.page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: SHOW_LIMIT });
    return new Workbench(browser.page, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing on the pictures that is not ours. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.commandCenter': false,
  'window.menuBarVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'chat.commandCenter.enabled': false,
};

/** A person's hands and eyes in an open workbench. */
export class Workbench {
  /**
   * @param {import('playwright-core').Page} page for what the methods below do not cover
   * @param {() => Promise<void>} close ends browser and server
   */
  constructor(page, close) {
    this.page = page;
    this.close = close;
  }

  /**
   * Opens a file at a place, as a person does with Ctrl+P and `name:line:column`.
   * @param {string} file below the workspace, such as `tempest/api/compute/servers/test_server_actions.py`
   * @param {number} [line] 1-based
   * @param {number} [column] 1-based
   */
  async openFile(file, line = 1, column = 1) {
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    await input.waitFor({ timeout: SHOW_LIMIT });
    await input.fill(file);
    const first = this.page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) }).first();
    await first.waitFor({ timeout: SHOW_LIMIT });
    await input.fill(`${file}:${line}:${column}`);
    await first.waitFor({ timeout: SHOW_LIMIT });
    await this.page.keyboard.press('Enter');
    const tab = this.page.locator(`.tabs-container .tab.active[data-resource-name="${path.basename(file)}"]`);
    await tab.waitFor({ timeout: SHOW_LIMIT });
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Puts the cursor on the first place of a text in the active editor, as a person does with Ctrl+F.
   * @param {string} text
   */
  async find(text) {
    await this.page.keyboard.press('Control+F');
    const input = this.page.locator('.find-widget.visible textarea').first();
    await input.waitFor({ timeout: SHOW_LIMIT });
    await input.fill(text);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('Escape');
  }

  /**
   * Runs a command by the title that the palette shows.
   * @param {string} title such as `Interop Lens: Show Log`
   */
  async runCommand(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    await input.waitFor({ timeout: SHOW_LIMIT });
    await input.fill(`>${title}`);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: title })
      .first()
      .waitFor({ timeout: SHOW_LIMIT });
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Gives the side bar a width, as a person does with the mouse.
   * @param {number} width in pixels
   */
  async setSideBarWidth(width) {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('no side bar is open');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
    // The sash stays lit under the mouse.
    await this.page.mouse.move(box.x + width / 2, box.y + 20);
  }

  /**
   * Shows the hover of the place at which the cursor stands (see openFile), and waits for it.
   * @param {string} [text] that the hover must hold, to tell ours from another's
   */
  async hoverAtCursor(text = '') {
    await this.runCommand('Show or Focus Hover');
    await this.waitFor('.monaco-hover:visible .monaco-hover-content', text);
  }

  /**
   * Puts the mouse on a stretch of text in the active editor, and waits for the hover.
   * @param {string} word as one token of the editor shows it
   * @param {string} [text] that the hover must hold
   */
  async hoverWord(word, text = '') {
    await this.page.locator('.editor-instance .view-line span span', { hasText: word }).first().hover();
    await this.waitFor('.monaco-hover:visible .monaco-hover-content', text);
  }

  /**
   * Opens the menu of fixes at the cursor, as a person does with Ctrl+., and waits for one of them.
   * @param {string} title part of its title
   */
  async openFixes(title) {
    await this.page.keyboard.press('Control+.');
    await this.waitFor('.action-widget .monaco-list-row', title);
  }

  /**
   * Chooses from the open menu of fixes, and waits until it is closed.
   * @param {string} title part of its title
   */
  async chooseFix(title) {
    const focused = this.page.locator('.action-widget .monaco-list-row.focused', { hasText: title });
    for (let presses = 0; presses < 60 && (await focused.count()) === 0; presses++)
      await this.page.keyboard.press('ArrowDown');
    if ((await focused.count()) === 0) throw new Error(`no fix "${title}" is in the menu`);
    await this.page.keyboard.press('Enter');
    await this.waitUntilGone('.action-widget');
  }

  /**
   * Waits until no element shows.
   * @param {string} selector
   * @param {string} [text] that it would hold
   */
  async waitUntilGone(selector, text = '') {
    await this.page.locator(selector, { hasText: text }).first().waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Waits until an element shows.
   * @param {string} selector
   * @param {string} [text] that it must hold
   */
  async waitFor(selector, text = '') {
    await this.page.locator(selector, { hasText: text }).first().waitFor({ state: 'visible', timeout: SHOW_LIMIT });
  }

  /**
   * The page of the one webview that shows: it stands in a frame inside of a frame of the editor's.
   * @returns {import('playwright-core').FrameLocator}
   */
  webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /**
   * Waits until the status bar holds a text, such as what Interop Lens says when its index is complete.
   * @param {string} text
   */
  async waitForStatus(text) {
    await this.waitFor('.part.statusbar .statusbar-item', text);
  }

  /**
   * Takes a picture of the window, or of one element.
   * @param {string} file a `.png`
   * @param {string} [selector]
   */
  async takePicture(file, selector) {
    if (selector) await this.page.locator(selector).first().screenshot({ path: file, animations: 'disabled' });
    else await this.page.screenshot({ path: file, animations: 'disabled' });
    console.log(`wrote ${file}`);
  }
}
