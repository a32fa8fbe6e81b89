import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';
import { problemsByGuidelineSchema } from '../support/schemas';

/** Schemas hold what was ever published, slips and all; the slips are for the lint rules to tell. */
describe('JSON Schemas on the published guidelines', () => {
  before(function () {
    const reason = whyNoGuidelines();
    if (reason === null) return;
    console.log(`    skipped: ${reason}`);
    this.skip();
  });

  it('take each of them, by its version and by content', () => {
    const files = ['', 'add-ons', 'verticals'].flatMap((folder) => {
      const full = path.join(GUIDELINE_FOLDER, folder);
      return existsSync(full) ? readdirSync(full).map((name) => path.join(full, name)) : [];
    });
    const guidelines = files.filter((file) => file.endsWith('.json'));
    assert.ok(guidelines.length >= 8, String(guidelines.length));
    for (const file of guidelines) {
      const value = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const metadata = value['metadata'] as Record<string, unknown> | undefined;
      const version = String((metadata ?? value)['schema']);
      assert.deepEqual(problemsByGuidelineSchema(`guideline-${version}`, value), [], file);
      assert.deepEqual(problemsByGuidelineSchema('guideline', value), [], file);
    }
  });
});
