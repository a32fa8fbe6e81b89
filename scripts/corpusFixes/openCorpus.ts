import { existsSync, readdirSync } from 'node:fs';
import { Engine } from '../../src/engine/engine';
import { DiskSource } from '../../src/engine/node';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import type { Finding } from '../../src/model/finding';
import { loadTestGrammars } from '../../test/support/loadTestGrammars';
import { CORPUS_FOLDER, rootOf, TEMPEST } from '../../test/support/pythonOracle';

/** The engine over the packages whose name has `only` in it, all in one index; Tempest is always there, plugins stand on it. */
export async function openCorpus(only: string): Promise<Engine> {
  const plugins = readdirSync(CORPUS_FOLDER).filter(
    (name) => name.endsWith('-tempest-plugin') && existsSync(rootOf(name)),
  );
  const wanted = [TEMPEST, ...plugins.sort().filter((name) => name.includes(only))];
  const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
  await engine.open(wanted.map((name) => new DiskSource(rootOf(name), {})));
  return engine;
}

/** Findings of every file, in the order of the files' paths. */
export function allFindings(engine: Engine): Finding[] {
  return engine.files().flatMap(({ uri }) => [...engine.findings(uri)]);
}
