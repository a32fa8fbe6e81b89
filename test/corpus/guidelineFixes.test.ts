import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fixGuideline } from '../../src/fixes/guideline/guidelineFixes';
import { lintGuideline } from '../../src/guideline/lint/lintGuideline';
import { readGuideline } from '../../src/guideline/readGuideline';
import type { FixContext } from '../../src/fixes/fixContext';
import type { Finding } from '../../src/model/finding';
import type { Guideline } from '../../src/model/guideline';
import { applyEdits } from '../support/applyEdits';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

const FILES = ['2015.07', '2016.01', '2016.08', '2018.02', '2020.06', 'next'].map((name) => `${name}.json`);
/** Of each rule and file; the files have hundreds of some. */
const TRIED = 4;

function uriOf(file: string): string {
  return `file:///${file}`;
}

function lint(guideline: Guideline, siblings: readonly Guideline[]): Finding[] {
  return lintGuideline(guideline, [], { siblings });
}

function countRule(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

/** Lines of `a` that are not in `b`, with repetition: what a reviewer sees removed in a diff. */
function countLostLines(a: string, b: string): number {
  const left = new Map<string, number>();
  for (const line of b.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return a.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  }).length;
}

describe('fixes on the published guidelines', function () {
  this.timeout(120_000);
  const texts = new Map<string, string>();
  const models = new Map<string, Guideline>();

  before(function () {
    const reason = whyNoGuidelines();
    if (reason !== null) return this.skip();
    for (const file of FILES) {
      const text = readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8');
      const { guideline } = readGuideline(uriOf(file), text);
      assert.ok(guideline);
      texts.set(uriOf(file), text);
      models.set(uriOf(file), guideline);
    }
  });

  for (const file of FILES) {
    it(`${file}: each fix removes its finding and touches a few lines`, () => {
      const uri = uriOf(file);
      const guideline = models.get(uri);
      const text = texts.get(uri);
      assert.ok(guideline && text !== undefined);
      const siblings = [...models.values()];
      const context: FixContext = {
        text: (wanted) => texts.get(wanted),
        facts: () => undefined,
        guideline: (wanted) => models.get(wanted),
        today: () => '2026-01-01',
      };
      const findings = lint(guideline, siblings);
      const tried = new Map<string, number>();
      let applied = 0;
      for (const finding of findings) {
        const count = tried.get(finding.rule) ?? 0;
        if (count >= TRIED) continue;
        tried.set(finding.rule, count + 1);
        const offer = fixGuideline(finding, context);
        for (const fix of typeof offer === 'string' ? [] : offer) {
          const [edit] = fix.edits;
          assert.ok(edit);
          const before = texts.get(edit.uri) ?? '';
          const changed = applyEdits(edit.uri, before, fix.edits);
          JSON.parse(changed);
          const again = readGuideline(edit.uri, changed).guideline;
          assert.ok(again);
          const others = siblings.map((one) => (one.uri === edit.uri ? again : one));
          const own: Guideline = edit.uri === uri ? again : guideline;
          const label = `${finding.rule} ${fix.title}`;
          assert.equal(countRule(lint(own, others), finding.rule), countRule(findings, finding.rule) - 1, label);
          // A property or element before the new one gets a comma; a renamed key loses its line.
          assert.ok(countLostLines(before, changed) <= 3, `${label} rewrote ${countLostLines(before, changed)} lines`);
          applied++;
        }
      }
      assert.ok(applied > 0, [...tried.keys()].join(' '));
    });
  }
});
