import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { findingsOfOptions } from '../../../src/guest/findingsOfOptions';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

describe('findingsOfOptions', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });
  const find = (text: string): string[] =>
    findingsOfOptions(readPython('file:///config.py', text, '', parser)).map(
      (finding) => `${finding.rule} ${text.slice(finding.range.start, finding.range.end)}`,
    );

  it('reports defaults that name CirrOS or a bash prologue', () => {
    const text = [
      'Group = [',
      "    cfg.StrOpt('img_file', default='/opt/cirros-0.3.1'",
      "               '-x86_64-disk.img'),",
      "    cfg.ListOpt('urls', default=['http://cirros-cloud.net/x', 'http://debian.org']),",
      "    cfg.StrOpt('ssh_shell_prologue', default='set -eu -o pipefail; PATH=$$PATH:/sbin;'),",
      ']',
    ].join('\n');
    assert.deepEqual(find(text), [
      "IL215 '/opt/cirros-0.3.1'\n               '-x86_64-disk.img'",
      "IL215 'http://cirros-cloud.net/x'",
      "IL118 'set -eu -o pipefail; PATH=$$PATH:/sbin;'",
    ]);
  });

  it('leaves help texts, other calls and other options alone', () => {
    assert.deepEqual(find("Group = [cfg.StrOpt('img', help='for example cirros')]"), []);
    assert.deepEqual(find("x = f('img', default='cirros')"), []);
    assert.deepEqual(find("Group = [cfg.StrOpt('other', default='set -o pipefail')]"), []);
    assert.deepEqual(find("Group = [cfg.IntOpt('n', default=1), cfg.StrOpt('a')]"), []);
  });
});
