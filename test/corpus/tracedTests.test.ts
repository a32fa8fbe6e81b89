import assert from 'node:assert/strict';
import type { FindingsReport } from '../../src/report/findingsReport';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';
import { CORPUS, CORPUS_PACKAGES, presentRoots, whyNoCorpus } from '../support/pythonOracle';
import { runCli } from '../support/runCli';

/** Read one by one when the rules were made: each is true. A new number wants to be read too. */
const READ: Readonly<Record<string, number>> = { IL301: 35, IL304: 16, IL306: 1 };

describe('traceability in the tests of Tempest and its plugins', function () {
  this.timeout(600_000);

  it('tells what was read and found true, and nothing in unit tests', async function () {
    const reason = whyNoGuidelines() ?? CORPUS_PACKAGES.map(whyNoCorpus).find((why) => why !== null) ?? null;
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    const roots = presentRoots(CORPUS).flatMap((root) => ['--root', root]);
    const { stdout } = await runCli(['check', ...roots, '--guideline', GUIDELINE_FOLDER, '--format', 'json']);
    const { findings } = JSON.parse(stdout) as FindingsReport;
    const traced = findings.filter(({ rule }) => rule.startsWith('IL3'));
    const counts: Record<string, number> = {};
    for (const { rule } of traced) counts[rule] = (counts[rule] ?? 0) + 1;
    assert.deepEqual(counts, READ);
    assert.deepEqual(
      traced.filter(({ file }) => file.startsWith('tempest/tests/')),
      [],
    );
  });
});
