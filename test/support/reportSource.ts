import assert from 'node:assert/strict';
import { buildWhatIf } from '../../src/engine/buildWhatIf';
import { readGuideline } from '../../src/guideline/readGuideline';
import type { TestCase } from '../../src/model/testCase';
import { findLineStarts, positionAt } from '../../src/model/text';
import type { ReportSource } from '../../src/report/collectReport';
import { indexTests } from '../../src/trace/testIndex';
import { linkGuideline } from '../../src/trace/linkEntries';
import { makeDemand, makeTest, SOURCE, SOURCE_URI } from './reportModels';

/** Text that would leave its element, attribute or line if it were not escaped. */
export const HOSTILE = '</script><img src=x onerror="document.title=\'owned\'">\u2028<!--';

export interface GuidelineSketch {
  readonly id: string;
  /** Capabilities by name: status and tests with what an entry holds. */
  readonly capabilities: Readonly<Record<string, { status: string; tests: Readonly<Record<string, object>> }>>;
}

/** The JSON of a small 2.0 guideline. */
export function printGuideline({ id, capabilities }: GuidelineSketch): string {
  const named = (status: string): string[] =>
    Object.entries(capabilities).flatMap(([name, capability]) => (capability.status === status ? [name] : []));
  const lists = Object.fromEntries(['required', 'advisory', 'deprecated', 'removed'].map((one) => [one, named(one)]));
  return JSON.stringify(
    {
      metadata: { id, schema: '2.0', os_trademark_approval: { status: 'approved', releases: ['zed'] } },
      platforms: {},
      components: { os_powered_compute: { capabilities: lists } },
      capabilities: Object.fromEntries(
        Object.entries(capabilities).map(([name, { tests }]) => [
          name,
          { achievements: [], description: `about ${name}`, project: 'nova', tests },
        ]),
      ),
    },
    null,
    2,
  );
}

/** What a report is made from, on guidelines in memory and the one test of reportModels. */
export function makeReportSource(
  sketches: readonly GuidelineSketch[],
  tests: readonly TestCase[] = [makeTest()],
): ReportSource {
  const texts = new Map([[SOURCE_URI, SOURCE]]);
  const index = indexTests(tests);
  const traced = sketches.map((sketch) => {
    const uri = `file:///guides/${sketch.id}.json`;
    const text = printGuideline(sketch);
    texts.set(uri, text);
    const { guideline } = readGuideline(uri, text);
    assert.ok(guideline);
    return { guideline, entries: linkGuideline(guideline, index) };
  });
  const demandOf: ReportSource['demandOf'] = (name) =>
    tests.some((test) => test.name === name) ? makeDemand({ test: name }) : undefined;
  const places: ReportSource['places'] = {
    pathOf: (uri) => uri.replace(/^file:\/\/\/(root|guides)\//, ''),
    positionAt: (uri, offset) => positionAt(findLineStarts(texts.get(uri) ?? ''), offset),
  };
  const whatIf = buildWhatIf(
    {
      ...places,
      // Sorted, as the engine has them.
      guidelines: () => traced.map(({ guideline }) => guideline).sort((a, b) => (a.uri < b.uri ? -1 : 1)),
      trace: (uri) => traced.find(({ guideline }) => guideline.uri === uri)?.entries ?? [],
      test: (name) => tests.find((test) => test.name === name),
      demand: demandOf,
      uploadOf: () => 'none',
      moreTests: () => [],
    },
    { safe: new Map(), all: new Map() },
    'none',
  );
  return {
    version: '1.2.3',
    traced,
    demandOf,
    places,
    linkTo: (uri) => `../${uri.slice('file:///'.length)}#L{line}`,
    whatIf,
    profiles: [],
  };
}
