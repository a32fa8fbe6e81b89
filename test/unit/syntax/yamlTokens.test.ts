import assert from 'node:assert/strict';
import { literal } from '../../support/evaluatedText';
import { readStack } from '../../../src/guest/heat/readStack';
import { readProfile } from '../../../src/policy/profile/readProfile';
import { nestsTooDeep, readYamlTokens } from '../../../src/syntax/yamlTokens';

const indented = Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
const DEEP = ['['.repeat(60_000), '{a: '.repeat(15_000), '- '.repeat(20_000), '? '.repeat(20_000), indented];

describe('YAML that nests too deep', () => {
  for (const [i, text] of DEEP.entries()) {
    it(`is told before a parser gets it (${i})`, () => {
      assert.ok(nestsTooDeep(text));
      assert.deepEqual(
        readProfile('file:///a.interop-profile.yaml', text).findings.map(({ rule }) => rule),
        ['IL510'],
      );
      const template = `resources:\n${text}`;
      assert.equal(
        readStack([literal(template)], () => null),
        null,
      );
    });
  }

  it('is not what a script or a long list is', () => {
    const script = `a: |\n${Array.from({ length: 300 }, (_, i) => `  ${' '.repeat(i)}echo [ { -`).join('\n')}\n`;
    for (const text of [
      script,
      'a:\n- b\n'.repeat(500),
      '[[1], [2]]\n',
      `[${'{}, '.repeat(500)}]`,
      `a: "${'['.repeat(500)}"`,
    ])
      assert.ok(!nestsTooDeep(text), text.slice(0, 30));
  });

  it('is measured on tokens that make up the text', () => {
    const text = '# c\na: "x # no" # noqa\nb: |\n  # text\nc: [*d, !t e]\n...\n';
    assert.equal([...readYamlTokens(text)].map(({ source }) => source).join(''), text);
    assert.ok([...readYamlTokens(text)].every(({ source, start }) => text.startsWith(source, start)));
  });
});
