import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleCli, CHECKOUT, runCli } from '../../support/runCli';

const README = readFileSync(path.join(CHECKOUT, 'README.md'), 'utf8');
const CHECKLIST = readFileSync(path.join(CHECKOUT, 'docs/guideline-checklist.md'), 'utf8');

/** Cells of each row that starts with `| K1 |` and the like. */
function rowsOf(page: string): ReadonlyMap<string, readonly string[]> {
  const rows = page.split('\n').filter((line) => /^\| K\d+ +\|/.test(line));
  return new Map(
    rows.map((row) => {
      const cells = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [cells[0] ?? '', cells];
    }),
  );
}

const KEYS = Array.from({ length: 14 }, (_, index) => `K${index + 1}`);

describe('the comparison with the existing tools', function () {
  this.timeout(180_000);
  before(() => bundleCli());

  it('has a row for each thing that they do, in the README and on its page', () => {
    assert.deepEqual([...rowsOf(README).keys()], KEYS);
    assert.deepEqual([...rowsOf(CHECKLIST).keys()], KEYS);
  });

  it('points to pictures that are there', () => {
    for (const [, picture = ''] of README.matchAll(/\]\((media\/[^)]+)\)/g))
      assert.ok(existsSync(path.join(CHECKOUT, picture)), picture);
  });

  it('names on its page only commands and rules that there are', async () => {
    const commands = [...CHECKLIST.matchAll(/`interop-lens ([a-z-]+)/g)].map(([, name]) => name ?? '');
    assert.ok(commands.length > 12);
    for (const name of new Set(commands)) assert.equal((await runCli([name, '--help'])).code, 0, name);
    const strings = readFileSync(path.join(CHECKOUT, 'package.nls.json'), 'utf8');
    for (const [, title = ''] of CHECKLIST.matchAll(/\*([A-Z][^*|]+…)\*/g)) assert.ok(strings.includes(title), title);
    for (const [rule] of CHECKLIST.matchAll(/IL\d{3}/g))
      assert.ok(existsSync(path.join(CHECKOUT, `docs/rules/${rule}.md`)), rule);
  });

  for (const [key, cells] of rowsOf(README)) {
    it(`${key}: the command runs and says something`, async () => {
      const command = /^`interop-lens (.*)`$/.exec(cells[2] ?? '')?.[1];
      assert.ok(command, cells[2]);
      const { code, stdout, stderr } = await runCli(command.split(' '));
      assert.ok(code === 0 || code === 1, `${code}: ${stderr}`);
      assert.ok(stdout.trim().length > 0, stderr);
    });
  }
});
