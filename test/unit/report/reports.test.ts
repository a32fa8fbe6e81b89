import assert from 'node:assert/strict';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { TraceEntry } from '../../../src/model/trace';
import { printLevelsText, reportLevels } from '../../../src/report/levelsReport';
import { printJson } from '../../../src/report/places';
import { printTestsText, reportTests } from '../../../src/report/testsReport';
import { printTraceHtml } from '../../../src/report/tracePage';
import { reportTrace, type TraceReport } from '../../../src/report/traceReport';
import { printTraceCsv, printTraceMarkdown } from '../../../src/report/traceTables';
import {
  GUIDELINE_URI,
  makeDemand,
  makeSite,
  makeTest,
  placesOver,
  rangeOf,
  SOURCE,
  SOURCE_PATH,
} from '../../support/reportModels';
import { assertMatchesSchema } from '../../support/schemas';

const GUIDELINE = JSON.stringify(
  {
    metadata: { id: '2026.01', schema: '2.0', os_trademark_approval: { status: 'approved', releases: [] } },
    platforms: {},
    components: {
      os_powered_compute: { capabilities: { required: ['cap-<b>'], advisory: [], deprecated: [], removed: [] } },
    },
    capabilities: {
      'cap-<b>': {
        achievements: [],
        description: 'd',
        tests: {
          'pkg.old.Guests.test_vcpus': {
            idempotent_id: 'id-0b1e3a52-0c1e-4f61-9a63-1f4f4f0d0001,smoke',
            aliases: ['pkg.older.Guests.test_vcpus'],
            flagged: { reason: '[D401] "quoted", | and\nbroken', action: 'wait', date: '2026-01-01' },
          },
          'pkg.gone.Guests.test_gone': { idempotent_id: 'id-0b1e3a52-0c1e-4f61-9a63-1f4f4f0d00ff' },
        },
      },
    },
  },
  null,
  2,
);

function traceReport(): TraceReport {
  const { guideline } = readGuideline(GUIDELINE_URI, GUIDELINE);
  assert.ok(guideline);
  const capability = guideline.capabilities[0];
  assert.ok(capability);
  const [renamed, gone] = capability.tests;
  assert.ok(renamed && gone);
  const components = [{ component: 'os_powered_compute', status: 'required' }] as const;
  const test = makeTest();
  const twin = makeTest({ name: 'pkg.test_a.Twin.test_vcpus', className: 'Twin' });
  const common = { guideline, capability, components, conflictingAliases: [] };
  const entries: TraceEntry[] = [
    { ...common, entry: gone, state: 'removed', resolvedBy: 'none', target: null, candidates: [] },
    { ...common, entry: renamed, state: 'renamed', resolvedBy: 'id', target: test, candidates: [twin, test] },
  ];
  const places = placesOver({ [GUIDELINE_URI]: GUIDELINE });
  return reportTrace([{ guideline, entries }], (name) => (name === test.name ? makeDemand() : undefined), places);
}

describe('tests report', () => {
  it('gives the definition line of every runtime name, in order of place and name', () => {
    const twin = makeTest({ name: 'pkg.test_a.Another.test_vcpus', className: 'Another' });
    const report = reportTests([makeTest(), twin], placesOver());
    assertMatchesSchema('tests-1', report);
    assert.deepEqual(
      report.tests.map((test) => [test.name, test.file, test.line, test.definedIn]),
      [
        ['pkg.test_a.Another.test_vcpus', SOURCE_PATH, 4, 'pkg.test_a.Guests.test_vcpus'],
        ['pkg.test_a.Guests.test_vcpus', SOURCE_PATH, 4, 'pkg.test_a.Guests.test_vcpus'],
      ],
    );
  });

  it('prints names as stestr lists them, and bare ones without attributes', () => {
    const bare = makeTest({ name: 'pkg.test_a.Z.test_bare', ids: [], attrs: [] });
    assert.equal(
      printTestsText(reportTests([bare, makeTest()], placesOver())),
      'pkg.test_a.Guests.test_vcpus[compute,id-0b1e3a52-0c1e-4f61-9a63-1f4f4f0d0001,smoke]\npkg.test_a.Z.test_bare\n',
    );
  });
});

describe('levels report', () => {
  const places = placesOver();

  it('counts columns in UTF-16 units from 1, and sorts sites, rules and guards', () => {
    const report = reportLevels([makeTest()], () => makeDemand(), places);
    assertMatchesSchema('levels-1', report);
    const [test] = report.tests;
    assert.ok(test);
    assert.deepEqual(test.guards, ['not compute.broken', 'validation.run_validation']);
    assert.equal(test.unresolvedCalls, 1);
    assert.deepEqual(
      test.sites.map(({ line, column, endColumn, rules }) => ({ line, column, endColumn, rules })),
      [
        // `é = '𝄞'; ` before the first call: the clef is two units.
        { line: 5, column: 19, endColumn: 38, rules: ['IL101', 'IL119'] },
        { line: 6, column: 9, endColumn: 28, rules: ['IL101', 'IL119'] },
      ],
    );
    assert.deepEqual(test.sites[0]?.path, [{ function: 'Guests.test_vcpus', file: SOURCE_PATH, line: 5 }]);
  });

  it('ends a site that goes on below with its first line', () => {
    const [second, first] = makeDemand().sites;
    assert.ok(first && second);
    const both = { ...first, range: { start: first.range.start, end: second.range.end } };
    const report = reportLevels([makeTest()], () => makeDemand({ sites: [both] }), places);
    const line = SOURCE.split('\n')[4] ?? '';
    assert.equal(report.tests[0]?.sites[0]?.endColumn, line.length + 1);
    assert.ok(line.length > 38);
  });

  it('leaves out tests whose demand is not known instead of guessing', () => {
    assert.deepEqual(reportLevels([makeTest()], () => undefined, places).tests, []);
  });

  it('is the same for the same facts in another order', () => {
    const there = reportLevels([makeTest()], () => makeDemand(), places);
    const back = reportLevels([makeTest()], () => makeDemand({ sites: [...makeDemand().sites].reverse() }), places);
    assert.equal(printJson(back), printJson(there));
  });

  it('names in its text the sites that decide, and not those that only look at a failure', () => {
    const debug = makeSite({ command: 'sudo lsblk --fs', debugOnly: true });
    const text = printLevelsText(reportLevels([makeTest()], () => makeDemand({ sites: [makeSite(), debug] }), places));
    assert.match(text, /^1 tests\n {2}linux {2}1\n/);
    assert.match(
      text,
      /pkg\.test_a\.Guests\.test_vcpus {2}\(pkg\/test_a\.py:4, boot with validation off, 1 calls unresolved\)/,
    );
    assert.match(text, /pkg\/test_a\.py:5: ssh "cat \/proc\/cpuinfo" \[IL101 IL119\]/);
    assert.doesNotMatch(text, /lsblk/);
  });
});

describe('trace report', () => {
  it('lists entries in the order of the guideline with their live names and levels', () => {
    const report = traceReport();
    assertMatchesSchema('trace-1', report);
    const [guideline] = report.guidelines;
    assert.deepEqual(guideline && [guideline.file, guideline.id, guideline.schemaVersion], [
      '2026.01.json',
      '2026.01',
      '2.0',
    ]);
    const [renamed, gone] = guideline?.entries ?? [];
    assert.deepEqual(renamed, {
      capability: 'cap-<b>',
      test: 'pkg.old.Guests.test_vcpus',
      id: '0b1e3a52-0c1e-4f61-9a63-1f4f4f0d0001',
      aliases: ['pkg.older.Guests.test_vcpus'],
      flagged: { reason: '[D401] "quoted", | and\nbroken', action: 'wait', date: '2026-01-01' },
      components: { os_powered_compute: 'required' },
      state: 'renamed',
      resolvedBy: 'id',
      target: {
        name: 'pkg.test_a.Guests.test_vcpus',
        names: ['pkg.test_a.Guests.test_vcpus', 'pkg.test_a.Twin.test_vcpus'],
        file: SOURCE_PATH,
        line: 4,
        class: 'Guests',
        function: 'test_vcpus',
      },
      level: 'linux',
      levelWithValidationOff: 'boot',
      guards: ['not compute.broken', 'validation.run_validation'],
    });
    assert.deepEqual([gone?.target, gone?.level, gone?.levelWithValidationOff, gone?.guards], [null, null, null, []]);
  });

  it('quotes CSV cells with quotes, commas and line feeds', () => {
    const csv = printTraceCsv(traceReport());
    const [header, ...rows] = csv.split('\r\n');
    assert.equal(header?.split(',').length, 15);
    assert.equal(rows.length, 3, 'two entries and the end of the last line');
    assert.ok(rows[0]?.includes('"[D401] ""quoted"", | and\nbroken"'), rows[0]);
  });

  it('keeps Markdown rows whole whatever the guideline says', () => {
    const rows = printTraceMarkdown(traceReport())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    assert.equal(rows.length, 4);
    for (const row of rows) assert.equal(row.replace(/\\\|/g, '').split('|').length, 10, row);
    assert.ok(rows[2]?.includes('cap-\\<b\\>'), rows[2]);
  });

  it('escapes what a guideline says in HTML, and needs nothing from outside', () => {
    const html = printTraceHtml(traceReport());
    assert.ok(html.includes('cap-&lt;b&gt;'));
    assert.ok(!html.includes('cap-<b>'));
    assert.ok(html.includes('&quot;quoted&quot;'));
    assert.doesNotMatch(html, /<script|src=|href=|url\(/);
    assert.match(html, /default-src 'none'/);
  });

  it('gives a page and tables for a guideline without tests', () => {
    const empty: TraceReport = {
      schema: 'interop-lens/trace/1',
      guidelines: [{ file: 'a.json', id: '', schemaVersion: '2.0', entries: [] }],
    };
    assert.match(printTraceMarkdown(empty), /a\.json, schema 2\.0: 0 entries/);
    assert.match(printTraceHtml(empty), /no tests/);
    assert.equal(printTraceCsv(empty).split('\r\n').length, 2);
  });
});

describe('the rule that schemas notice slips', () => {
  it('refuses a field that it does not know and one that is missing', () => {
    const report = reportTests([makeTest()], placesOver());
    assert.throws(() => assertMatchesSchema('tests-1', { ...report, more: 1 }), /additional properties/);
    assert.throws(() => assertMatchesSchema('tests-1', { tests: report.tests }), /schema/);
    assert.throws(
      () => assertMatchesSchema('tests-1', { ...report, tests: [{ ...report.tests[0], line: 0 }] }),
      />= 1/,
    );
  });

  it('knows where words stand', () => {
    assert.throws(() => rangeOf('no such words'), /no such words/);
  });
});
