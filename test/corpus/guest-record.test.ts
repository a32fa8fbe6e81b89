import assert from 'node:assert/strict';
import type { LevelsReport } from '../../src/report/levelsReport';
import { compareGuestRecord } from '../support/compareGuestRecord';
import { recordGuestCalls, rootsOf, TEMPEST, whyNoCorpus, type GuestRecord } from '../support/pythonOracle';
import { runCli } from '../support/runCli';
import { printTable } from '../support/textTable';

/** Recall that the analysis must keep over the (test, site) pairs that really happened. */
const LEAST_RECALL = 0.97;

describe('guest sites against a record of real calls', function () {
  this.timeout(600_000);
  let record: GuestRecord;
  let levels: LevelsReport;

  before(async function () {
    const reason = whyNoCorpus(TEMPEST);
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    record = await recordGuestCalls(TEMPEST);
    const { code, stdout, stderr } = await runCli([
      'levels',
      ...rootsOf(TEMPEST).flatMap((root) => ['--root', root]),
      '--format',
      'json',
    ]);
    assert.equal(code, 0, stderr);
    levels = JSON.parse(stdout) as LevelsReport;
  });

  it('the record is worth comparing: most tests ran to their end', () => {
    const ended = record.tests.filter((test) => test.outcome === 'ended').length;
    assert.ok(ended > record.tests.length * 0.75, `${ended} of ${record.tests.length} tests ended`);
    assert.deepEqual(record.failed, []);
    assert.ok(record.calls.length > 300, `${record.calls.length} calls`);
  });

  it(`predicts at least ${LEAST_RECALL} of the recorded pairs`, () => {
    const { recall, recorded, missing } = compareGuestRecord(record, levels);
    const rows = missing.map((pair) => [pair.test, pair.kind, `${pair.file}:${pair.line}`, pair.command.slice(0, 60)]);
    assert.ok(
      recall >= LEAST_RECALL,
      `${missing.length} of ${recorded} recorded pairs are not predicted\n${printTable(['test', 'kind', 'site', 'command'], rows.slice(0, 80))}`,
    );
  });

  it('finds every test that ran a guest command or logged in', () => {
    const predicted = new Map(
      levels.tests.map((test) => [test.name, new Set<string>(test.sites.map((site) => site.kind))]),
    );
    const lost = new Set<string>();
    for (const { test, kind } of record.calls) {
      if (kind === 'ssh' && !predicted.get(test)?.has('ssh')) lost.add(test);
      if (kind === 'login' && !predicted.get(test)?.has('login') && !predicted.get(test)?.has('ssh')) lost.add(test);
    }
    assert.deepEqual([...lost].sort(), []);
  });
});
