import assert from 'node:assert/strict';
import {
  explainPlace,
  explainRule,
  explainTests,
  type ExplainContext,
  type RuleDetail,
} from '../../../src/report/explainReport';
import { printExplanation } from '../../../src/report/explainText';
import {
  findingsOver,
  makeDemand,
  makeFinding,
  makeSite,
  makeTest,
  placesOver,
  SOURCE,
  SOURCE_URI,
} from '../../support/reportModels';
import { assertMatchesSchema } from '../../support/schemas';

const RULE: RuleDetail = {
  info: {
    id: 'IL101',
    name: 'linux-procfs-sysfs',
    severity: 'error',
    summary: 'A file of the kernel.',
    url: 'https://example.org/IL101.md',
  },
  rows: { linux: 'works', busybox: 'works', freebsd: 'sysctl', illumos: 'kstat', windows: 'CIM' },
  api: 'diagnostics',
};

const context: ExplainContext = {
  places: placesOver(),
  text: (uri) => (uri === SOURCE_URI ? SOURCE : undefined),
  demandOf: (name) => (name === makeTest().name ? makeDemand() : undefined),
  entriesFor: () => [],
  ruleOf: (id) => (id === 'IL101' ? RULE : undefined),
  alternativesTo: ({ rule }) =>
    rule === 'IL101'
      ? [
          { on: 'illumos', use: '`psrinfo -p`' },
          { on: 'api', use: 'diagnostics' },
        ]
      : [],
};

describe('explain report', () => {
  it('shows a test with every hop, the kinds of its guards, unresolved calls and alternatives', () => {
    const report = explainTests('test_vcpus', [makeTest()], context);
    assertMatchesSchema('explain-1', report);
    const text = printExplanation(report);
    for (const expected of [
      '  guest level  linux (boot with validation off)',
      '  capabilities: no guideline names it',
      '    pkg/test_a.py:5:19: linux: ssh "cat /proc/cpuinfo" [IL101 IL119]',
      '      from Guests.test_vcpus (pkg/test_a.py:5)',
      '      guard not compute.broken (inline: the rest of the test runs without it)',
      '      guard validation.run_validation (skip: the test is skipped without it, which is no pass)',
      '        illumos  `psrinfo -p`',
      '        api      diagnostics',
      '  unresolved calls (1): what they reach is not known',
      '    pkg/test_a.py:5: client.exec_command(…)',
    ])
      assert.ok(text.split('\n').includes(expected), `${expected}\nin\n${text}`);
  });

  it('keeps a path of several hops in order', () => {
    const hop = makeSite().path[0];
    assert.ok(hop);
    const site = makeSite({ path: [hop, { ...hop, function: 'RemoteClient.exec_command' }] });
    const report = explainTests('x', [makeTest()], { ...context, demandOf: () => makeDemand({ sites: [site] }) });
    assert.match(printExplanation(report), /from Guests\.test_vcpus .*\n {6}then RemoteClient\.exec_command /);
  });

  it('shows a line with its sites, the tests that reach them, and its findings', () => {
    const facts = {
      uri: SOURCE_URI,
      line: 4,
      sites: [{ site: makeSite(), tests: ['b', 'a', 'b'] }],
      findings: [makeFinding()],
      refusals: [{ finding: makeFinding(), reason: 'what it is read for decides what replaces it' }],
      tests: [makeTest()],
    };
    const report = explainPlace('pkg/test_a.py:5', facts, context, findingsOver());
    assertMatchesSchema('explain-1', report);
    const text = printExplanation(report);
    assert.match(text, /^pkg\/test_a\.py:5\n/);
    assert.match(text, /reached by 2 tests\n {8}a\n {8}b\n/);
    assert.match(text, /5:44: error IL101 .*\n[^]* {6}no fix of IL101: what it is read for decides/);
  });

  it('says so where a line has nothing', () => {
    const report = explainPlace(
      'x:1',
      { uri: SOURCE_URI, line: 0, sites: [], findings: [], refusals: [], tests: [] },
      context,
      findingsOver(),
    );
    assertMatchesSchema('explain-1', report);
    assert.equal(printExplanation(report), 'pkg/test_a.py:1\n  guest sites on this line: none\n  findings: none\n');
  });

  it('shows a rule with its portability row and findings', () => {
    const report = explainRule('IL101', RULE, [makeFinding()], findingsOver());
    assertMatchesSchema('explain-1', report);
    assert.match(
      printExplanation(report),
      /^IL101 linux-procfs-sysfs \(error\)\n[\s\S]*windows {2}CIM\n[\s\S]*findings \(1\)\n {4}pkg\/test_a\.py:5:44/,
    );
    const lint = explainRule('IL101', { ...RULE, rows: null, api: null }, [], findingsOver());
    assert.deepEqual(lint.alternatives, []);
    assert.match(printExplanation(lint), /findings: none/);
  });
});
