import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readGuideline } from '../../../../src/guideline/readGuideline';
import { parseCsv } from '../../../../src/guideline/scoring/parseCsv';
import { readWorksheet } from '../../../../src/guideline/scoring/readWorksheet';
import { addStatuses, listOwnScores, scoreCapabilities } from '../../../../src/guideline/scoring/scoreCapabilities';
import type { Guideline } from '../../../../src/model/guideline';
import { printScoreCsv, printScoreText, printWorksheet, reportScores } from '../../../../src/report/scoreReport';
import { assertMatchesSchema } from '../../../support/schemas';

const FIXTURES = path.resolve(__dirname, '../../../fixtures/compare');
const WORKSHEET = readFileSync(path.join(FIXTURES, 'scoring.txt'), 'utf8');

function guideline(): Guideline {
  const result = readGuideline('file:///2099.01.json', readFileSync(path.join(FIXTURES, '2099.01.json'), 'utf8'));
  assert.ok(result.guideline);
  return result.guideline;
}

function names(): Map<string, string> {
  return new Map(guideline().criteria.map(({ tag, name }) => [tag.value, name ?? '']));
}

describe('a scoring worksheet', () => {
  it('gets its totals, and keeps everything else byte for byte', () => {
    const worksheet = readWorksheet(WORKSHEET, names());
    const printed = printWorksheet(worksheet.lines, scoreCapabilities(guideline(), worksheet.capabilities), '\n');
    // Atomic 6, Documented 8, Future 11, cutoff 14.
    const expected = WORKSHEET.replace('[1] [3]', '[1] [25]*')
      .replace('[0,1,1] [1,1,1] [1,1,1] [1]', '[0,1,1] [1,1,1] [1,1,1] [1] [14]*')
      .replace('[1] [99]*', '[1] [-8]')
      .replace('[0] [100]*', '[0] [0]')
      .replace('[0,1,0] [0,0,0] [1]', '[0,1,0] [0,0,0] [1] [8]');
    assert.equal(printed, expected);
    const again = readWorksheet(printed, names());
    assert.equal(printWorksheet(again.lines, scoreCapabilities(guideline(), again.capabilities), '\n'), printed);
  });

  it('keeps line ends of Windows', () => {
    const worksheet = readWorksheet(WORKSHEET.replaceAll('\n', '\r\n'), names());
    const table = scoreCapabilities(guideline(), worksheet.capabilities);
    assert.equal(
      printWorksheet(worksheet.lines, table, worksheet.lineEnd).replaceAll('\r\n', '\n'),
      printWorksheet(readWorksheet(WORKSHEET, names()).lines, table, '\n'),
    );
    assert.equal(worksheet.lineEnd, '\r\n');
  });

  it('says on which line a score is no score, and of a capability scored twice', () => {
    const twice = `${WORKSHEET}servers-new: [0,0,0] [0,0,0] [0,1,0] [0,0,0] [1]\n`;
    assert.deepEqual(readWorksheet(twice, names()).problems, [
      { line: 13, message: '"servers-wrong": group 2 of the scores is to have 3 of 0, 1 or ?.' },
      { line: 14, message: '"servers-odd": "x" is no score; 0, 1 and ? are.' },
      { line: 18, message: '"servers-new" was scored on line 15 already.' },
    ]);
  });

  it('goes to CSV and back', () => {
    const worksheet = readWorksheet(WORKSHEET, names());
    const table = scoreCapabilities(guideline(), worksheet.capabilities);
    const csv = printScoreCsv(table);
    assert.equal(
      csv.split('\n')[0],
      'Capability,deployed,tools,clients,TC Future Direction,complete,stable,discover,Documented,sticky,foundation,Atomic,proximity,Non-Admin,Total',
    );
    const back = readWorksheet(csv, names());
    assert.equal(back.format, 'csv');
    assert.deepEqual(back.capabilities, worksheet.capabilities);
    assert.deepEqual(scoreCapabilities(guideline(), back.capabilities), table);
    assert.match(
      printWorksheet(back.lines, table, '\n'),
      /^servers-create: \[1,1,1\] \[1,1,1\] \[1,1,1\] \[1,1,1\] \[1\] \[25\]\*\n/,
    );
  });

  it('counts missing columns and empty cells of a CSV as open', () => {
    const { capabilities, problems } = readWorksheet('Capability,doc,Non-Admin\r\n"a, b",1,1\r\nc,,1\r\n', new Map());
    assert.equal(capabilities[0]?.name, 'a, b');
    assert.deepEqual([capabilities[0].scores.doc, capabilities[0].scores.tools], ['1', '?']);
    assert.equal(problems.length, 2);
    assert.match(problems[0]?.message ?? '', /no column for deployed, tools/);
    assert.deepEqual(problems[1], { line: 3, message: '"c": "" is no score; 0, 1 and ? are.' });
  });
});

describe('the scores of a guideline', () => {
  it('come from achievements, and admin APIs are vetoed', () => {
    const table = scoreCapabilities(guideline(), listOwnScores(guideline()));
    assertMatchesSchema('scores-1', reportScores(table));
    assert.deepEqual(
      table.rows.map(({ name, total, vetoed, reachesCutoff, status }) => [name, total, vetoed, reachesCutoff, status]),
      [
        ['servers-create', 25, false, true, 'required'],
        ['servers-tag', 8, false, false, 'required'],
        ['servers-evacuate', 0, true, false, 'advisory'],
      ],
    );
    assert.equal(
      printScoreText(table),
      [
        '2099.01: cutoff score 14, * reaches it',
        '',
        'servers-create      25*  required',
        'servers-tag          8   required    without future, atomic',
        'servers-evacuate     0   advisory    vetoed: for administrators',
        '',
      ].join('\n'),
    );
  });

  it('give a worksheet its statuses by name', () => {
    const { capabilities } = readWorksheet(WORKSHEET, names());
    assert.deepEqual(
      addStatuses(guideline(), capabilities).map(({ status }) => status),
      ['required', 'required', null, 'advisory', null],
    );
  });
});

describe('parseCsv', () => {
  it('reads quotes, line ends and a last line without one', () => {
    assert.deepEqual(parseCsv('a,"b ""x"", c"\r\n"d\ne",f\n\ng,'), [
      { line: 1, cells: ['a', 'b "x", c'] },
      { line: 2, cells: ['d\ne', 'f'] },
      { line: 5, cells: ['g', ''] },
    ]);
    assert.deepEqual(parseCsv('"open'), [{ line: 1, cells: ['open'] }]);
    assert.deepEqual(parseCsv(''), []);
  });
});
