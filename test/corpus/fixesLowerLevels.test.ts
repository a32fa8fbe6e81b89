import assert from 'node:assert/strict';
import type { Engine } from '../../src/engine/engine';
import { applyEdits, groupByFile } from '../../src/model/textEdits';
import { compareLevels, type GuestLevel } from '../../src/model/guestLevel';
import { openCorpus } from '../../scripts/corpusFixes/openCorpus';
import { TEMPEST, whyNoCorpus } from '../support/pythonOracle';

/** The tests that the debate of 2015 was about, and the fix that each is offered. */
const CASES = [
  ['ServersTestJSON.test_verify_created_server_vcpus', 'IL119', 'QF2', 'linux'],
  ['ServersTestJSON.test_host_name_is_same_as_server_name', 'IL110', 'hostname-api', 'posix'],
  ['AttachVolumeTestJSON.test_attach_detach_volume', 'IL102', 'QF5', 'linux'],
] as const;

describe('fixes offered on the tests of the 2015 debate', function () {
  this.timeout(300_000);
  let engine: Engine;
  before(async function () {
    const missing = whyNoCorpus(TEMPEST);
    if (missing !== null) {
      console.log(`    skipped: ${missing}`);
      this.skip();
    }
    engine = await openCorpus(TEMPEST);
  });

  for (const [name, rule, id, from] of CASES) {
    it(`${id} takes ${name} below ${from}`, () => {
      assert.equal(levelOf(engine, name), from);
      const reached = new Set(sitesOf(engine, name));
      const fix = engine
        .files()
        .flatMap(({ uri }) => (reached.has(uri) ? [...engine.findings(uri)] : []))
        .filter((finding) => finding.rule === rule)
        .flatMap((finding) => [...engine.fixes(finding)])
        .find((one) => one.id === id && (id !== 'QF5' || one.title.endsWith(name)));
      assert.ok(fix, `no ${id} is offered`);
      for (const [uri, edits] of groupByFile(fix.edits)) engine.setText(uri, applyEdits(engine.text(uri) ?? '', edits));
      const after = levelOf(engine, name);
      console.log(`      ${from} → ${after}`);
      assert.ok(compareLevels(after, from) < 0, after);
    });
  }
});

function levelOf(engine: Engine, name: string): GuestLevel {
  return engine.demand(fullName(engine, name))?.level ?? 'api';
}

/** Files in which the sites of a test have their words. */
function sitesOf(engine: Engine, name: string): string[] {
  const sites = engine.demand(fullName(engine, name))?.sites ?? [];
  return sites.flatMap((site) => [site.uri, ...site.matches.flatMap(({ words }) => words.map(({ uri }) => uri))]);
}

function fullName(engine: Engine, name: string): string {
  const test = engine.tests().find((one) => one.name.endsWith(`.${name}`));
  assert.ok(test, name);
  return test.name;
}
