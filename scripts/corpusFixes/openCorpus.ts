import { Engine } from '../../src/engine/engine';
import { DiskSource } from '../../src/engine/node';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import type { Finding } from '../../src/model/finding';
import { loadTestGrammars } from '../../test/support/loadTestGrammars';
import { CORPUS_PACKAGES, rootOf } from '../../test/support/pythonOracle';

/** The engine over the packages whose name has `only` in it, all in one index; Tempest is always there, plugins stand on it. */
export async function openCorpus(only: string): Promise<Engine> {
  const wanted = CORPUS_PACKAGES.filter((name, i) => i === 0 || name.includes(only));
  const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
  await engine.open(wanted.map((name) => new DiskSource(rootOf(name), {})));
  return engine;
}

/** Findings of every file, in the order of the files' paths. */
export function allFindings(engine: Engine): Finding[] {
  return engine.files().flatMap(({ uri }) => [...engine.findings(uri)]);
}
