import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findProgram } from '../../scripts/systemPackages.mjs';

/** A Chromium without a window for pages from the disk. */
export class PageBrowser {
  private constructor(private readonly browser: Browser) {}

  /** @throws Error when there is no Chromium */
  static async start(): Promise<PageBrowser> {
    const executablePath = findProgram('chromium');
    if (executablePath === null) throw new Error('no chromium on the PATH');
    return new PageBrowser(
      await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] }),
    );
  }

  /** Opens a file in a fresh profile; errors of the page and requests for anything else end up in `troubles`. */
  async open(file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const context = await this.browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    const troubles: string[] = [];
    const address = pathToFileURL(path.resolve(file)).href;
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(address) && !url.startsWith('blob:')) troubles.push(`asked for ${url}`);
    });
    await page.goto(address);
    return { page, troubles, close: () => context.close() };
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

export interface OpenPage {
  readonly page: Page;
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}
