import assert from 'node:assert/strict';
import { BaselineError, makeBaseline, matchBaseline, readBaseline } from '../../../src/report/baseline';
import { printFindingsText, reportFindings } from '../../../src/report/findingsReport';
import { printFindingsGithub } from '../../../src/report/githubReport';
import { reportGitlab } from '../../../src/report/gitlabReport';
import { printJson } from '../../../src/report/places';
import { reportSarif } from '../../../src/report/sarifReport';
import { findingsOver, makeFinding, rangeOf } from '../../support/reportModels';
import { assertMatchesSchema, assertSarif } from '../../support/schemas';

const first = makeFinding();
const second = makeFinding({ range: rangeOf('/proc/cpuinfo', 2), severity: 'warning' });
const suppressed = makeFinding({ rule: 'IL999', suppressed: true });

describe('baseline of findings', () => {
  it('holds the open findings by fingerprint, in an order of its own, and reads itself', () => {
    const baseline = makeBaseline([second, first, suppressed], findingsOver());
    assertMatchesSchema('baseline-1', baseline);
    assert.equal(baseline.findings.length, 2);
    assert.deepEqual(makeBaseline([first, suppressed, second], findingsOver()), baseline);
    assert.deepEqual(readBaseline(printJson(baseline)), baseline);
  });

  it('knows what it holds, keeps quiet about it in every format, and counts what is gone', () => {
    const context = findingsOver();
    const baseline = makeBaseline([first], context);
    const { known, gone } = matchBaseline([second, first], context, baseline);
    assert.deepEqual([[...known], gone], [[first], 0]);
    assert.equal(matchBaseline([second], context, baseline).gone, 1);

    const told = { ...context, known };
    const report = reportFindings([first, second], told);
    assertMatchesSchema('findings-1', report);
    assert.deepEqual(
      report.findings.map(({ baselined }) => baselined),
      [true, false],
    );
    assert.match(printFindingsText(report), /^pkg\/test_a\.py:6:[^]*\n1 warning, 1 in the baseline\n$/);
    assert.equal(printFindingsGithub(report).split('\n').length, 2);
    assert.equal(reportGitlab([first, second], told).length, 1);
    const log = reportSarif([first, second], told, { name: 'x', version: '1', informationUri: 'https://example.org/' });
    assertSarif(log);
    assert.deepEqual(
      log.runs[0]?.results.map(({ baselineState }) => baselineState),
      ['unchanged', 'new'],
    );
  });

  it('tells a second finding of the same words in the same line from the one it holds', () => {
    const context = findingsOver();
    const baseline = makeBaseline([first], context);
    const { known } = matchBaseline([first, makeFinding({ message: 'the same once more' })], context, baseline);
    assert.equal(known.size, 1);
  });

  for (const [name, text, message] of [
    ['no JSON', '{', /no JSON/],
    ['another file', '{"findings": {}}', /no baseline/],
    ['a newer version', '{"schema": "interop-lens/baseline/2", "findings": []}', /version "interop-lens\/baseline\/2"/],
    ['a broken entry', '{"schema": "interop-lens/baseline/1", "findings": [{"file": "a"}]}', /entry 1 lacks/],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readBaseline(text),
        (error) => error instanceof BaselineError && message.test(error.message),
      );
    });
  }
});
