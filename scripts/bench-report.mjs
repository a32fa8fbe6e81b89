/**
 * Times the what-if board of a written report in Chromium, from a click to the drawn page: `node scripts/bench-report.mjs [FILE]`
 * (default: .cache/report.html, which scripts/screenshots.mjs writes of Debian's Tempest). Prints; asserts nothing.
 */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findProgram } from './systemPackages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const file = path.resolve(process.argv[2] ?? path.join(root, '.cache/report.html'));
const ROUNDS = 20;

const browser = await chromium.launch({
  executablePath: findProgram('chromium'),
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
await page.goto(pathToFileURL(file).href);
/** The page draws synchronously: when the event's handlers are done, so is the page, but for the browser's own layout. */
const times = await page.evaluate((rounds) => {
  const taken = [];
  const time = (act) => {
    const start = performance.now();
    act();
    document.body.getBoundingClientRect();
    taken.push(performance.now() - start);
  };
  const clouds = document.querySelectorAll('select')[0];
  for (let round = 0; round < rounds; round++) {
    time(() => {
      clouds.selectedIndex = (clouds.selectedIndex + 1) % clouds.length;
      clouds.dispatchEvent(new Event('change', { bubbles: true }));
    });
    for (const flip of document.querySelectorAll('input[role="switch"]')) time(() => flip.click());
  }
  return taken;
}, ROUNDS);
await browser.close();
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
console.log(
  `what-if board, ${times.length} switches: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${times.at(-1).toFixed(1)} ms`,
);
