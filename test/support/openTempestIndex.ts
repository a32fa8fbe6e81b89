import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from 'mocha';
import { Engine } from '../../src/engine/engine';
import { DiskSource } from '../../src/engine/node';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import { loadTestGrammars } from './loadTestGrammars';
import { rootOf, TEMPEST, whyNoCorpus } from './pythonOracle';

/** The folder with published guidelines. */
const GUIDELINES = process.env['INTEROP_LENS_GUIDELINES'] ?? path.resolve(__dirname, '../../../shared/guidelines');

/** An index of real Tempest and the published guidelines; skips the test's suite, and says why, where one of them is not there. */
export async function openTempestIndex(context: Context): Promise<Engine> {
  const reason = whyNoCorpus(TEMPEST) ?? (existsSync(GUIDELINES) ? null : `there is no ${GUIDELINES}`);
  if (reason !== null) {
    console.log(`      skipped: ${reason}`);
    context.skip();
  }
  const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
  await engine.open([new DiskSource(rootOf(TEMPEST)), new DiskSource(GUIDELINES)]);
  return engine;
}
