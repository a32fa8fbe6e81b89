import { chromium } from 'playwright-core';
import { findProgram } from '../systemPackages.mjs';

/** The page talks to 127.0.0.1 from a page on 127.0.0.1, which new Chromiums ask permission for. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
];

/**
 * Starts the system's Chromium without a window.
 * @param {{ width?: number, height?: number, scale?: number }} [size] of the page, in CSS pixels
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 * @throws {Error} when there is no Chromium, or it does not start
 */
export async function openBrowser({ width = 1280, height = 800, scale = 1 } = {}) {
  const executablePath = findProgram('chromium');
  if (executablePath === null) throw new Error('no chromium on the PATH');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return { page: await context.newPage(), close: () => browser.close() };
}
