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
 * @param {string | null} options.workspace a folder or a `.code-workspace` file; null opens none
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
  // A webview that has just loaded takes the focus, whatever is being typed elsewhere.
  'workbench.quickOpen.closeOnFocusLost': false,
};

/** A key that was pressed while the focus moved between frames is lost; after this time it is pressed again, in milliseconds. */
const KEY_LIMIT = 10_000;

/** How a window and the body of a webview say what theme they have. */
const THEME_CLASSES = {
  'Light Modern': { window: 'vs', webview: 'vscode-light' },
  'Dark Modern': { window: 'vs-dark', webview: 'vscode-dark' },
  'Dark High Contrast': { window: 'hc-black', webview: 'vscode-high-contrast' },
  'Light High Contrast': { window: 'hc-light', webview: 'vscode-high-contrast-light' },
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
    const input = await this.openQuickInput('Control+P');
    await input.fill(file);
    const first = this.page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) }).first();
    await first.waitFor({ timeout: SHOW_LIMIT });
    await input.fill(`${file}:${line}:${column}`);
    await first.waitFor({ timeout: SHOW_LIMIT });
    await input.press('Enter');
    const tab = this.page.locator(`.tabs-container .tab.active[data-resource-name="${path.basename(file)}"]`);
    await tab.waitFor({ timeout: SHOW_LIMIT });
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Opens the box at the top of the window by its key.
   * @param {'F1' | 'Control+P'} key
   * @returns {Promise<import('playwright-core').Locator>} where to type
   */
  async openQuickInput(key) {
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    const ends = Date.now() + SHOW_LIMIT;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: KEY_LIMIT });
        return input;
      } catch (error) {
        if (Date.now() > ends) throw error;
      }
    }
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
    await this.startCommand(title);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Runs a command that opens a list or a box to type in, which is left open.
   * @param {string} title such as `Preferences: Color Theme`
   */
  async startCommand(title) {
    const input = await this.openQuickInput('F1');
    await input.fill(`>${title}`);
    await this.pickItem(title);
  }

  /**
   * The commands that the palette offers for some words, by title; of other extensions too.
   * @param {string} words
   * @returns {Promise<string[]>}
   */
  async listCommands(words) {
    const input = await this.openQuickInput('F1');
    // What the palette shows for any words first: the list is there when something of it is.
    await this.waitFor('.quick-input-list .monaco-list-row');
    await input.fill(`>${words}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows
      .filter({ hasText: words.split(' ')[0] })
      .first()
      .waitFor({ timeout: SHOW_LIMIT });
    // Only rows in sight are drawn.
    const titles = new Set();
    for (let row = 0, seen = -1; titles.size > seen; row++) {
      seen = titles.size;
      for (const title of await rows.locator('.label-name').allInnerTexts()) titles.add(title);
      for (let presses = 0; presses < 5; presses++) await input.press('ArrowDown');
    }
    await input.press('Escape');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
    return [...titles];
  }

  /**
   * Opens a container of views by its icon in the activity bar.
   * @param {string} name
   */
  async openViews(name) {
    const icon = this.page.locator('.activitybar .action-item', { has: this.page.getByLabel(name, { exact: true }) });
    await icon.waitFor({ timeout: SHOW_LIMIT });
    await icon.click();
    await this.waitFor('.part.sidebar .composite.title', name);
  }

  /**
   * A view of the side bar, with its head.
   * @param {string} name
   * @returns {import('playwright-core').Locator}
   */
  pane(name) {
    const head = this.page.locator('.pane-header', { hasText: name });
    return this.page.locator('.part.sidebar .pane', { has: head });
  }

  /**
   * An item of a tree, as far as it is drawn.
   * @param {string} name of the view
   * @param {string | RegExp} label as it stands there, whole; an expression is looked for in all of the item's text
   * @returns {import('playwright-core').Locator}
   */
  treeItem(name, label) {
    const rows = this.pane(name).locator('.monaco-list-row');
    if (typeof label !== 'string') return rows.filter({ hasText: label }).first();
    return rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  /**
   * Expands an item of a tree by a click, unless it is.
   * @param {string} name of the view
   * @param {string | RegExp} label as in `treeItem`
   */
  async expandItem(name, label) {
    const item = this.treeItem(name, label);
    await item.waitFor({ timeout: SHOW_LIMIT });
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
    const expanded = this.page.locator('[aria-expanded="true"]');
    await item.and(expanded).waitFor({ timeout: SHOW_LIMIT });
  }

  /**
   * Clicks on a button in the head of a view.
   * @param {string} name of the view
   * @param {string} title of the button
   */
  async runViewAction(name, title) {
    const head = this.pane(name).locator('.pane-header');
    await head.hover();
    await head.getByRole('button', { name: title }).click({ timeout: SHOW_LIMIT });
  }

  /**
   * Chooses from the context menu of an item.
   * @param {import('playwright-core').Locator} item
   * @param {string} title
   */
  async runItemAction(item, title) {
    await item.click({ button: 'right', timeout: SHOW_LIMIT });
    const entry = this.page.locator('.monaco-menu .action-item', { hasText: title });
    // A menu takes no click at first, lest the one that opened it chooses from it; keys it takes at once.
    await entry.hover({ timeout: SHOW_LIMIT });
    await entry.and(this.page.locator('.focused')).waitFor({ timeout: SHOW_LIMIT });
    await this.page.keyboard.press('Enter');
    await entry.waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
  }

  /**
   * Clicks on an item of an open list: chooses it, or ticks it where several may be chosen.
   * @param {string} label as it stands there, whole
   */
  async pickItem(label) {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    const row = this.page.locator('.quick-input-list .monaco-list-row', { has: name });
    await row.first().click({ timeout: SHOW_LIMIT });
  }

  /**
   * Changes the colours of the window, and waits until it and the webview that shows have them.
   * @param {keyof typeof THEME_CLASSES} name of the theme
   */
  async chooseTheme(name) {
    await this.startCommand('Preferences: Color Theme');
    await this.waitFor('.quick-input-list .monaco-list-row', 'Modern');
    await this.page.locator('.quick-input-widget:visible input[type="text"]').fill(name);
    await this.pickItem(name);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SHOW_LIMIT });
    const { window, webview } = THEME_CLASSES[name];
    await this.page.locator(`.monaco-workbench.${window}`).waitFor({ timeout: SHOW_LIMIT });
    if ((await this.page.locator('iframe.webview.ready:visible').count()) === 1)
      await this.webview().locator(`body.${webview}`).waitFor({ timeout: SHOW_LIMIT });
  }

  /**
   * Takes what shows in one kind of colours after the other.
   * @template {{ theme: string }} T
   * @param {readonly T[]} themes
   * @param {(theme: T) => Promise<void>} take
   */
  async takeInThemes(themes, take) {
    for (const one of themes) {
      await this.chooseTheme(one.theme);
      await take(one);
    }
  }

  /**
   * Waits until the active editor shows a file with the caret in a line.
   * @param {string} file its name
   * @param {number} line 1-based
   */
  async waitForPlace(file, line) {
    await this.waitFor(`.editor-group-container.active .tab.active[data-resource-name="${file}"]`);
    await this.waitForStatus(`Ln ${line},`);
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
   * The page of the one webview that shows, or of the one that shows of an extension: it stands in a frame inside of a frame
   * of the editor's.
   * @param {string} [extension] id of the extension, when others show as well
   * @returns {import('playwright-core').FrameLocator}
   */
  webview(extension = '') {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extension}"]:visible`)
      .frameLocator('#active-frame');
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
