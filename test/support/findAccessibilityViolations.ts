import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';

/** What axe finds, as far as it is looked at here. */
interface AxeResult {
  /** Rules that found something to look at, and nothing wrong. */
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/**
 * Serious and critical violations that axe sees in a page or a frame as it is now, one line each. axe is evaluated by the tester,
 * not loaded by the page: the page's content policy has no say.
 */
export async function findAccessibilityViolations(place: Page | Frame): Promise<readonly string[]> {
  const axe = readFileSync(path.join(__dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
  const { passes, violations } = await place.evaluate<AxeResult>(`${axe}; axe.run(document)`);
  assert.ok(passes.length > 0, 'axe saw nothing');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${id} (${impact ?? ''}): ${nodes[0]?.html ?? ''}`);
}
