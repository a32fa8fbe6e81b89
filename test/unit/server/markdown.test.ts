import assert from 'node:assert/strict';
import { count, escapeMarkdown, inlineCode, link } from '../../../src/server/present/markdown';

describe('markdown', () => {
  it('shows every character of a text as it is', () => {
    assert.equal(escapeMarkdown('a_b*c [x](y) <b>'), 'a\\_b\\*c \\[x\\]\\(y\\) \\<b\\>');
  });

  it('keeps a text on one line', () => {
    assert.equal(escapeMarkdown('a\n\n- b'), 'a \\- b');
    assert.equal(inlineCode('a\r\n  b'), '`a b`');
  });

  it('fences code that holds backticks', () => {
    assert.equal(inlineCode('echo `date`'), '`` echo `date` ``');
    assert.equal(inlineCode('a``b'), '```a``b```');
    assert.equal(inlineCode(''), '');
  });

  it('keeps a link in one piece', () => {
    assert.equal(link('a]b', 'file:///x (1).py#L2'), '[a\\]b](file:///x%20%281%29.py#L2)');
  });

  it('counts in words', () => {
    assert.deepEqual(
      [count(0, 'test'), count(1, 'test'), count(2, 'capability', 'capabilities')],
      ['0 tests', '1 test', '2 capabilities'],
    );
  });
});
