import assert from 'node:assert/strict';
import { collectReport } from '../../../src/report/collectReport';
import { DATA_ELEMENT, renderReportPage } from '../../../src/report/reportPage';
import type { ReportModel } from '../../../src/report/reportModel';
import { makeTest } from '../../support/reportModels';
import { type GuidelineSketch, HOSTILE, makeReportSource } from '../../support/reportSource';

const TEST = 'pkg.test_a.Guests.test_vcpus';
const ID = { idempotent_id: 'id-0b1e3a52-0c1e-4f61-9a63-1f4f4f0d0001' };
const FLAG = { flagged: { reason: '[D401] a bug', action: 'wait', date: '2026-01-01' } };

const SKETCHES: readonly GuidelineSketch[] = [
  { id: 'next', capabilities: { 'b-cap': { status: 'advisory', tests: { [TEST]: ID } } } },
  {
    id: '2026.01',
    capabilities: {
      'b-cap': { status: 'required', tests: { 'pkg.old.Guests.test_vcpus': ID } },
      'a-cap': { status: 'required', tests: { [TEST]: { ...ID, ...FLAG }, 'pkg.test_a.Guests.test_gone': {} } },
    },
  },
  { id: '2025.01', capabilities: { 'a-cap': { status: 'deprecated', tests: { [TEST]: ID } } } },
  { id: 'dns.2026.01', capabilities: { 'dns-cap': { status: 'required', tests: {} } } },
];

describe('the model of the report page', () => {
  const { model, uris } = collectReport(makeReportSource(SKETCHES));

  it('has guidelines from the oldest on, families behind the main ones, capabilities by name', () => {
    assert.deepEqual(
      model.guidelines.map(({ id, family }) => [id, family]),
      [
        ['2025.01', ''],
        ['2026.01', ''],
        ['next', ''],
        ['dns.2026.01', 'dns'],
      ],
    );
    assert.deepEqual(
      model.capabilities.map(({ name, project }) => [name, project]),
      [
        ['a-cap', 'nova'],
        ['b-cap', 'nova'],
        ['dns-cap', 'nova'],
      ],
    );
  });

  it('counts unflagged tests alone for the level of a capability', () => {
    const cells = model.guidelines[1]?.cells.map(({ status, level, levelWithValidationOff: off, entries }) => [
      status,
      level,
      off,
      entries.map(({ state, flag, test }) => [state, flag?.code ?? null, test]),
    ]);
    assert.deepEqual(cells, [
      [
        'required',
        null,
        null,
        [
          ['no-id', null, null],
          ['ok', 'D401', 0],
        ],
      ],
      ['required', 'linux', 'boot', [['duplicate', null, 0]]],
    ]);
  });

  it('leads from every test to its sites, by a path of calls', () => {
    const [test] = model.tests;
    assert.ok(test);
    assert.deepEqual([model.files[test.place[0]]?.path, test.place[1], test.level], ['pkg/test_a.py', 4, 'linux']);
    assert.deepEqual(
      test.evidence.map(({ site, path }) => [
        model.sites[site]?.place.slice(1),
        model.sites[site]?.rules,
        path.map((step) => model.steps[step]?.function),
      ]),
      [
        [[5, 19], ['IL101', 'IL119'], ['Guests.test_vcpus']],
        [[6, 9], ['IL101', 'IL119'], ['Guests.test_vcpus']],
      ],
    );
  });

  it('knows the address of each file by position', () => {
    assert.equal(uris.length, model.files.length);
    assert.equal(uris[model.files.findIndex(({ path }) => path === 'pkg/test_a.py')], 'file:///root/pkg/test_a.py');
    assert.equal(model.files.find(({ path }) => path === 'next.json')?.href, '../guides/next.json#L{line}');
  });

  it('does not depend on the order in which guidelines come', () => {
    const turned = collectReport(makeReportSource([...SKETCHES].reverse()));
    assert.equal(JSON.stringify(turned.model), JSON.stringify(model));
  });

  it('indexes nothing that is not there', () => {
    for (const guideline of model.guidelines) {
      for (const cell of guideline.cells) {
        assert.ok(model.capabilities[cell.capability]);
        for (const entry of cell.entries) {
          assert.ok(model.names[entry.name] !== undefined);
          assert.ok(entry.test === null || model.tests[entry.test]);
        }
      }
    }
  });
});

describe('the report page', () => {
  const assets = { script: 'run();', style: 'p{}' };
  const security = { kind: 'hash', script: 'c2NyaXB0', style: 'c3R5bGU=' } as const;

  function dataOf(page: string): unknown {
    const start = page.indexOf('>', page.indexOf(`id="${DATA_ELEMENT}"`)) + 1;
    return JSON.parse(page.slice(start, page.indexOf('</script>', start)));
  }

  it('carries its model, and gives the same bytes for the same model', () => {
    const { model } = collectReport(makeReportSource(SKETCHES));
    const page = renderReportPage(model, assets, security);
    assert.deepEqual(dataOf(page), JSON.parse(JSON.stringify(model)));
    assert.equal(page, renderReportPage(collectReport(makeReportSource(SKETCHES)).model, assets, security));
  });

  it('keeps hostile names inside of its data', () => {
    const sketch: GuidelineSketch = {
      id: '2026.01',
      capabilities: { [HOSTILE]: { status: 'required', tests: { [HOSTILE]: { flagged: { reason: HOSTILE } } } } },
    };
    const { model } = collectReport(makeReportSource([sketch], [makeTest()]));
    const page = renderReportPage(model, assets, security);
    assert.equal((dataOf(page) as ReportModel).capabilities[0]?.name, HOSTILE);
    assert.equal(page.split('</script>').length, 3, 'the ends of data and script, no other');
    assert.ok(!page.includes('<img') && !page.includes('<!--'));
  });

  it('lets nothing run or load but what it brings', () => {
    const policyOf = (page: string): string => /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const file = renderReportPage(null, assets, security);
    assert.match(policyOf(file), /^default-src 'none'; script-src 'sha256-c2NyaXB0'; style-src 'sha256-c3R5bGU=';/);
    const webview = renderReportPage(null, assets, { kind: 'nonce', nonce: 'abc' });
    assert.match(policyOf(webview), /^default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc';/);
    assert.match(webview, /<style nonce="abc">p\{\}<\/style>[^]*<script nonce="abc">run\(\);<\/script>/);
    assert.ok(![file, webview].some((page) => page.includes('unsafe')));
  });

  it('refuses a script that would end its own element', () => {
    assert.throws(
      () => renderReportPage(null, { ...assets, script: 'a = "</SCRIPT>"' }, security),
      /script would end its own element/,
    );
  });
});
