import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { printReason } from '../../../src/report/reasonText';
import type { Grammars } from '../../../src/syntax/grammars';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { readTree } from '../../support/readTree';

const FRAMEWORK = join(__dirname, '../../fixtures/framework');
const REASONS = readFileSync(join(__dirname, '../../fixtures/reasons.py'), 'utf8');
const FILE = 'tempest/scenario/test_reasons.py';

/** Every reason of the site that a command of the test is, in order; places in the fixture as `:line`. */
function reasonsOf(engine: Engine, test: string, command: string): string[] {
  const places = {
    pathOf: (uri: string) => (uri.endsWith(FILE) ? '' : (engine.file(uri)?.path ?? uri)),
    positionAt: (uri: string, offset: number) => engine.positionAt(uri, offset),
  };
  const demand = engine.explainedDemand(`tempest.scenario.test_reasons.${test}`);
  const found = demand?.sites.filter((site) => site.command === command) ?? [];
  assert.equal(found.length, 1, `${test} runs "${command}" ${String(found.length)} times`);
  return (found[0]?.path ?? []).flatMap((step) =>
    (step.why ?? []).map((reason) => printReason(reason, { places, text: (uri) => engine.text(uri) }).text),
  );
}

/** The line of the fixture that holds the words. */
function lineOf(words: string): string {
  const lines = REASONS.split('\n').flatMap((line, i) => (line.includes(words) ? [i + 1] : []));
  assert.equal(lines.length, 1, `"${words}" stands on ${String(lines.length)} lines`);
  return `:${String(lines[0])}`;
}

describe('reasons of hops', () => {
  let grammars: Grammars;
  let engine: Engine;
  before(async () => {
    grammars = await loadTestGrammars();
    engine = new Engine(grammars, DEFAULT_SETTINGS);
    await engine.open([new MemorySource('file:///tempest', { ...readTree(FRAMEWORK), [FILE]: REASONS })]);
  });

  /** [test, command, [words of the reason, in the order of the path]]; `@words@` stands for the line that holds them. */
  const EXPECTED: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
      'a method that the concrete class inherits, and where its receiver was made',
      'TestReasons.test_receiver',
      'echo receiver',
      [
        'the test runner calls it on TestReasons (@class TestReasons@)',
        '`self.run_in` is the method Base.run_in (@def run_in@); `self` is a tempest.scenario.test_reasons.TestReasons, which inherits it',
        'runs the command in the guest; `client` is a tempest.lib.common.utils.linux.remote_client.RemoteClient (given as an argument at @self.run_in(client@, made at @client = remote_client.RemoteClient(0@)',
      ],
    ],
    [
      'an argument that decides, with the place where it is written',
      'TestReasons.test_argument',
      'echo ready',
      [
        "`if state == 'READY'` (@if state ==@) holds: `state` is 'READY' (given as an argument at @self.when_ready('READY')@)",
      ],
    ],
    [
      'an argument that is passed on through keywords',
      'TestReasons.test_keywords',
      'echo ready',
      [
        "`if state == 'READY'` (@if state ==@) holds: `state` is 'READY' (given as an argument at @self.when_ready(**kwargs)@, written at @self.pass_on(state='READY')@)",
      ],
    ],
    [
      'the default of a parameter',
      'TestReasons.test_default',
      'echo default',
      ['`if deep` (@if deep:@) holds: `deep` is True (the default of the parameter at @def with_default@)'],
    ],
    [
      'a guard, and an exit that did not leave',
      'TestReasons.test_guard',
      'echo guard',
      [
        '`if not CONF.validation.run_validation` (@if not CONF.validation@) does not hold, or the way would end there: a guard, only where validation.run_validation',
        '`if self.servers_client.show(1)` (@if self.servers_client.show(1)@) holds: nothing decides it, both ways are followed',
      ],
    ],
    [
      'a computed name',
      'TestReasons.test_computed_name',
      'echo udp',
      [
        "`getattr(self, 'check_' + CONF.scenario.protocol)` is the method Base.check_udp (@def check_udp@); the name that `getattr(self, 'check_' + CONF.scenario.protocol)` computes is like 'check_{}', and every member that fits is followed",
        "what is called may be one of 2 things, and each is followed (@getattr(self, 'check_'@)",
      ],
    ],
    [
      'a computed name that is known',
      'TestReasons.test_known_name',
      'echo tcp',
      [
        "`getattr(self, name)` is the method Base.check_tcp (@def check_tcp@); the name that `getattr(self, name)` computes is 'check_tcp'",
      ],
    ],
    [
      'a function that was handed on',
      'TestReasons.test_handed_on',
      'echo inner',
      [
        '`predicate` is the inner function TestReasons.test_handed_on.<locals>.inner (@def inner@); given as an argument at @call_it(inner)@',
      ],
    ],
    [
      'a lambda and a functools.partial',
      'TestReasons.test_lambda',
      'echo lambda',
      ['`predicate` is a lambda (@call_it(lambda@); given as an argument at @call_it(lambda@'],
    ],
    ['', 'TestReasons.test_partial', 'echo partial', ['it is called through functools.partial']],
    [
      'a cleanup',
      'TestReasons.test_cleanup',
      'echo cleanup',
      [
        'a cleanup: registered in TestReasons.test_cleanup (@self.addCleanup(@), run when the test has ended; it is Base.clean (@def clean@)',
      ],
    ],
    [
      'a cleanup that a descriptor has put under another name',
      'TestDescriptors.test_descriptor',
      'echo cleanup',
      [
        'a cleanup: registered in TestDescriptors.made (@self.cleanup(self.clean)@), run when the test has ended; it is Base.clean (@def clean@)',
      ],
    ],
    [
      "a fixture of the class, and super() in the concrete class's order",
      'TestReasons.test_fixture',
      'echo class fixture',
      [
        'a fixture of the class: the framework runs it once before the tests of TestReasons (@class TestReasons@)',
        '`super(TestReasons, cls).resource_setup` is the method Base.resource_setup (@# of the base@); the next in the method resolution order of tempest.scenario.test_reasons.TestReasons',
      ],
    ],
    [
      'the wrapper of a decorator',
      'TestReasons.test_decorated',
      'echo decorated',
      [
        '`self.decorated` is the method Base.decorated (@def decorated@); `self` is a tempest.scenario.test_reasons.TestReasons, which inherits it',
        'a decorator has put traced.<locals>.wrapper (@def wrapper@) around it, which calls it',
      ],
    ],
    [
      'a property, a context manager and assertRaises',
      'TestReasons.test_property',
      'echo property',
      ['reading the attribute `disks` runs a property (@self.disks@)', 'what is called is Base.disks (@def disks@)'],
    ],
    ['', 'TestReasons.test_with', 'echo enter', ['Python calls `__enter__` here (@with Session@)']],
    ['', 'TestReasons.test_raises', 'echo raises', ['assertRaises calls what it is given (@self.assertRaises(@)']],
    [
      'a handler of exceptions',
      'TestReasons.test_handler',
      'echo handler',
      ['in the handler `except ValueError` (@except ValueError@), after something has failed'],
    ],
    [
      'code that is not in the roots',
      'TestReasons.test_supposed',
      'echo supposed',
      ['it is handed to code that is not in the roots'],
    ],
  ];

  for (const [what, test, command, expected] of EXPECTED) {
    it(what === '' ? `${test.slice(test.indexOf('.') + 6)} too` : what, () => {
      const reasons = reasonsOf(engine, test, command);
      let at = 0;
      for (const words of expected) {
        const wanted = words.replace(/@([^@]+)@/g, (_, marked: string) => lineOf(marked));
        const found = reasons.findIndex((reason, i) => i >= at && reason.startsWith(wanted));
        assert.ok(found >= 0, `${wanted}\nis not (in this order) in\n${reasons.join('\n')}`);
        at = found + 1;
      }
    });
  }

  it('says nothing of a condition that has no part in the way', () => {
    const reasons = reasonsOf(engine, 'TestReasons.test_near_miss', 'echo near');
    assert.deepEqual(
      reasons.filter((reason) => reason.startsWith('`if')),
      [],
    );
  });

  it('does not take a parameter for the origin of what was put in its place', () => {
    const [reason] = reasonsOf(engine, 'TestReasons.test_replaced', 'echo replaced').slice(-1);
    assert.match(reason ?? '', /`client` is a \S+RemoteClient \(made at :\d+\)/);
  });

  it('names the place of every guard', () => {
    const demand = engine.explainedDemand('tempest.scenario.test_reasons.TestReasons.test_guard');
    const guard = demand?.sites.find((site) => site.command === 'echo guard')?.guards[0];
    const [at] = guard?.at ?? [];
    assert.ok(at);
    assert.equal(`:${String(engine.positionAt(at.uri, at.range.start).line + 1)}`, lineOf('if not CONF.validation'));
  });

  it('explains what the index says, and leaves the index as it is', () => {
    for (const { name } of engine.tests()) {
      const demand = engine.demand(name);
      const before = JSON.stringify(demand);
      const explained = engine.explainedDemand(name);
      for (const site of explained?.sites ?? [])
        for (const step of site.path)
          assert.ok((step.why ?? []).length > 0, `${name} ${site.command} ${step.function}`);
      assert.equal(JSON.stringify(engine.demand(name)), before);
      const plain = JSON.stringify(explained, (key, value: unknown) =>
        key === 'why' || key === 'at' ? undefined : value,
      );
      assert.equal(plain, before);
    }
  });

  it('follows an edit', async () => {
    const source = new MemorySource('file:///tempest', { ...readTree(FRAMEWORK), [FILE]: REASONS });
    const edited = new Engine(grammars, DEFAULT_SETTINGS);
    await edited.open([source]);
    reasonsOf(edited, 'TestReasons.test_argument', 'echo ready');
    edited.setText(
      `file:///tempest/${FILE}`,
      REASONS.replace("'READY')", "'READY')  # moved").replace('import functools', '\nimport functools'),
    );
    const moved = reasonsOf(edited, 'TestReasons.test_argument', 'echo ready').join('\n');
    assert.match(moved, new RegExp(`\\(:${String(Number(lineOf('if state ==').slice(1)) + 1)}\\) holds`));
  });
});
