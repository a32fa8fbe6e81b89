import assert from 'node:assert/strict';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import type { Finding } from '../../../src/model/finding';
import { applyEdits, groupByFile } from '../../../src/model/textEdits';
import { TRACE_RULES } from '../../../src/trace/lint/traceRules';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';

const ROOT = 'file:///tree';
const MODULE = 'demo/tests/test_a.py';
const id = (digit: number): string => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;
const NAME = 'demo.tests.test_a.ATest';

const PYTHON = `import testtools

from demo import base
from tempest.lib import decorators


class ATest(base.BaseTest):

    @decorators.idempotent_id('${id(1)}')
    def test_one(self):
        pass

    @decorators.attr(type='smoke')
    @decorators.idempotent_id('${id(2)}')
    def test_two(self):
        pass


class BTest(ATest):
    """Runs what it inherits."""
`;

interface Entry {
  readonly id?: string;
  readonly aliases?: readonly string[];
  readonly flagged?: object;
}

const CLEAN: Readonly<Record<string, Entry>> = {
  [`${NAME}.test_one`]: { id: id(1) },
  [`${NAME}.test_two`]: { id: id(2), aliases: ['demo.tests.test_old.OldTest.test_two'] },
};

interface Written {
  readonly edition?: string;
  readonly standing?: string;
  readonly status?: string;
}

/** A guideline with one capability. */
function guideline(tests: Readonly<Record<string, Entry>>, written: Written = {}): Record<string, string> {
  const { edition = '2099.01', standing = 'approved', status = 'required' } = written;
  const entries = Object.entries(tests).map(([name, { id: own, aliases, flagged }]) => [
    name,
    {
      ...(own !== undefined && { idempotent_id: `id-${own}` }),
      ...(aliases && { aliases }),
      ...(flagged && { flagged }),
    },
  ]);
  const capability = {
    achievements: [],
    admin: false,
    description: '',
    project: 'nova',
    tests: Object.fromEntries(entries) as Readonly<Record<string, object>>,
  };
  const model = {
    metadata: { id: edition, schema: '2.0', os_trademark_approval: { status: standing } },
    platforms: { 'OpenStack Powered Compute': { components: [{ name: 'os_powered_compute' }] } },
    components: { os_powered_compute: { capabilities: { [status]: ['demo-cap'] } } },
    capabilities: { 'demo-cap': capability },
  };
  return { [`guidelines/${edition}.json`]: JSON.stringify(model, null, 4) };
}

/** The tree with some texts replaced or added, read by the engine. */
async function open(files: Readonly<Record<string, string>>): Promise<Engine> {
  const engine = new Engine(await loadTestGrammars(), { ...DEFAULT_SETTINGS, today: () => '2099-02-03' });
  const tree = {
    'demo/__init__.py': '',
    'demo/base.py': 'import testtools\n\n\nclass BaseTest(testtools.TestCase):\n    pass\n',
    'demo/tests/__init__.py': '',
    [MODULE]: PYTHON,
    ...files,
  };
  await engine.open([new MemorySource(ROOT, tree)]);
  return engine;
}

const uriOf = (path: string): string => `${ROOT}/${path}`;

function traced(engine: Engine, path = MODULE): Finding[] {
  return engine.findings(uriOf(path)).filter(({ rule }) => rule.startsWith('IL3'));
}

/** [rule, severity, marked words] of each finding. */
function tell(engine: Engine, path = MODULE): string[][] {
  const text = engine.text(uriOf(path)) ?? '';
  return traced(engine, path).map(({ rule, severity, range }) => [rule, severity, text.slice(range.start, range.end)]);
}

/** The texts after a fix, by path. */
function fixed(engine: Engine, finding: Finding | undefined, title: RegExp): Record<string, string> {
  assert.ok(finding);
  const fix = engine.fixes(finding).find((one) => title.test(one.title));
  assert.ok(
    fix,
    engine
      .fixes(finding)
      .map((one) => one.title)
      .join(' | '),
  );
  const files = [...groupByFile(fix.edits)];
  return Object.fromEntries(
    files.map(([uri, edits]) => [uri.slice(ROOT.length + 1), applyEdits(engine.text(uri) ?? '', edits)]),
  );
}

const without = (...names: string[]): Record<string, Entry> =>
  Object.fromEntries(Object.entries(CLEAN).filter(([name]) => !names.some((one) => name.endsWith(one))));

describe('traceability in tests', () => {
  it('says nothing where names and ids agree, nor of inherited tests', async () => {
    assert.deepEqual(tell(await open(guideline(CLEAN))), []);
    const inherited = { ...CLEAN, 'demo.tests.test_a.BTest.test_one': { id: id(1) } };
    assert.deepEqual(tell(await open(guideline(inherited))), []);
  });

  it('says nothing in a tree without guidelines', async () => {
    const broken = PYTHON.replace(id(1), 'no id').replace(id(2), 'no id');
    assert.deepEqual(tell(await open({ [MODULE]: broken })), []);
  });

  it('has a failing case for every rule', async () => {
    const everything = await open({
      ...guideline({
        [`${NAME}.test_one`]: { id: id(7) },
        [`${NAME}.test_two`]: {},
        'demo.tests.test_a.ATest.test_before': { id: id(3) },
        'demo.tests.test_a.ATest.test_gone': { id: id(8) },
        'demo.tests.test_a.ATest.test_six': { id: id(6), aliases: [`${NAME}.test_three`] },
      }),
      [MODULE]: PYTHON.replace(`@decorators.idempotent_id('${id(2)}')`, "@testtools.skip('later')").replace(
        '\n\nclass BTest',
        ['3', '4', '5', '6']
          .map((n) => {
            const given = n === '4' ? 'nothing' : n === '5' ? id(1) : id(Number(n));
            const name = { 3: 'three', 4: 'four', 5: 'five', 6: 'six' }[n] ?? '';
            return `\n    @decorators.idempotent_id('${given}')\n    def test_${name}(self):\n        pass\n`;
          })
          .join('') + '\n\nclass BTest',
      ),
    });
    const rules = new Set(traced(everything).map(({ rule }) => rule));
    assert.deepEqual(
      [...rules].sort(),
      TRACE_RULES.map((rule) => rule.id),
    );
  });

  describe('IL301: an old name', () => {
    const renamed = { ...without('test_one'), [`${NAME}.test_before`]: { id: id(1) } };

    it('in an approved guideline, with the entry and a fix there', async () => {
      const engine = await open(guideline(renamed));
      assert.deepEqual(tell(engine), [['IL301', 'info', 'test_one']]);
      const [finding] = traced(engine);
      assert.equal(finding?.message, `2099.01 lists this test as ${NAME}.test_before.`);
      assert.deepEqual(
        finding.related.map(({ uri, range, message }) => [engine.text(uri)?.slice(range.start, range.end), message]),
        [[`${NAME}.test_before`, 'In demo-cap of 2099.01.']],
      );
      const after = fixed(engine, finding, /^Add ATest.test_one as alias in 2099.01$/);
      assert.ok(
        after['guidelines/2099.01.json']?.includes(`"aliases": [\n                        "${NAME}.test_one"\n`),
      );
    });

    it('is as it should be when an approved guideline has the new one as alias, and is told of a draft', async () => {
      const aliased = { ...without('test_one'), [`${NAME}.test_before`]: { id: id(1), aliases: [`${NAME}.test_one`] } };
      assert.deepEqual(tell(await open(guideline(aliased))), []);
      const draft = await open(guideline(aliased, { edition: 'next', standing: 'draft' }));
      assert.deepEqual(tell(draft), [['IL301', 'info', 'test_one']]);
      const [finding] = traced(draft);
      assert.match(finding?.message ?? '', /^next lists this test as .*, with the name of today as an alias\.$/);
      fixed(draft, finding, /^Adopt ATest.test_one, keep the old name as alias in next$/);
    });

    it('of a superseded guideline is history, and so is an older edition', async () => {
      assert.deepEqual(tell(await open(guideline(renamed, { standing: 'superseded' }))), []);
      const files = { ...guideline(renamed, { edition: '2098.01' }), ...guideline(CLEAN) };
      assert.deepEqual(tell(await open(files)), []);
    });
  });

  describe('IL302: another id', () => {
    const other = { ...CLEAN, [`${NAME}.test_one`]: { id: id(9) } };

    it('on the words of the id, with both ways out', async () => {
      const engine = await open(guideline(other));
      assert.deepEqual(tell(engine), [['IL302', 'warning', id(1)]]);
      const [finding] = traced(engine);
      assert.equal(finding?.message, `2099.01 lists this test with the id ${id(9)}, and it has ${id(1)}.`);
      assert.deepEqual(fixed(engine, finding, /as the guideline has it/), { [MODULE]: PYTHON.replace(id(1), id(9)) });
      const after = fixed(engine, finding, /^Change to id-1.* in 2099.01$/);
      assert.ok(after['guidelines/2099.01.json']?.includes(`id-${id(1)}`));
    });

    it('tells whose the id is, and does not offer that one', async () => {
      const engine = await open(guideline({ [`${NAME}.test_one`]: { id: id(2) } }));
      const [finding] = traced(engine);
      assert.match(finding?.message ?? '', /That id is on demo\.tests\.test_a\.ATest\.test_two\.$/);
      assert.ok(finding && !engine.fixes(finding).some(({ title }) => title.includes('as the guideline has it')));
    });

    it('is information where only a superseded guideline has it', async () => {
      assert.deepEqual(tell(await open(guideline(other, { standing: 'superseded' }))), [['IL302', 'info', id(1)]]);
    });
  });

  it('IL303: a listed test without an id gets that of the guideline', async () => {
    const bare = PYTHON.replace(`    @decorators.idempotent_id('${id(2)}')\n`, '');
    const engine = await open({ ...guideline(CLEAN), [MODULE]: bare });
    assert.deepEqual(tell(engine), [['IL303', 'warning', 'test_two']]);
    const decorator = `    @decorators.idempotent_id('${id(2)}')\n`;
    assert.deepEqual(fixed(engine, traced(engine)[0], /^Add idempotent_id/), {
      [MODULE]: bare.replace("    @decorators.attr(type='smoke')", `${decorator}    @decorators.attr(type='smoke')`),
    });
    assert.deepEqual(tell(await open({ ...guideline(without('test_two')), [MODULE]: bare })), [], 'not listed');
  });

  describe('IL304: one id on several tests', () => {
    const twice = PYTHON.replace(id(2), id(1));

    it('is told at both', async () => {
      const engine = await open({ ...guideline(without('test_two')), [MODULE]: twice });
      assert.deepEqual(tell(engine), [
        ['IL304', 'warning', id(1)],
        ['IL304', 'warning', id(1)],
      ]);
      assert.equal(traced(engine)[0]?.related[0]?.message, `On ${NAME}.test_two.`);
    });

    it('is quieter where no guideline lists the tests', async () => {
      const engine = await open({ ...guideline({ 'demo.tests.test_x.XTest.test_x': { id: id(5) } }), [MODULE]: twice });
      assert.deepEqual(new Set(tell(engine).map(([, severity]) => severity)), new Set(['info']));
    });

    it('leaves what a class overrides alone', async () => {
      const overridden = `${PYTHON}\n    @decorators.idempotent_id('${id(1)}')\n    def test_one(self):\n        super().test_one()\n`;
      assert.deepEqual(tell(await open({ ...guideline(CLEAN), [MODULE]: overridden })), []);
    });

    it('leaves the copies that plugins made alone, unless a guideline lists one', async () => {
      const copy = { 'plugin/__init__.py': '', 'plugin/test_a.py': PYTHON.replace('class BTest', 'class CTest') };
      const unlisted = await open({ ...copy, ...guideline({ 'demo.tests.test_x.XTest.test_x': { id: id(5) } }) });
      assert.deepEqual(tell(unlisted), []);
      const listed = await open({ ...copy, ...guideline(CLEAN) });
      assert.deepEqual(
        tell(listed, 'plugin/test_a.py').map(([rule, severity]) => [rule, severity]),
        [
          ['IL304', 'info'],
          ['IL304', 'info'],
        ],
      );
    });
  });

  it('IL305: an id that Python does not take', async () => {
    const forms: readonly (readonly [string, boolean])[] = [
      [id(2), true],
      [id(2).toUpperCase(), true],
      [`{${id(2)}}`, true],
      [id(2).replaceAll('-', ''), true],
      [`id-${id(2)}`, false],
      [id(2).slice(1), false],
      ['', false],
    ];
    for (const [written, isFine] of forms) {
      const engine = await open({ ...guideline({}), [MODULE]: PYTHON.replace(id(2), written) });
      assert.deepEqual(tell(engine), isFine ? [] : [['IL305', 'error', written || "''"]], written);
    }
    const prefixed = await open({ ...guideline({}), [MODULE]: PYTHON.replace(id(2), `id-${id(2)}`) });
    assert.deepEqual(fixed(prefixed, traced(prefixed)[0], /^Write/), { [MODULE]: PYTHON });
  });

  it("IL306: another test's alias", async () => {
    const conflict = { ...CLEAN, [`${NAME}.test_two`]: { id: id(2), aliases: [`${NAME}.test_one`] } };
    const engine = await open(guideline(conflict));
    assert.deepEqual(tell(engine), [['IL306', 'info', 'test_one']]);
    const after = fixed(engine, traced(engine)[0], /^Remove the alias in 2099.01$/);
    assert.ok(!after['guidelines/2099.01.json']?.includes('aliases'));
  });

  describe('IL307: always skipped', () => {
    const mark = (decorator: string): Record<string, string> => ({
      [MODULE]: PYTHON.replace("    @decorators.attr(type='smoke')", `    ${decorator}`),
    });

    for (const [decorator, isTold] of [
      ["@testtools.skip('later')", true],
      ["@decorators.skip_because(bug='1234')", true],
      ["@decorators.skip_because(bug='1234', condition=CONF.x.y)", false],
      ["@testtools.skipIf(CONF.x.y, 'why')", false],
      ['@decorators.skip_because()', false],
      ['@decorators.skip_because(**GIVEN)', false],
    ] as const) {
      it(decorator, async () => {
        const engine = await open({ ...guideline(CLEAN), ...mark(decorator) });
        assert.deepEqual(tell(engine), isTold ? [['IL307', 'warning', decorator.slice(1)]] : []);
      });
    }

    it('on a class, for what it inherits too, in the file of the class', async () => {
      const [head = '', tail = ''] = PYTHON.split('\n\nclass BTest');
      const other = `${PYTHON.split('\nclass ATest')[0]}from demo.tests import test_a\n\n\n@testtools.skip('all')\nclass BTest(test_a.ATest):${tail.slice(tail.indexOf('\n'))}`;
      const listed = { 'demo.tests.test_b.BTest.test_one': { id: id(1) } };
      const engine = await open({ ...guideline(listed), [MODULE]: `${head}\n`, 'demo/tests/test_b.py': other });
      assert.deepEqual(tell(engine, 'demo/tests/test_b.py'), [['IL307', 'warning', "testtools.skip('all')"]]);
      assert.deepEqual(tell(engine), []);
    });

    it('says nothing of flagged tests and older guidelines, and is quiet on advisory ones', async () => {
      const skipped = mark("@testtools.skip('later')");
      const flagged = {
        ...CLEAN,
        [`${NAME}.test_two`]: { id: id(2), flagged: { reason: '[D401] x', action: '', date: '' } },
      };
      assert.deepEqual(tell(await open({ ...guideline(flagged), ...skipped })), []);
      const older = { ...guideline(CLEAN, { edition: '2098.01' }), ...guideline(without('test_two')) };
      assert.deepEqual(tell(await open({ ...older, ...skipped })), []);
      const advisory = await open({ ...guideline(CLEAN, { status: 'advisory' }), ...skipped });
      assert.deepEqual(
        tell(advisory).map(([rule, severity]) => [rule, severity]),
        [['IL307', 'info']],
      );
    });
  });

  it('IL308: a required test that its class has lost, and the flag for it', async () => {
    const gone = { ...CLEAN, [`${NAME}.test_gone`]: { id: id(4) } };
    const engine = await open(guideline(gone));
    assert.deepEqual(tell(engine), [['IL308', 'warning', 'ATest']]);
    assert.equal(traced(engine)[0]?.message, '2099.01 requires test_gone of this class, which is gone with its id.');
    const after = fixed(engine, traced(engine)[0], /^Flag the test as removed \(D406\) in 2099.01$/);
    assert.ok(after['guidelines/2099.01.json']?.includes('[D406]'));
    assert.deepEqual(tell(await open(guideline(gone, { status: 'advisory' }))), []);
    assert.deepEqual(tell(await open(guideline({ 'other.m.ATest.test_gone': { id: id(4) } }))), [], 'another package');
  });

  it('is suppressed by noqa, and offers to', async () => {
    const renamed = { ...without('test_one'), [`${NAME}.test_before`]: { id: id(1) } };
    const engine = await open(guideline(renamed));
    const [finding] = traced(engine);
    const after = fixed(engine, finding, /^Suppress IL301/);
    engine.setText(uriOf(MODULE), after[MODULE] ?? '');
    assert.deepEqual(
      traced(engine).map(({ suppressed }) => suppressed),
      [true],
    );
  });

  it('follows edits: of a body, of an id, of the guideline', async () => {
    const engine = await open(guideline({ ...CLEAN, [`${NAME}.test_one`]: { id: id(9) } }));
    engine.setText(uriOf(MODULE), PYTHON.replace('pass', 'self.x = 1\n        # more'));
    assert.deepEqual(tell(engine), [['IL302', 'warning', id(1)]]);
    engine.setText(uriOf(MODULE), `# above\n${PYTHON}`);
    assert.deepEqual(tell(engine), [['IL302', 'warning', id(1)]]);
    engine.setText(uriOf(MODULE), PYTHON.replace(id(1), id(9)));
    assert.deepEqual(tell(engine), []);
    engine.setText(uriOf('guidelines/2099.01.json'), guideline(CLEAN)['guidelines/2099.01.json'] ?? '');
    assert.deepEqual(tell(engine), [['IL302', 'warning', id(9)]]);
  });
});
