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
const cdp = await page.context().newCDPSession(page);
// Processor time of the page's thread, which other load on the machine does not lengthen.
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
const readTaskTime = async () => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};

/**
 * Times of one act in milliseconds. The page draws synchronously: when the event's handlers are done, so is the page, but for the browser's
 * own layout, which is asked for.
 */
async function time(act) {
  const before = await readTaskTime();
  const elapsed = await page.evaluate(`(() => {
    const start = performance.now();
    (${act})();
    document.body.getBoundingClientRect();
    return performance.now() - start;
  })()`);
  return { elapsed, cpu: (await readTaskTime()) - before };
}

const switches = await page.locator('input[role="switch"]').count();
const times = [];
for (let round = 0; round < ROUNDS; round++) {
  times.push(
    await time(`() => {
      const [clouds] = document.querySelectorAll('select');
      clouds.selectedIndex = (clouds.selectedIndex + 1) % clouds.length;
      clouds.dispatchEvent(new Event('change', { bubbles: true }));
    }`),
  );
  for (let i = 0; i < switches; i++)
    times.push(await time(`() => document.querySelectorAll('input[role="switch"]')[${i}].click()`));
}
await browser.close();

for (const kind of ['elapsed', 'cpu']) {
  const sorted = times.map((one) => one[kind]).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)].toFixed(1);
  console.log(
    `what-if board, ${sorted.length} switches, ${kind}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${sorted.at(-1).toFixed(1)} ms`,
  );
}
