import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { canonicalUri, isBelow } from '../../../src/server/uriKeys';

describe('canonical addresses', () => {
  it('leave the spelling of Node unchanged', () => {
    for (const path of ['/a/b c.py', '/a/é+@:,;=&$.py', '/a/x#y?z.py', '/a/100%.py', '/a/[b]^|~`{}.py']) {
      const spelled = pathToFileURL(path).href;
      assert.equal(canonicalUri(canonicalUri(spelled)), canonicalUri(spelled));
    }
    assert.equal(canonicalUri('file:///a/b%20c+d@e.py'), 'file:///a/b%20c+d@e.py');
  });

  it('are one for the spellings of VS Code and Node', () => {
    assert.equal(canonicalUri('file:///c%3A/a%2Bb.py'), canonicalUri('file:///C:/a+b.py'));
    assert.equal(canonicalUri('file:///a/%5Bx%5D%40y.py'), canonicalUri('file:///a/[x]@y.py'));
  });

  it('keep authority, query and fragment', () => {
    assert.equal(
      canonicalUri('vscode-remote://127.0.0.1:80/a%2Fb/c?q=1#L2'),
      'vscode-remote://127.0.0.1:80/a/b/c?q=1#L2',
    );
  });

  it('survive what is no address', () => {
    assert.equal(canonicalUri('untitled:Untitled-1'), 'untitled:Untitled-1');
    assert.equal(canonicalUri('file:///a/%E0%A4%A.py'), 'file:///a/%25E0%25A4%25A.py');
  });

  it('know what lies below a folder', () => {
    assert.equal(isBelow('file:///a/b/c.py', 'file:///a/b'), true);
    assert.equal(isBelow('file:///a/bc.py', 'file:///a/b'), false);
  });
});
