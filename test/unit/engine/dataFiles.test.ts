import assert from 'node:assert/strict';
import path from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { readTree } from '../../support/readTree';

const TREE = readTree(path.join(__dirname, '../../fixtures/guest/stacks_alone'));
const TEMPLATE = 'plugin/tests/templates/server.yaml';
const TEST = 'plugin.tests.test_stacks.TestStacks.test_file';

describe('data files', () => {
  async function openTree(files: Readonly<Record<string, string>>): Promise<{ engine: Engine; source: MemorySource }> {
    const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
    const source = new MemorySource('file:///own', files);
    await engine.open([source]);
    return { engine, source };
  }

  it('are read when a test names them, and not otherwise', async () => {
    const { engine, source } = await openTree(TREE);
    assert.ok(engine.text(source.uriOf(TEMPLATE)));
    assert.equal(engine.text(source.uriOf('plugin/tests/templates/unused.yaml')), undefined);
  });

  it('are read when their name is put together by a file above them, and by no other', async () => {
    const base = `
import os
from plugin import base
class TreeTest(base.StackTest):
    def read(self, name, ext='yaml'):
        place = ['templates', '%s.%s' % (name, ext)]
        with open(os.path.join(os.path.dirname(__file__), *place)) as template:
            return template.read()
    def test_made(self):
        self.create(self.read('made'))
`;
    const made = TREE[TEMPLATE] ?? '';
    const { engine, source } = await openTree({
      ...TREE,
      'plugin/stacks/__init__.py': '',
      'plugin/stacks/test_tree.py': base,
      'plugin/stacks/templates/made.yaml': made,
      'plugin/elsewhere/made.yaml': made,
      // A script at the root looks beside itself too, and would mean the whole tree.
      'setup.py': "import os\nHERE = os.path.dirname(__file__)\nNAME = '%s.yaml' % 'x'\n",
    });
    assert.equal(engine.demand('plugin.stacks.test_tree.TreeTest.test_made')?.level, 'linux');
    assert.equal(engine.text(source.uriOf('plugin/elsewhere/made.yaml')), undefined);
    assert.equal(engine.text(source.uriOf('plugin/tests/templates/unused.yaml')), undefined);
  });

  it('have findings of their own, on the words', async () => {
    const { engine, source } = await openTree(TREE);
    const uri = source.uriOf(TEMPLATE);
    const found = engine.findings(uri).map(({ rule, range }) => {
      const words = engine.text(uri)?.slice(range.start, range.end) ?? '';
      return `${rule} ${words} ${String(engine.positionAt(uri, range.start).line)}`;
    });
    assert.deepEqual(found, ['IL211 #!/bin/sh 6', 'IL102 lsblk 7']);
  });

  it('run the tests again that read them when they change, come or go', async () => {
    const { engine, source } = await openTree(TREE);
    const uri = source.uriOf(TEMPLATE);
    const level = (): string | undefined => engine.demand(TEST)?.level;
    assert.equal(level(), 'linux');
    engine.setText(uri, (TREE[TEMPLATE] ?? '').replace('lsblk', 'date'));
    assert.equal(level(), 'boot');
    engine.removeFile(uri);
    assert.equal(level(), 'api');
    await engine.addFile(source.fileAt(TEMPLATE), source);
    assert.equal(level(), 'linux');
  });

  it('are read once an edit names them', async () => {
    const { engine, source } = await openTree(TREE);
    const test = source.uriOf('plugin/tests/test_stacks.py');
    const text = engine.text(test) ?? '';
    const changed = new Promise<void>((resolve) => {
      engine.onDidChange(() => {
        if (engine.text(source.uriOf('plugin/tests/templates/unused.yaml')) !== undefined) resolve();
      });
    });
    engine.setText(
      test,
      text.replace("self.create(self.load('server.yaml'))", "self.create(self.load('unused.yaml'))"),
    );
    await changed;
    assert.equal(engine.demand(TEST)?.level, 'boot');
  });
});
