import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Parser } from 'web-tree-sitter';
import type { Expr, ModuleFacts } from '../../../src/model/facts';
import { visitExpressions, visitStatements } from '../../../src/model/visitFacts';
import { readPython } from '../../../src/syntax/readPython';
import { placeAfterInsertions, placeBeforeInsertions, repairHeaders } from '../../../src/syntax/repairHeaders';
import { repairBrackets } from '../../../src/syntax/repairBrackets';
import { loadTestGrammars } from '../../support/loadTestGrammars';

const FIXTURES = join(__dirname, '../../fixtures/guest');
const SOURCES = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.py'))
  .map((name) => readFileSync(join(FIXTURES, name), 'utf8'));

/** Words that put together look like Python often enough. */
const TOKENS = fc.constantFrom(
  ...[
    'def f(',
    '):',
    '\n',
    '\n    ',
    'class A',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    "'",
    '"',
    '"""',
    "f'{",
    '}',
    '\\',
    '\\n',
    '#',
    'noqa: IL101',
    'x',
    ' = ',
    '.',
    ',',
    ':',
    '@',
    'if ',
    'else',
    'for x in ',
    'lambda',
    'yield',
    'r"',
    'b"',
    '%',
    '1',
    '\t',
    '\r\n',
    '\u{1f427}',
    'é',
    '\ufeff',
    '\0',
    'print ',
    'raise E, v',
    'import ',
    'from . import *',
    'try',
    'except',
    'match ',
    'case ',
  ],
);
const TOKEN_TEXT = fc.array(TOKENS, { maxLength: 40 }).map((tokens) => tokens.join(''));
const MUTATED = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    cuts: fc.array(fc.record({ at: fc.nat(), length: fc.nat(30), put: TOKEN_TEXT }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ source, cuts }) =>
    cuts.reduce((text, { at, length, put }) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    }, source),
  );

function expressions(facts: ModuleFacts): Expr[] {
  const found: Expr[] = [];
  const bodies = [facts.body, ...facts.functions.map((fn) => fn.body), ...facts.classes.map((cls) => cls.body)];
  for (const body of bodies) visitStatements(body, (stmt) => visitExpressions(stmt, (expr) => found.push(expr)));
  return found;
}

/** What holds of the facts of any text. */
function assertSound(text: string, facts: ModuleFacts): void {
  const inside = (s: number, e: number): boolean => 0 <= s && s <= e && e <= text.length;
  for (const expr of expressions(facts)) {
    assert.ok(inside(expr.s, expr.e), `${expr.k} ${String(expr.s)} ${String(expr.e)}`);
    if (expr.k === 'name') assert.equal(text.slice(expr.s, expr.e), expr.id);
    if (expr.k === 'str') assertMapped(text, expr);
  }
  for (const { name, nameRange, range } of [...facts.functions, ...facts.classes]) {
    assert.ok(range.start <= nameRange.start && nameRange.end <= range.end && inside(range.start, range.end));
    if (name !== '') assert.equal(text.slice(nameRange.start, nameRange.end), name);
  }
  for (const { start, end } of facts.errors) assert.ok(inside(start, end));
}

function assertMapped(text: string, expr: Extract<Expr, { k: 'str' }>): void {
  let at = 0;
  for (let i = 0; i < expr.segments.length; i += 4) {
    const [textStart = -1, textEnd = -1, sourceStart = -1, sourceEnd = -1] = expr.segments.slice(i, i + 4);
    assert.equal(textStart, at);
    assert.ok(expr.s <= sourceStart && sourceStart < sourceEnd && sourceEnd <= expr.e);
    at = textEnd;
    const source = text.slice(sourceStart, sourceEnd);
    if (!source.startsWith('\\') && source !== '{{' && source !== '}}')
      assert.equal(source, expr.v.slice(textStart, textEnd));
  }
  assert.equal(at, expr.v.length);
}

describe('readPython on any text', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  const check = (text: string): void => assertSound(text, readPython('file:///t.py', text, '', parser));

  it('reads arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), check), { numRuns: 300 });
  });

  it('reads token soup', () => {
    fc.assert(fc.property(TOKEN_TEXT, check), { numRuns: 800 });
  });

  it('reads damaged sources', () => {
    fc.assert(fc.property(MUTATED, check), { numRuns: 60 });
  });

  it('reads every fixture, and the same twice', () => {
    for (const source of SOURCES) {
      check(source);
      assert.deepEqual(readPython('u', source, '', parser), readPython('u', source, '', parser));
    }
  });
});

describe('repairBrackets', () => {
  it('keeps the length and the lines of any text', () => {
    fc.assert(
      fc.property(TOKEN_TEXT, (text) => {
        const repaired = repairBrackets(text);
        if (!repaired) return;
        assert.equal(repaired.text.length, text.length);
        assert.equal(repaired.text.replace(/[^\n]/g, ''), text.replace(/[^\n]/g, ''));
        assert.ok(repaired.replaced.every(({ start, end }) => start < end));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves sound sources alone', () => {
    for (const source of SOURCES) assert.equal(repairBrackets(source), null);
  });
});

describe('repairHeaders', () => {
  it('puts in what is missing, and changes no line otherwise', () => {
    fc.assert(
      fc.property(TOKEN_TEXT, fc.nat(200), (text, place) => {
        const repaired = repairHeaders(text);
        if (!repaired) return;
        const { inserted } = repaired;
        assert.equal(
          repaired.text.length,
          inserted.reduce((sum, { text: added }) => sum + added.length, text.length),
        );
        assert.equal(repaired.text.replace(/[^\n]/g, ''), text.replace(/[^\n]/g, ''));
        const at = Math.min(place, text.length);
        assert.equal(placeBeforeInsertions(inserted, placeAfterInsertions(inserted, at)), at);
        const isMended = repaired.mended.some(({ start, end }) => start <= at && at < end);
        if (!isMended) assert.equal(repaired.text[placeAfterInsertions(inserted, at)], text[at]);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves sound sources alone', () => {
    for (const source of SOURCES) assert.equal(repairHeaders(source), null);
  });
});
