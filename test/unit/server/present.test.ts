import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findGuestRule } from '../../../src/guest/catalogue/rules';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { Guideline } from '../../../src/model/guideline';
import type { GuestSite, TestDemand } from '../../../src/model/guestSite';
import type { TestCase } from '../../../src/model/testCase';
import type { TraceEntry } from '../../../src/model/trace';
import { statusesOf } from '../../../src/server/locate';
import { renderGuestCard } from '../../../src/server/present/guestHover';
import { renderCapabilityCard, renderEntryCard } from '../../../src/server/present/guidelineHover';
import { printCapabilityLens, printEntryLens } from '../../../src/server/present/guidelineLens';
import { levelBadge, pickEvidence } from '../../../src/server/present/levelText';
import { renderTestCard } from '../../../src/server/present/testHover';
import { printClassLens, printHelperLens, printTestLens } from '../../../src/server/present/testLens';

const guidelineFile = path.resolve(__dirname, '../../fixtures/workspace/guidelines/2099.01.json');
const guideline = ((): Guideline => {
  const read = readGuideline('file:///g/2099.01.json', readFileSync(guidelineFile, 'utf8')).guideline;
  assert.ok(read);
  return read;
})();
const linkTo = (uri: string, range: { start: number }): string => `${uri}#${range.start}`;

const test: TestCase = {
  name: 'tempest.api.m.K.test_vcpus',
  ids: ['22222222-2222-4222-8222-222222222222'],
  attrs: [],
  module: 'tempest.api.m',
  className: 'K',
  method: 'test_vcpus',
  classUri: 'file:///m.py',
  definition: {
    name: 'tempest.api.m.Base.test_vcpus',
    className: 'Base',
    uri: 'file:///m.py',
    nameRange: { start: 10, end: 20 },
    range: { start: 0, end: 90 },
    idRange: null,
  },
};

function site(overrides: Partial<GuestSite>): GuestSite {
  return {
    uri: 'file:///m.py',
    range: { start: 60, end: 70 },
    kind: 'ssh',
    command: 'cat /proc/{}',
    matches: [],
    level: 'linux',
    guards: [{ condition: 'validation.run_validation', kind: 'skip' }],
    confidence: 'certain',
    path: [{ function: 'K.test_vcpus', uri: 'file:///m.py', range: { start: 50, end: 55 } }],
    debugOnly: false,
    ...overrides,
  };
}

const demand: TestDemand = {
  test: test.name,
  level: 'linux',
  levelWithValidationOff: 'boot',
  guards: [{ condition: 'validation.run_validation', kind: 'skip' }],
  sites: [site({})],
  unresolvedCalls: [{ uri: 'file:///m.py', range: { start: 1, end: 2 }, text: 'f()' }],
};

function entry(capabilityIndex: number, testIndex: number, overrides: Partial<TraceEntry> = {}): TraceEntry {
  const capability = guideline.capabilities[capabilityIndex];
  const guidelineTest = capability?.tests[testIndex];
  assert.ok(capability && guidelineTest);
  return {
    guideline,
    capability,
    entry: guidelineTest,
    components: statusesOf(guideline, capability.name.value),
    state: 'ok',
    resolvedBy: 'path',
    target: test,
    candidates: [test],
    conflictingAliases: [],
    ...overrides,
  };
}

describe('lens texts', () => {
  it('name capability, status, guideline and level above a test', () => {
    assert.equal(
      printTestLens([entry(1, 0)], [guideline], [demand]),
      'compute-servers-verify: required (2099.01) · guest: linux (boot with validation off)',
    );
  });

  it('tell a flag', () => {
    assert.match(printTestLens([entry(1, 1)], [guideline], []), /required \(2099\.01\), flagged D401 \(2099-01-02\)$/);
  });

  it('fall back to older guidelines rather than hide them', () => {
    const newer: Guideline = { ...guideline, uri: 'file:///g/2099.06.json', id: { ...guideline.id, value: '2099.06' } };
    assert.equal(printTestLens([entry(1, 0)], [guideline, newer], []), 'required by 1 older guideline');
  });

  it('are empty for a test that no guideline names and of which nothing is known', () => {
    assert.equal(printTestLens([], [guideline], []), '');
  });

  it('sum up a class and a helper', () => {
    assert.equal(printClassLens(3, 1, [demand]), '3 tests · 1 required · guest: linux (boot with validation off)');
    const reach = {
      name: 'f',
      uri: 'file:///m.py',
      nameRange: { start: 0, end: 1 },
      level: 'linux' as const,
      tests: ['a', 'b'],
    };
    assert.equal(printHelperLens(reach, 1), 'reaches linux · used by 2 tests · 1 required');
  });

  it('count tests, Linux and flags above a capability', () => {
    const entries = [
      { entry: entry(1, 0), demand },
      { entry: entry(1, 1), demand: { ...demand, level: 'posix' as const } },
    ];
    assert.equal(
      printCapabilityLens(statusesOf(guideline, 'compute-servers-verify'), entries),
      '2 tests · required in os_powered_compute · 1 needs linux · 1 flagged',
    );
  });

  it('say that a capability stands in no component', () => {
    assert.equal(printCapabilityLens([], []), '0 tests · in no component');
  });

  it('tell the link state above an entry', () => {
    assert.equal(printEntryLens({ entry: entry(1, 0), demand }), 'guest: linux (boot with validation off) · ok');
    assert.equal(
      printEntryLens({ entry: entry(2, 0, { state: 'removed', target: null }), demand: undefined }),
      'removed: no test has this id or name any more',
    );
    assert.match(
      printEntryLens({ entry: entry(1, 1, { state: 'alias-live' }), demand }),
      /today tempest\.api\.m\.K\.test_vcpus/,
    );
  });
});

describe('level texts', () => {
  it('show the second number only where it differs', () => {
    assert.equal(levelBadge({ level: 'api', levelWithValidationOff: 'api' }), 'api');
    assert.equal(levelBadge(demand), 'linux (boot with validation off)');
  });

  it('prove a level by a site of that level, the certain and short ones first', () => {
    const long = site({ path: [...site({}).path, ...site({}).path] });
    const likely = site({ confidence: 'likely', path: [] });
    const lower = site({ level: 'posix', path: [] });
    const debug = site({ debugOnly: true, path: [] });
    const short = site({});
    assert.equal(pickEvidence({ ...demand, sites: [debug, lower, likely, long, short] }), short);
    assert.equal(pickEvidence({ ...demand, sites: [debug, lower] }), undefined);
  });
});

describe('hover cards', () => {
  it('of a test tell level, evidence as links, guards with what they do, and every guideline', () => {
    const card = renderTestCard(
      { test, entries: [entry(1, 1, { state: 'alias-live' })], demand, otherNames: ['tempest.api.m.L.test_vcpus'] },
      linkTo,
    );
    assert.match(card, /^\*\*\[tempest\\\.api\\\.m\\\.K\\\.test\\_vcpus\]\(file:\/\/\/m\.py#10\)\*\*/);
    assert.match(card, /also runs as `tempest\.api\.m\.L\.test_vcpus`/);
    assert.match(card, /Guest level `linux`.*`boot` with `validation.run_validation` off/);
    assert.match(card, /1\. \[K\\\.test\\_vcpus\]\(file:\/\/\/m\.py#50\): ssh `cat \/proc\/\{\}`/);
    assert.match(card, /a skipped test is no pass/);
    assert.match(card, /1 call unresolved/);
    assert.match(card, /\[2099\\\.01\]\(.*\) `compute-servers-verify` required in os\\_powered\\_compute/);
    assert.match(card, /flagged D401.*Waits for a name server/);
    assert.match(card, /`alias-live`/);
    assert.match(card, /aliases `tempest\.api\.compute/);
  });

  it('tell an inline guard from a skip', () => {
    const inline = { condition: 'validation.run_validation', kind: 'inline' as const };
    const card = renderTestCard(
      { test, entries: [], demand: { ...demand, sites: [site({ guards: [inline] })] }, otherNames: [] },
      linkTo,
    );
    assert.match(card, /only this part is left out and the rest still runs/);
    assert.doesNotMatch(card, /a skipped test is no pass/);
    assert.match(card, /No guideline of the workspace names this test/);
  });

  it('of a guest word tell rule, portability and alternatives', () => {
    const match = { rule: 'IL101', subject: '/proc/cpuinfo', words: [], level: 'linux' as const, intent: null };
    const card = renderGuestCard(
      { site: site({}), match, rule: findGuestRule('IL101'), rulePage: 'https://x/IL101.md', tests: 3 },
      linkTo,
    );
    assert.match(card, /^\*\*`\/proc\/cpuinfo`\*\* \[IL101\]\(https:\/\/x\/IL101\.md\)/);
    for (const os of ['linux', 'busybox', 'freebsd', 'illumos', 'windows'])
      assert.match(card, new RegExp(`^\\| ${os} \\| .+ \\|$`, 'm'));
    assert.match(card, /OpenStack API: server diagnostics/);
    assert.match(card, /Reached by 3 tests, for example/);
  });

  it("of an entry tell state, today's name and flag", () => {
    const card = renderEntryCard(entry(1, 1, { state: 'renamed' }), demand, linkTo);
    assert.match(card, /`renamed`: the id lives on under another name/);
    assert.match(card, /Today: \[tempest/);
    assert.match(card, /Action: Flag until fixed/);
    assert.match(card, /Guest level `linux`/);
  });

  it('of a capability tell score, cutoff and tests', () => {
    const capability = guideline.capabilities[0];
    assert.ok(capability);
    const components = statusesOf(guideline, capability.name.value);
    const card = renderCapabilityCard(
      { guideline, capability, components, entries: [{ entry: entry(0, 0), demand }] },
      linkTo,
    );
    assert.match(card, /Score 14 \(cutoff 14\): atomic 6, doc 8/);
    assert.match(card, /\| test \| guest level \| link \| flag \|/);
    assert.match(card, /`linux \(boot with validation off\)` \| `ok`/);
  });
});
