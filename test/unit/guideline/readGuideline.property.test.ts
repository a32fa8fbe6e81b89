import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { detectGuideline } from '../../../src/guideline/detectGuideline';
import { readGuideline } from '../../../src/guideline/readGuideline';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../../support/findGuidelineFiles';
import { SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON } from './guidelineSamples';

/** Raise it in the environment for a longer hunt. */
const RUNS = Number(process.env.INTEROP_LENS_FUZZ_RUNS ?? 300);

const SAMPLES = [SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON];

/** Whatever the text: an answer, every range inside the text, and a reason whenever there is no guideline. */
function assertSane(text: string): void {
  const { guideline, problems } = readGuideline('file:///g.json', text);
  detectGuideline(text);
  const ranges = problems.map((problem) => problem.range);
  for (const capability of guideline?.capabilities ?? []) {
    ranges.push(capability.range, capability.name.range);
    for (const entry of capability.tests) ranges.push(entry.range, entry.name.range);
  }
  for (const { start, end } of ranges) assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end}`);
  assert.ok(guideline !== null || problems.length > 0);
}

describe('readGuideline: any text', function () {
  this.timeout(20_000 + RUNS * 50);

  it('survives arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), assertSane), { numRuns: RUNS });
  });

  it('survives arbitrary JSON in the place of every part', () => {
    const key = fc.constantFrom('metadata', 'capabilities', 'components', 'platforms', 'add-ons', 'schema', 'tests');
    const root = fc.dictionary(key, fc.jsonValue());
    const body = fc.dictionary(fc.constantFrom('tests', 'description', 'achievements', 'flagged'), fc.jsonValue());
    fc.assert(
      fc.property(root, body, (value, capability) => {
        assertSane(JSON.stringify({ ...value, schema: '1.6', components: {}, capabilities: { x: capability } }));
      }),
      { numRuns: RUNS },
    );
  });

  it('survives samples with a piece cut out, doubled or replaced', () => {
    const piece = fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '/*', '//', '\n', 'null', '0', '\ufeff');
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat(), fc.nat(200), piece, (text, at, length, insert) => {
        const start = at % text.length;
        assertSane(text.slice(0, start) + insert + text.slice(start + length));
        assertSane(text.slice(0, start + length) + insert + text.slice(start));
        assertSane(text.slice(0, start));
      }),
      { numRuns: RUNS },
    );
  });

  it('survives real files, truncated anywhere', function () {
    const reason = whyNoGuidelines();
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    const text = readFileSync(path.join(GUIDELINE_FOLDER, '2015.07.json'), 'utf8');
    fc.assert(
      fc.property(fc.nat(text.length), (at) => assertSane(text.slice(0, at))),
      { numRuns: 40 },
    );
  });
});
