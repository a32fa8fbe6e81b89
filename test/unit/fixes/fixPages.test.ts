import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FIXED_RULES } from '../../../src/fixes/fixesFor';
import { GUEST_RULES } from '../../../src/guest/catalogue/rules';

const ROOT = path.resolve(__dirname, '../../..');
const FIXES = path.join(ROOT, 'src/fixes');

/** The ids that the makers of fixes for sources give. */
function fixIds(): string[] {
  const files = readdirSync(FIXES).filter((name) => name.endsWith('.ts'));
  const ids = files.flatMap((name) =>
    [...readFileSync(path.join(FIXES, name), 'utf8').matchAll(/^\s+id: '([\w-]+)',$/gm)].map(([, id = '']) => id),
  );
  return [...new Set(ids)].sort();
}

describe('the pages of fixes', () => {
  it('tell how safe every fix is, rule by rule', () => {
    const without = FIXED_RULES.filter((rule) => {
      const page = readFileSync(path.join(ROOT, 'docs/rules', `${rule}.md`), 'utf8');
      return !/^## Fix safety\n\n\S/m.test(page);
    });
    assert.deepEqual(without, []);
  });

  it('have every fix in one table, and nothing else', () => {
    const page = readFileSync(path.join(ROOT, 'docs/fixes.md'), 'utf8');
    const table = page.slice(page.indexOf('| id |'), page.indexOf('\n## '));
    const listed = [...table.matchAll(/^\| ([\w-]+) \| (?!rule|---)/gm)]
      .map(([, id = '']) => id)
      .filter((id) => id !== '---');
    assert.ok(fixIds().length > 15);
    assert.deepEqual([...new Set(listed)].sort(), fixIds());
  });

  it('tell of the choice by system on every rule that asks for Linux', () => {
    for (const { id, level } of GUEST_RULES) {
      const page = readFileSync(path.join(ROOT, 'docs/rules', `${id}.md`), 'utf8');
      assert.equal(page.includes('`dispatch-os`'), level === 'linux', id);
      assert.equal(page.includes('`skip-by-system`'), level === 'linux', id);
    }
  });
});
