import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compareResults } from '../../src/guideline/results/compareResults';
import { readResults } from '../../src/guideline/results/readResults';
import { listOwnScores, scoreCapabilities } from '../../src/guideline/scoring/scoreCapabilities';
import { readGuideline } from '../../src/guideline/readGuideline';
import { listTargets, selectTests } from '../../src/guideline/selectTests';
import { detectTestList, readTestList } from '../../src/guideline/testList/readTestList';
import type { Guideline } from '../../src/model/guideline';
import { listRefstackLines } from '../../src/report/refstackList';
import { summariseGuideline } from '../../src/report/guidelineSummary';
import { printRst, printSummaryMarkdown } from '../../src/report/summaryMarkup';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

/** Required capabilities whose achievements weigh less than the cutoff score: facts computed from the interop repository. */
const BELOW_CUTOFF: Readonly<Record<string, number>> = {
  '2016.01.json': 1,
  '2016.08.json': 4,
  '2018.02.json': 17,
  '2020.06.json': 17,
  'next.json': 16,
};

function listFiles(): string[] {
  if (whyNoGuidelines() !== null) return [];
  const all = readdirSync(GUIDELINE_FOLDER, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => file.endsWith('.json')).sort();
}

function read(file: string): Guideline {
  const { guideline } = readGuideline(`file:///${file}`, readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8'));
  assert.ok(guideline);
  return guideline;
}

describe('documents of the published guidelines', function () {
  this.timeout(30_000);
  before(function () {
    if (whyNoGuidelines() !== null) this.skip();
  });

  for (const [file, expected] of Object.entries(BELOW_CUTOFF)) {
    it(`${file}: as many required capabilities below the cutoff as the facts have`, () => {
      const guideline = read(file);
      const { rows } = scoreCapabilities(guideline, listOwnScores(guideline));
      const below = rows.filter(({ status, reachesCutoff }) => status === 'required' && !reachesCutoff);
      assert.equal(below.filter(({ vetoed }) => !vetoed).length, expected);
      // Marked as admin APIs since 2016.08, and required none the less from 2018.02 on.
      const vetoed = below.filter((row) => row.vetoed).map(({ name }) => name);
      assert.deepEqual(vetoed, file.startsWith('2016') ? [] : ['networks-l3-CRUD', 'networks-l3-router']);
    });
  }

  for (const file of listFiles()) {
    it(`${file}: the page names every listed capability, in lines that fit`, () => {
      const guideline = read(file);
      const blocks = summariseGuideline(guideline);
      const rst = printRst(blocks);
      const listed = guideline.components.flatMap(({ capabilities }) => Object.values(capabilities).flat());
      for (const { value } of listed)
        assert.ok(rst.includes(`\n* ${value} (`) || rst.includes(`\n* ${value}\n`), value);
      // A single long word (a URL) stays whole.
      for (const line of rst.split('\n')) assert.ok(line.length <= 79 || !line.trim().includes(' '), line);
      assert.ok(
        printSummaryMarkdown(blocks).startsWith(`# OpenStack Interoperability Guideline ${guideline.id.value}`),
      );
    });

    it(`${file}: a run that passed its own unflagged list meets every target`, () => {
      const guideline = read(file);
      const targets = listTargets(guideline);
      assert.ok(targets.length > 0);
      for (const target of targets) {
        const selected = selectTests(guideline, { target, types: ['required'], alias: false, flag: false }) ?? [];
        const lines = listRefstackLines(guideline, selected);
        const results = readResults(new TextEncoder().encode(lines.join('\n')));
        const [verdict] = compareResults(guideline, results, [target]).targets;
        assert.ok(verdict);
        assert.equal(verdict.met, lines.length === 0 ? null : true, target);
        assert.equal(verdict.unflagged.tests, lines.length);
        // Without one of its tests (and whatever shares its name or id) the verdict falls.
        const [gone] = selected;
        if (!gone) continue;
        const rest = results.results.filter(
          ({ name, id }) => name !== gone.name && (id === null || id !== gone.entry.id),
        );
        assert.equal(compareResults(guideline, { ...results, results: rest }, [target]).targets[0]?.met, false, target);
      }
    });

    it(`${file}: its list is one that is known as a list, with every line read`, () => {
      const guideline = read(file);
      const selected = guideline.components.flatMap(({ name }) => [
        ...(selectTests(guideline, { target: name.value, types: null, alias: true, flag: true }) ?? []),
      ]);
      const text = `${listRefstackLines(guideline, selected).join('\n')}\n`;
      assert.ok(detectTestList(text));
      const list = readTestList('file:///list.txt', text);
      assert.equal(list.kind, 'names');
      assert.equal(list.entries.length, selected.length);
      assert.deepEqual(
        list.entries.filter(({ named }) => named === null).map((entry) => entry.text.value),
        [],
      );
    });
  }
});
