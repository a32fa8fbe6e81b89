import assert from 'node:assert/strict';
import { openSeverities, printFindingsText, reportFindings } from '../../../src/report/findingsReport';
import { fingerprintFindings } from '../../../src/report/fingerprint';
import { printFindingsGithub } from '../../../src/report/githubReport';
import { reportGitlab } from '../../../src/report/gitlabReport';
import { reportSarif, type SarifRun } from '../../../src/report/sarifReport';
import { findingsOver, makeFinding, rangeOf, SOURCE, SOURCE_PATH, SOURCE_URI } from '../../support/reportModels';
import { assertMatchesSchema, assertSarif } from '../../support/schemas';

const TOOL = { name: 'interop-lens', version: '1.2.3', informationUri: 'https://example.org/' };
const second = makeFinding({
  range: rangeOf('/proc/cpuinfo', 2),
  severity: 'warning',
  fixes: [],
  related: [],
  flows: [],
});
const suppressed = makeFinding({ rule: 'IL999', suppressed: true, suppressionReason: 'a driver matter' });

function sarifRun(findings: Parameters<typeof reportSarif>[0]): SarifRun {
  const log = reportSarif(findings, findingsOver(), TOOL);
  assertSarif(log);
  const [run] = log.runs;
  assert.ok(run);
  return run;
}

describe('findings report', () => {
  it('gives place, page, related places and edits, in order of place', () => {
    const report = reportFindings([second, makeFinding()], findingsOver());
    assertMatchesSchema('findings-1', report);
    const [first] = report.findings;
    assert.ok(first);
    assert.deepEqual(
      [first.file, first.line, first.column, first.endLine, first.endColumn, first.url],
      [SOURCE_PATH, 5, 44, 5, 57, 'https://example.org/IL101.md'],
    );
    assert.deepEqual(first.related, [{ file: SOURCE_PATH, line: 4, column: 9, message: 'reached from here' }]);
    assert.deepEqual(first.fixes[0]?.edits, [
      { file: SOURCE_PATH, line: 5, column: 40, endLine: 5, endColumn: 57, newText: 'nproc' },
    ]);
    assert.equal(report.findings[1]?.line, 6);
  });

  it('prints open findings as compilers do, and counts the suppressed ones', () => {
    const text = printFindingsText(reportFindings([second, makeFinding(), suppressed], findingsOver()));
    assert.equal(
      text,
      [
        'pkg/test_a.py:5:44: error IL101 `/proc/cpuinfo` is a file of the Linux kernel.',
        '  pkg/test_a.py:4:9: reached from here',
        'pkg/test_a.py:6:34: warning IL101 `/proc/cpuinfo` is a file of the Linux kernel.',
        '1 error, 1 warning, 1 suppressed',
        '',
      ].join('\n'),
    );
    assert.equal(printFindingsText(reportFindings([], findingsOver())), 'no findings\n');
  });

  it('fails on open findings at or above the threshold only', () => {
    assert.deepEqual(openSeverities([second], 'error'), []);
    assert.deepEqual(openSeverities([second], 'warning'), ['warning']);
    assert.deepEqual(openSeverities([second, makeFinding()], 'hint'), ['error', 'warning']);
    assert.deepEqual(openSeverities([second], 'hint', new Set([second])), []);
    assert.deepEqual(openSeverities([suppressed], 'hint'), []);
  });
});

describe('SARIF report', () => {
  it('declares every rule on a clean run, with no results', () => {
    const run = sarifRun([]);
    assert.deepEqual(run.results, []);
    assert.deepEqual(
      run.tool.driver.rules.map((rule) => rule.id),
      ['IL101', 'IL401'],
    );
  });

  it('points results at their rule, and shows paths, fixes and places', () => {
    const [first, next] = sarifRun([second, makeFinding()]).results;
    assert.ok(first && next);
    assert.deepEqual([first.ruleId, first.ruleIndex, first.level, next.level], ['IL101', 0, 'error', 'warning']);
    assert.deepEqual(first.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'pkg/test_a.py', uriBaseId: '%SRCROOT%' },
      region: { startLine: 5, startColumn: 44, endLine: 5, endColumn: 57 },
    });
    assert.equal(first.codeFlows?.[0]?.threadFlows[0]?.locations.length, 2);
    assert.equal(first.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text, 'nproc');
    assert.equal(first.relatedLocations?.[0]?.message?.text, 'reached from here');
    assert.deepEqual([next.codeFlows, next.fixes, next.relatedLocations], [undefined, undefined, undefined]);
  });

  it('lists a suppressed finding with its reason, also when its rule is not declared', () => {
    const [result] = sarifRun([suppressed]).results;
    assert.deepEqual(result?.suppressions, [{ kind: 'inSource', justification: 'a driver matter' }]);
    assert.equal(result?.ruleIndex, -1);
    const [bare] = sarifRun([makeFinding({ suppressed: true })]).results;
    assert.deepEqual(bare?.suppressions, [{ kind: 'inSource' }]);
  });

  it('percent-encodes paths', () => {
    const uri = 'file:///root/a%20b/%C3%A9.py';
    const log = reportSarif(
      [makeFinding({ uri, related: [], flows: [], fixes: [] })],
      findingsOver({ [uri]: SOURCE }),
      TOOL,
    );
    assertSarif(log);
    assert.equal(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, 'a%20b/%C3%A9.py');
  });
});

describe('fingerprints', () => {
  it('stay when code above moves, and differ between two equal lines', () => {
    const moved = `# a new line\n\n${SOURCE}`;
    const shift = moved.length - SOURCE.length;
    const there = fingerprintFindings([makeFinding(), second], findingsOver());
    const shifted = [makeFinding(), second].map((finding) => ({
      ...finding,
      range: { start: finding.range.start + shift, end: finding.range.end + shift },
    }));
    assert.deepEqual(fingerprintFindings(shifted, findingsOver({ [SOURCE_URI]: moved })), there);
    assert.equal(new Set(there).size, 2);
    const twins = fingerprintFindings([makeFinding(), makeFinding()], findingsOver());
    assert.equal(new Set(twins).size, 2);
    for (const print of [...there, ...twins]) assert.match(print, /^[0-9a-f]{16}$/);
  });

  it('change when the line or the rule does', () => {
    const changed = SOURCE.replace('cat /proc/cpuinfo', 'head /proc/cpuinfo');
    const before = fingerprintFindings([makeFinding()], findingsOver());
    const range = rangeOf('/proc/cpuinfo', 1, changed);
    assert.notDeepEqual(fingerprintFindings([makeFinding({ range })], findingsOver({ [SOURCE_URI]: changed })), before);
    assert.notDeepEqual(fingerprintFindings([makeFinding({ rule: 'IL119' })], findingsOver()), before);
  });
});

describe('reports for hosting sites', () => {
  it('writes GitHub commands that no message can break out of', () => {
    const nasty = makeFinding({ message: '100 %,\n::warning::no', severity: 'info' });
    const text = printFindingsGithub(reportFindings([nasty, suppressed], findingsOver()));
    assert.equal(
      text,
      '::notice file=pkg/test_a.py,line=5,endLine=5,title=IL101,col=44,endColumn=57::100 %25,%0A::warning::no (https://example.org/IL101.md)\n',
    );
  });

  it('encodes the separators of properties', () => {
    const uri = 'file:///root/a,b:c.py';
    const finding = makeFinding({ uri, related: [], flows: [], fixes: [] });
    assert.match(
      printFindingsGithub(reportFindings([finding], findingsOver({ [uri]: SOURCE }))),
      /file=a%2Cb%3Ac\.py,/,
    );
  });

  it('gives GitLab what its Code Quality report needs', () => {
    const issues = reportGitlab([second, makeFinding(), suppressed], findingsOver());
    assert.deepEqual(
      issues.map(({ check_name, severity, location }) => [check_name, severity, location]),
      [
        ['IL101', 'major', { path: SOURCE_PATH, lines: { begin: 5, end: 5 } }],
        ['IL101', 'minor', { path: SOURCE_PATH, lines: { begin: 6, end: 6 } }],
      ],
    );
    assert.equal(new Set(issues.map((issue) => issue.fingerprint)).size, 2);
    assert.deepEqual(reportGitlab([], findingsOver()), []);
  });
});
