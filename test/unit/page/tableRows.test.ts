import assert from 'node:assert/strict';
import { arrangeRows, type Column, nextSort, printTableCsv } from '../../../src/page/tableRows';

interface Row {
  readonly name: string;
  readonly size: number;
}

const ROWS: readonly Row[] = [
  { name: 'beta', size: 10 },
  { name: 'Alpha two', size: 9 },
  { name: '=cmd("x"), y', size: 10 },
];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'name', label: 'Name', text: ({ name }) => name },
  { key: 'size', label: 'Size', text: ({ size }) => String(size), rank: ({ size }) => size, choices: ['9', '10'] },
];

const FRESH = { text: '', sort: null, chosen: {} };
const namesOf = (rows: readonly Row[]): string[] => rows.map(({ name }) => name);

describe('rows of a table', () => {
  it('are found by every word of the search, whatever the case', () => {
    assert.deepEqual(namesOf(arrangeRows(ROWS, COLUMNS, { ...FRESH, text: 'TWO alpha' })), ['Alpha two']);
    assert.deepEqual(namesOf(arrangeRows(ROWS, COLUMNS, { ...FRESH, text: 'alpha beta' })), []);
  });

  it('are kept by the chosen value of a column', () => {
    const state = { ...FRESH, chosen: { size: '10' } };
    assert.deepEqual(namesOf(arrangeRows(ROWS, COLUMNS, state)), ['beta', '=cmd("x"), y']);
  });

  it('are sorted by rank, equal ones as they came', () => {
    const up = arrangeRows(ROWS, COLUMNS, { ...FRESH, sort: { column: 'size', descending: false } });
    assert.deepEqual(namesOf(up), ['Alpha two', 'beta', '=cmd("x"), y']);
    const down = arrangeRows(ROWS, COLUMNS, { ...FRESH, sort: { column: 'size', descending: true } });
    assert.deepEqual(namesOf(down), ['beta', '=cmd("x"), y', 'Alpha two']);
  });

  it('are exported quoted, and never as a formula', () => {
    assert.equal(printTableCsv(ROWS, COLUMNS), 'Name,Size\r\nbeta,10\r\nAlpha two,9\r\n"\'=cmd(""x""), y",10\r\n');
  });

  it('change their order with each click, and then stand as they came', () => {
    const first = nextSort(null, 'name');
    const second = nextSort(first, 'name');
    assert.deepEqual(
      [first, second],
      [
        { column: 'name', descending: false },
        { column: 'name', descending: true },
      ],
    );
    assert.equal(nextSort(second, 'name'), null);
    const highest = nextSort(first, 'size', true);
    assert.deepEqual(highest, { column: 'size', descending: true });
    assert.deepEqual(nextSort(highest, 'size', true), { column: 'size', descending: false });
  });
});
