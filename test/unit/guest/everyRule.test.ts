import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { GUEST_RULES } from '../../../src/guest/catalogue/rules';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { readTree } from '../../support/readTree';

const FIXTURES = path.join(__dirname, '../../fixtures');

/** All guest fixtures that are one module each, inside the framework's tree. */
function readFixtures(): Record<string, string> {
  const folder = path.join(FIXTURES, 'guest');
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  const modules = names.map((name) => [`tempest/scenario/test_${name}`, readFileSync(path.join(folder, name), 'utf8')]);
  return { ...readTree(path.join(FIXTURES, 'framework')), ...(Object.fromEntries(modules) as Record<string, string>) };
}

describe('every guest rule', () => {
  it('is found by the engine in code that a test runs', async () => {
    const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
    await engine.open([new MemorySource('file:///tempest', readFixtures())]);
    const found = new Set(engine.files().flatMap((file) => engine.findings(file.uri).map(({ rule }) => rule)));
    assert.deepEqual(
      GUEST_RULES.map(({ id }) => id).filter((id) => !found.has(id)),
      [],
    );
  });
});
