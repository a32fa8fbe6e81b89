import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { addImport, type WantedImport } from '../../../src/fixes/importLines';
import { applyEdits } from '../../../src/model/textEdits';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

const TESTTOOLS: WantedImport = { name: 'testtools', line: 'import testtools' };
const EXCEPTIONS: WantedImport = { name: 'lib_exc', line: 'from tempest.lib import exceptions as lib_exc' };

describe('addImport', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  function added(text: string, wanted: WantedImport, uri = 'file:///tempest/x.py'): string | null {
    const edits = addImport({ uri, text, facts: readPython(uri, text, '', parser) }, wanted);
    return edits === null ? null : applyEdits(text, edits);
  }

  for (const [what, wanted, before, after] of [
    ['nothing when it is there', TESTTOOLS, 'import testtools\n', 'import testtools\n'],
    [
      'among its peers, in order',
      EXCEPTIONS,
      'from tempest import config\nfrom tempest.lib import decorators\nfrom tempest.scenario import manager\n',
      'from tempest import config\nfrom tempest.lib import decorators\nfrom tempest.lib import exceptions as lib_exc\nfrom tempest.scenario import manager\n',
    ],
    [
      'before them when it comes first',
      EXCEPTIONS,
      'from tempest.scenario import m\n',
      'from tempest.lib import exceptions as lib_exc\nfrom tempest.scenario import m\n',
    ],
    [
      'behind a comment on the line',
      TESTTOOLS,
      'import oslo  # x\n\nfrom tempest import a\n',
      'import oslo  # x\nimport testtools\n\nfrom tempest import a\n',
    ],
    [
      'in a group of its own',
      TESTTOOLS,
      'import time\n\nfrom tempest import a\n',
      'import time\n\nimport testtools\n\nfrom tempest import a\n',
    ],
    [
      'in a group of its own at the top',
      TESTTOOLS,
      '# c\nfrom tempest import a\n',
      '# c\nimport testtools\n\nfrom tempest import a\n',
    ],
    ['with the line ends of the file', TESTTOOLS, 'import oslo\r\n', 'import oslo\r\nimport testtools\r\n'],
  ] as const) {
    it(`adds ${what}`, () => assert.equal(added(before, wanted), after));
  }

  it('takes the package of the file for its own', () => {
    const text = 'from oslo_log import log\n\nfrom my_plugin import a\n';
    assert.equal(
      added(text, TESTTOOLS, 'file:///src/my_plugin/tests/x.py'),
      'from oslo_log import log\nimport testtools\n\nfrom my_plugin import a\n',
    );
  });

  it('keeps the order of lines that stand together, whatever their groups', () => {
    assert.equal(
      added(
        'from oslo_log import log\nfrom tempest.common import utils\n\nfrom plug import a\n',
        TESTTOOLS,
        'file:///plug/x.py',
      ),
      'from oslo_log import log\nfrom tempest.common import utils\nimport testtools\n\nfrom plug import a\n',
    );
    assert.equal(
      added(
        'from oslo_log import log\nfrom tempest import config\n\nfrom plug import a\n',
        EXCEPTIONS,
        'file:///plug/x.py',
      ),
      'from oslo_log import log\nfrom tempest import config\nfrom tempest.lib import exceptions as lib_exc\n\nfrom plug import a\n',
    );
    assert.equal(
      added('import oslo\nfrom tempest import config\n', TESTTOOLS),
      'import oslo\nfrom tempest import config\nimport testtools\n',
    );
  });

  it('is refused without imports, and where the name means something else', () => {
    assert.equal(added('x = 1\n', TESTTOOLS), null);
    assert.equal(added('from a import b\ntesttools = 1\n', TESTTOOLS), null);
    assert.equal(added('from my import lib_exc\n', EXCEPTIONS), null);
  });
});
