import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { fixTestList } from '../../../../src/fixes/testList/fixTestList';
import { indexListedTests, type ListedTests, selectByPattern } from '../../../../src/guideline/testList/listedTests';
import { lintTestList } from '../../../../src/guideline/testList/lintTestList';
import { compilePythonPattern } from '../../../../src/guideline/testList/pythonPattern';
import { detectTestList, readTestList } from '../../../../src/guideline/testList/readTestList';
import { TEST_LIST_RULES } from '../../../../src/guideline/testList/testListRules';
import { kindOfSource } from '../../../../src/model/sourceKinds';
import type { TestCase } from '../../../../src/model/testCase';
import { applyEdits } from '../../../support/applyEdits';
import { makeTest } from '../../../support/reportModels';

const URI = 'file:///required.txt';
const ID = '00000000-0000-4000-8000-00000000000';

function live(name: string, id: string, attrs: readonly string[] = []): TestCase {
  return makeTest({ name, ids: [id], attrs });
}

const TESTS = indexListedTests([
  live('demo.api.test_a.ATest.test_one', `${ID}1`, ['smoke', 'compute']),
  live('demo.api.test_a.ATest.test_two', `${ID}2`),
  live('demo.api.test_b.BTest.test_new', `${ID}3`, ['network']),
]);
const ONE = `demo.api.test_a.ATest.test_one[compute,id-${ID}1,smoke]`;
const TWO = `demo.api.test_a.ATest.test_two[id-${ID}2]`;

function lint(text: string, tests: ListedTests | null = TESTS): string[] {
  return lintTestList(readTestList(URI, text), tests).map(
    ({ rule, range, message }) => `${rule} "${text.slice(range.start, range.end)}" ${message}`,
  );
}

function fix(text: string): string {
  const list = readTestList(URI, text);
  const [finding] = lintTestList(list, TESTS);
  assert.ok(finding);
  const [first] = fixTestList(finding, list, text, TESTS);
  assert.ok(first, `${finding.rule} has no fix`);
  return applyEdits(URI, text, first.edits);
}

describe('readTestList', () => {
  it('reads names, attributes, scenarios and comments with their places', () => {
    const text = `\ufeff# head\r\n\r\n  ${ONE}  # why\r\ndemo.api.test_a.ATest.test_two(v2)[ id-${ID}2 ,x]\r\ndemo.api.test_a.ATest.test_two`;
    const list = readTestList(URI, text);
    assert.equal(list.kind, 'names');
    assert.deepEqual(
      list.entries.map(({ line, named, comment }) => [
        line,
        named?.id?.slice(-1) ?? null,
        named?.scenario,
        named?.attributes.length,
        comment?.value,
      ]),
      [
        [2, '1', '', 3, 'why'],
        [3, '2', '(v2)', 2, undefined],
        [4, null, '', 0, undefined],
      ],
    );
    for (const { text: whole, named, comment } of list.entries) {
      assert.equal(text.slice(whole.range.start, whole.range.end), whole.value);
      assert.ok(named);
      for (const part of [named.name, ...named.attributes, ...(comment ? [comment] : [])]) {
        assert.equal(text.slice(part.range.start, part.range.end), part.value);
      }
      if (named.suffix) assert.match(text.slice(named.suffix.start, named.suffix.end), /^\[.*\]$/);
    }
  });

  it('takes a file with one expression for one of expressions', () => {
    const list = readTestList(URI, '^demo\\.api\\.test_a # these\ndemo.api.test_b.BTest.test_new\n');
    assert.equal(list.kind, 'patterns');
    assert.deepEqual(
      list.entries.map(({ text, comment }) => [text.value, comment?.value]),
      [
        ['^demo\\.api\\.test_a', 'these'],
        ['demo.api.test_b.BTest.test_new', undefined],
      ],
    );
  });

  it('keeps every place inside the text, whatever it is', () => {
    const word = fc.constantFrom(
      'demo.test_a.K.test_x',
      '[',
      ']',
      'id-',
      ',',
      '(',
      ')',
      '#',
      ' ',
      '\r',
      '\n',
      '\r\n',
      '^',
      '.*',
      'é',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join('');
        for (const { text: whole } of readTestList(URI, text).entries) {
          assert.equal(text.slice(whole.range.start, whole.range.end), whole.value);
        }
      }),
    );
  });
});

describe('detectTestList', () => {
  const lists = [
    `${ONE}\n${TWO}\n`,
    '# exclude\n^tempest\\.api\\.compute\\.(?!test_x)\ntempest.scenario.test_minimum_basic\n',
    'tempest.api.compute.servers.test_create_server.ServersTestJSON.test_list_servers',
  ];
  const others = [
    '',
    '# only comments\n',
    'oslo.config>=6.0\npytest\nstestr>=1.0.0 # Apache-2.0\n',
    'This is a test. It has words.\ntempest.api.test_x.K.test_y is one of them\n',
    'a.b.c\nd.e.f\n',
  ];
  for (const [index, text] of lists.entries())
    it(`knows list ${index + 1}`, () => assert.equal(detectTestList(text), true));
  for (const [index, text] of others.entries())
    it(`leaves text ${index + 1} alone`, () => assert.equal(detectTestList(text), false));
  it('takes no time over text that is none', function () {
    this.timeout(2_000);
    for (const line of ['['.repeat(2_000_000), 'a.'.repeat(1_000_000), 'test_['.repeat(500_000)]) {
      assert.equal(detectTestList(line), false);
      assert.deepEqual(
        readTestList(URI, line).entries.map(({ named }) => named),
        [null],
      );
    }
  });
  it('goes by the names that lists have', () => {
    assert.deepEqual(['a/x.txt', 'x.lst', 'x.list', 'x.py', 'x.json', 'txt', 'x.md'].map(kindOfSource), [
      'list',
      'list',
      'list',
      'python',
      'json',
      null,
      null,
    ]);
  });
});

describe('lintTestList', () => {
  it('has nothing to say of a list that stestr can load', () => assert.deepEqual(lint(`${ONE}\n${TWO}\n`), []));

  it('IL501: a name without its attributes', () => {
    const message = `--load-list compares whole lines: it finds this test only as ${ONE}.`;
    assert.deepEqual(lint('demo.api.test_a.ATest.test_one'), [`IL501 "demo.api.test_a.ATest.test_one" ${message}`]);
    assert.equal(fix('demo.api.test_a.ATest.test_one # x\n'), `${ONE} # x\n`);
  });

  it('IL502: attributes of another day', () => {
    const text = `demo.api.test_a.ATest.test_one[id-${ID}1]\n`;
    assert.deepEqual(lint(text), [
      `IL502 "[id-${ID}1]" The test has [compute,id-${ID}1,smoke] today; --load-list compares whole lines.`,
    ]);
    assert.equal(fix(text), `${ONE}\n`);
  });

  it('says once of a list for another program what --load-list would want', () => {
    const bare = 'demo.api.test_a.ATest.test_one\ndemo.api.test_a.ATest.test_two\n';
    assert.deepEqual(lint(bare), [
      `IL501 "demo.api.test_a.ATest.test_one" --load-list compares whole lines: it finds this test only as ${ONE}. So it is with 2 lines of this list.`,
    ]);
    assert.deepEqual(
      lintTestList(readTestList(URI, bare), TESTS).map(({ severity }) => severity),
      ['info'],
    );
    assert.equal(fix(bare), `${ONE}\n${TWO}\n`);
    assert.deepEqual(lint(`demo.api.test_a.ATest.test_one\n${ONE.replace('compute', 'other')}\n`).length, 3);
  });

  it('IL503: a name that is no test, in a package that is read', () => {
    assert.deepEqual(lint(`demo.api.test_a.ATest.test_gone[id-${ID}9]\nother.api.test_a.ATest.test_gone\n`), [
      'IL503 "demo.api.test_a.ATest.test_gone" No test is called demo.api.test_a.ATest.test_gone, and none has its id.',
    ]);
  });

  it('IL504: the id knows the name of today', () => {
    const text = `demo.api.test_b.BTest.test_old[id-${ID}3]\n`;
    assert.deepEqual(lint(text), [
      'IL504 "demo.api.test_b.BTest.test_old" The test is called demo.api.test_b.BTest.test_new today.',
    ]);
    assert.equal(fix(text), `demo.api.test_b.BTest.test_new[id-${ID}3,network]\n`);
  });

  it('IL505: id and name disagree', () => {
    assert.deepEqual(lint(`demo.api.test_a.ATest.test_two[id-${ID}3]\n`), [
      `IL505 "id-${ID}3" This id belongs to demo.api.test_b.BTest.test_new; the named test has ${ID}2.`,
    ]);
    assert.deepEqual(lint(`demo.api.test_a.ATest.test_two[${ID}8]\n`), [
      `IL505 "${ID}8" This id is carried by no test; the named test has ${ID}2.`,
    ]);
  });

  it('IL506: twice', () => {
    assert.deepEqual(lint(`${TWO}\r\n# x\r\n${TWO}`), [
      'IL506 "demo.api.test_a.ATest.test_two" This stands on line 1 already.',
    ]);
    assert.equal(fix(`${TWO}\r\n# x\r\n${TWO}`), `${TWO}\r\n# x`);
    assert.equal(fix(`${TWO}\n  ${TWO}\n${ONE}\n`), `${TWO}\n${ONE}\n`);
    assert.deepEqual(lint('^demo.*\n.*two\n^demo.*\n'), ['IL506 "^demo.*" This stands on line 1 already.']);
  });

  it('IL507 and IL508: expressions that match nothing or are none', () => {
    assert.deepEqual(lint('^demo\\..*one\n^demo\\.scenario\n(demo.*\n'), [
      'IL507 "^demo\\.scenario" No test of the workspace matches this.',
      'IL508 "(demo.*" "(demo.*" is no regular expression.',
    ]);
    assert.deepEqual(lint('^demo\\.scenario\n(demo.*\n', null), [
      'IL508 "(demo.*" "(demo.*" is no regular expression.',
    ]);
  });

  it('IL509: brackets among expressions', () => {
    const text = `^demo.*one\n${TWO}\n`;
    assert.deepEqual(lint(text), [
      `IL509 "[id-${ID}2]" In a regular expression brackets are a set of letters: escape them as \\[ and \\], or leave them out.`,
    ]);
    assert.equal(fix(text), `^demo.*one\n${TWO.replace('[', '\\[').replace(']', '\\]')}\n`);
    assert.deepEqual(lint(fix(text)), []);
  });

  it('speaks of no links without tests', () => assert.deepEqual(lint('demo.api.test_a.ATest.test_gone\n', null), []));
});

describe('compilePythonPattern', () => {
  const matches = (pattern: string, line: string): boolean | string => {
    const compiled = compilePythonPattern(pattern);
    return compiled.k === 'known' ? compiled.matches(line) : compiled.k;
  };

  it('reads what Python writes', () => {
    assert.equal(matches('(?i)^A(?P<x>b)\\Z', 'aB'), true);
    assert.equal(matches('\\Aa[]\\]Z]$', 'aZ'), true);
    assert.equal(matches('[z-a]', ''), 'invalid');
    assert.equal(matches('(a', ''), 'invalid');
  });

  it('says nothing of what it cannot run', () => {
    for (const pattern of ['(?P<x>a)(?P=x)', '(a)\\1', 'a++b', '(?x) a', '(?!a)*', 'a'.repeat(501)])
      assert.equal(matches(pattern, 'aa'), 'unknown', pattern);
  });

  it('leaves look-around out, and knows that it did', () => {
    assert.equal(matches('^demo\\.(?!scenario[)]|x(y))api', 'demo.api'), true);
    assert.equal(selectByPattern('^demo\\.(?!gone)api', TESTS), null);
    assert.deepEqual(selectByPattern('^gone\\.(?!api)', TESTS), []);
    assert.deepEqual(
      selectByPattern('test_(one|two)\\[', TESTS)?.map(({ method }) => method),
      TESTS.tests.slice(0, 2).map(({ method }) => method),
    );
  });

  it('is done with expressions that run for years elsewhere', function () {
    this.timeout(10_000);
    const many = indexListedTests(
      Array.from({ length: 4000 }, (_, index) =>
        live(`demo.api.test_a.ATest.test_${'a'.repeat(60)}_${index}`, `${ID}1`),
      ),
    );
    const evil = [
      '^(([a-z._])+.)+[A-Z]([a-z])+$',
      '(a+)+$',
      '(a|aa)+$',
      '((a*)*)*b$',
      '(.*a){25}.$',
      '(?:a?){60}a{60}$',
    ];
    const list = readTestList(URI, evil.join('\n'));
    assert.equal(list.kind, 'patterns');
    assert.deepEqual(
      lintTestList(list, many).map(({ rule }) => rule),
      evil.map(() => 'IL507'),
    );
  });
});

describe('the rules of test lists', () => {
  for (const { id, name } of TEST_LIST_RULES) {
    it(`${id} has its page`, () => {
      const page = readFileSync(path.resolve(__dirname, `../../../../docs/rules/${id}.md`), 'utf8');
      assert.ok(page.startsWith(`# ${id} ${name}\n`));
    });
  }
});
