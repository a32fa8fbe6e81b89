import assert from 'node:assert/strict';
import { diffGuidelines } from '../../../src/guideline/diffGuidelines';
import { readGuideline } from '../../../src/guideline/readGuideline';
import { reportDiff, type DiffReport } from '../../../src/report/diffReport';
import { printDiffMarkdown, printDiffText } from '../../../src/report/diffTables';
import { placesOver } from '../../support/reportModels';
import { assertMatchesSchema } from '../../support/schemas';

const BEFORE = `{ "metadata": { "id": "2098.01", "schema": "2.0", "os_trademark_approval": { "status": "approved" } },
  "components": { "os_powered_compute": { "capabilities": { "advisory": ["cap_*"], "required": ["gone"] } } },
  "capabilities": {
    "cap_*": { "description": "", "tests": {
      "p.m.K.test_old": { "idempotent_id": "id-00000000-0000-4000-8000-00000000000a" } } },
    "gone": { "description": "", "tests": {
      "p.m.K.test_gone": { "idempotent_id": "id-00000000-0000-4000-8000-00000000000b" } } } } }`;

const AFTER = `{ "metadata": { "id": "2099.01", "schema": "2.0", "os_trademark_approval": { "status": "draft" } },
  "components": { "os_powered_compute": { "capabilities": { "required": ["cap_*"], "removed": ["gone"] } } },
  "capabilities": {
    "cap_*": { "description": "", "tests": {
      "p.m.K.test_new": { "idempotent_id": "id-00000000-0000-4000-8000-00000000000a", "aliases": ["p.m.K.test_old"],
        "flagged": { "reason": "[D401] a | b", "action": "x", "date": "2099-01-01" } } } } } }`;

const TEXTS = { 'file:///guides/2098 01.json': BEFORE, 'file:///guides/2099.01.json': AFTER };

function report(): DiffReport {
  const [before, after] = Object.entries(TEXTS).map(([uri, text]) => readGuideline(uri, text).guideline);
  assert.ok(before && after);
  return reportDiff(diffGuidelines(before, after), placesOver(TEXTS));
}

describe('the report of a comparison', () => {
  it('matches its schema', () => {
    assertMatchesSchema('diff-1', report());
    assertMatchesSchema('diff-1', JSON.parse(JSON.stringify(report())));
  });

  it('gives lines of each file', () => {
    const [renamed] = report().entries;
    assert.deepEqual(renamed?.changes, ['renamed', 'statusChanged', 'flagChanged', 'aliasesChanged']);
    assert.equal(renamed.before?.line, 5);
    assert.equal(renamed.after?.line, 5);
    const gone = report().capabilities.find(({ name }) => name === 'gone');
    assert.deepEqual([gone?.before?.line, gone?.after?.line], [6, null]);
  });

  it('prints for a terminal', () => {
    assert.equal(
      printDiffText(report()),
      [
        '2098.01 → 2099.01',
        '2098 01.json (approved) → 2099.01.json (draft); tests: 0 added, 1 removed, 1 renamed',
        '',
        'Capabilities',
        '  ~ cap_*: os_powered_compute advisory → required',
        '  ~ gone: os_powered_compute required → removed',
        '',
        'Tests',
        '  ~ p.m.K.test_new [cap_*]',
        '      was p.m.K.test_old',
        '      flag: none → [D401] a | b',
        '      alias +p.m.K.test_old',
        '  - p.m.K.test_gone [gone]',
        '',
      ].join('\n'),
    );
  });

  it('prints a document whose links work and whose text breaks no table', () => {
    const text = printDiffMarkdown(report());
    assert.ok(text.includes('[gone](2098%2001.json#L6)') === false, 'the later file has no definition to link');
    assert.ok(text.includes('[p.m.K.test\\_gone](2098%2001.json#L7)'), text);
    assert.ok(text.includes('[p.m.K.test\\_new](2099.01.json#L5)'), text);
    assert.ok(text.includes('\\[D401\\] a \\| b'), text);
    assert.match(text, /^\| \[cap\\_\\\*\]\([^)]*\) \| status changed \|/m);
    for (const line of text.split('\n').filter((one) => one.startsWith('|'))) {
      assert.match(line, /^\| .* \|$/);
    }
  });

  it('tells a status once where one schema says compute and the other os_powered_compute', () => {
    const old = '{"id":"2016.08","schema":"1.6","components":{"compute":{"advisory":["cap_*"]}},"capabilities":{}}';
    const texts = { 'file:///guides/2016.08.json': old, 'file:///guides/2099.01.json': AFTER };
    const [before, after] = Object.entries(texts).map(([uri, text]) => readGuideline(uri, text).guideline);
    assert.ok(before && after);
    const text = printDiffText(reportDiff(diffGuidelines(before, after), placesOver(texts)));
    assert.match(text, /^ {2}~ cap_\*: os_powered_compute advisory → required$/m);
  });

  it('says so when nothing differs', () => {
    const { guideline } = readGuideline('file:///guides/2099.01.json', AFTER);
    assert.ok(guideline);
    const same = reportDiff(diffGuidelines(guideline, guideline), placesOver(TEXTS));
    assert.equal(printDiffText(same), '2099.01 → 2099.01\nno difference\n');
    assert.match(printDiffMarkdown(same), /No difference\./);
    assertMatchesSchema('diff-1', same);
  });
});
