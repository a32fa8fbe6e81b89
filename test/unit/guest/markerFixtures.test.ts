import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import type { GuestSite } from '../../../src/model/guestSite';
import type { TestCase } from '../../../src/model/testCase';
import type { Grammars } from '../../../src/syntax/grammars';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { readTree } from '../../support/readTree';
import { KNOWN_GAPS } from './knownGaps';
import { describeFlags, readMarkers, type LineMarkers } from './markerReader';

const FIXTURES = join(__dirname, '../../fixtures/guest');
const FRAMEWORK = join(__dirname, '../../fixtures/framework');

/** A fixture is one test module inside the framework's tree, or a tree of its own beside it (`*_alone`: without it). */
function openSources(name: string): MemorySource[] {
  const folder = join(FIXTURES, name);
  const framework = readTree(FRAMEWORK);
  if (existsSync(`${folder}.py`)) {
    const text = readFileSync(`${folder}.py`, 'utf8');
    return [new MemorySource('file:///tempest', { ...framework, [`tempest/scenario/test_${name}.py`]: text })];
  }
  const own = new MemorySource('file:///own', readTree(folder));
  return name.endsWith('_alone') ? [own] : [new MemorySource('file:///tempest', framework), own];
}

function fixtureNames(): string[] {
  return readdirSync(FIXTURES)
    .map((entry) => entry.replace(/\.py$/, ''))
    .sort();
}

/** What a fixture's comments say against what the engine says: one line for each difference. */
class Comparison {
  readonly expected = new Set<string>();
  readonly actual = new Set<string>();
  /** Expected lines with `words` take part in the comparison only where a marker says so. */
  private readonly wordsAt = new Map<string, string>();
  private readonly rulesAt = new Map<string, string>();

  constructor(
    private readonly engine: Engine,
    private readonly fixtureUris: ReadonlySet<string>,
  ) {}

  expect(uri: string, text: string): void {
    for (const markers of readMarkers(text, fileName(uri))) this.expectLine(uri, markers);
  }

  private expectLine(uri: string, markers: LineMarkers): void {
    const place = `${fileName(uri)}:${String(markers.line + 1)}`;
    for (const site of markers.sites) {
      const line = `${place} ${site.kind} ${site.level} ${JSON.stringify(site.command)} ${site.flags}`.trim();
      if (site.words !== null) this.wordsAt.set(line, site.words);
      if (site.rules !== null) this.rulesAt.set(line, site.rules);
      for (const test of site.tests ?? this.testNames()) this.expected.add(`${test} ${line}`);
    }
    const here = this.engine
      .testsDefinedIn(uri)
      .filter((test) => this.lineOf(uri, test.definition.nameRange.start) === markers.line);
    if (markers.vias.length + markers.levels.length > 0)
      assert.ok(here.length > 0, `${place}: a marker about a test, but no test is defined there`);
    for (const test of here.map(shortName)) {
      for (const via of markers.vias) {
        if (via.tests && !via.tests.includes(test)) continue;
        this.expected.add(
          `${test} in ${via.where} ${via.kind} ${via.level} ${JSON.stringify(via.command)} ${via.flags}`.trim(),
        );
      }
      const own =
        markers.levels.find((level) => level.tests?.includes(test)) ??
        markers.levels.find((level) => level.tests === null);
      if (own) this.expected.add(`${test} level ${own.level} off=${own.off}`);
    }
  }

  observe(): void {
    for (const test of this.fixtureTests()) {
      const demand = this.engine.demand(test.name);
      assert.ok(demand);
      const name = shortName(test);
      this.actual.add(`${name} level ${demand.level} off=${demand.levelWithValidationOff}`);
      for (const site of demand.sites) this.actual.add(`${name} ${this.describeSite(site)}`);
    }
  }

  private describeSite(site: GuestSite): string {
    const guards = site.guards.map((guard) => `${guard.condition} ${guard.kind}`);
    const flags = describeFlags(guards, site.debugOnly, site.confidence === 'likely');
    const what = `${site.kind} ${site.level} ${JSON.stringify(site.command)} ${flags}`.trim();
    if (!this.fixtureUris.has(site.uri)) return `in ${site.path.at(-1)?.function.split('.').at(-1) ?? ''} ${what}`;
    const line = `${fileName(site.uri)}:${String(this.lineOf(site.uri, site.range.start) + 1)} ${what}`;
    const words = this.wordsAt.get(line);
    if (words !== undefined) assert.equal(this.wordsOf(site), words, `words of ${line}`);
    const rules = this.rulesAt.get(line);
    if (rules !== undefined) assert.equal(rulesOf(site), rules, `rules of ${line}`);
    return line;
  }

  /** The source text behind each match's words. */
  private wordsOf(site: GuestSite): string {
    const words = site.matches.flatMap((match) =>
      match.words.map(({ uri, range }) => this.engine.text(uri)?.slice(range.start, range.end) ?? '?'),
    );
    return [...new Set(words)].join(' ');
  }

  differences(): string[] {
    const missing = [...this.expected].filter((line) => !this.actual.has(line)).map((line) => `missing: ${line}`);
    const surplus = [...this.actual].filter((line) => !this.expected.has(line)).map((line) => `surplus: ${line}`);
    return [...missing, ...surplus].sort();
  }

  private fixtureTests(): TestCase[] {
    return this.engine.tests().filter((test) => this.fixtureUris.has(test.classUri));
  }

  private testNames(): string[] {
    return this.fixtureTests().map(shortName);
  }

  private lineOf(uri: string, offset: number): number {
    return this.engine.positionAt(uri, offset).line;
  }
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

function shortName(test: TestCase): string {
  return `${test.className}.${test.method}`;
}

function rulesOf(site: GuestSite): string {
  return site.matches.map((match) => match.rule).join(' ');
}

async function compareFixture(name: string, grammars: Grammars): Promise<string[]> {
  const sources = openSources(name);
  const engine = new Engine(grammars, DEFAULT_SETTINGS);
  await engine.open(sources);
  assert.deepEqual(engine.skipped(), []);
  const isFramework = (uri: string): boolean => uri.startsWith('file:///tempest/') && !uri.endsWith(`/test_${name}.py`);
  const uris = new Set(
    engine
      .files()
      .map((file) => file.uri)
      .filter((uri) => uri.endsWith('.py') && !isFramework(uri)),
  );
  const comparison = new Comparison(engine, uris);
  for (const uri of uris) comparison.expect(uri, engine.text(uri) ?? '');
  comparison.observe();
  assert.ok(comparison.actual.size > 0, 'the fixture has no test');
  return comparison.differences();
}

describe('guest analysis on marker fixtures', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadTestGrammars();
  });

  for (const name of fixtureNames()) {
    it(name, async () => {
      const gaps = KNOWN_GAPS.filter((gap) => gap.fixture === name).flatMap((gap) => gap.differences);
      const differences = await compareFixture(name, grammars);
      const open = differences.filter((line) => !gaps.includes(line));
      if (open.length > 0) assert.fail(`the comments of ${name} and the engine differ:\n${open.join('\n')}`);
      const closed = gaps.filter((line) => !differences.includes(line));
      assert.deepEqual(closed, [], 'these gaps are closed: take them out of knownGaps.ts');
    });
  }

  it('has no gap of a fixture that is not there', () => {
    const names = fixtureNames();
    for (const { fixture } of KNOWN_GAPS) assert.ok(names.includes(fixture), fixture);
  });
});
