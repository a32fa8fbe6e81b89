import assert from 'node:assert/strict';
import { ANSWER_SIZE, countKept, fitAnswer, shortenText } from '../../../src/agents/fitAnswer';
import { tellNearNames } from '../../../src/agents/nearNames';

describe('answers for language models', () => {
  const items = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `item ${String(at)}`);
  const listOf = (count: number): readonly string[] =>
    fitAnswer((share) => items(count).slice(0, countKept(count, share, 2, 100_000)));

  it('are whole when they are short enough', () => {
    assert.equal(listOf(100).length, 100);
  });

  it('lose no more than they must', () => {
    const kept = listOf(3000);
    assert.ok(JSON.stringify(kept).length <= ANSWER_SIZE);
    assert.ok(JSON.stringify(kept).length > ANSWER_SIZE / 2, 'half of the room is used at least');
  });

  it('keep the least that makes sense, however long that is', () => {
    const long = 'x'.repeat(ANSWER_SIZE);
    const kept = fitAnswer((share) => [long, long, long, long].slice(0, countKept(4, share, 2, 10)));
    assert.equal(kept.length, 2);
  });

  it('keep no more than the most', () => {
    assert.equal(countKept(50, 1, 3, 20), 20);
    assert.equal(countKept(2, 0, 3, 20), 2);
    assert.equal(countKept(50, 0.5, 3, 20), 10);
  });

  it('cut long texts, and say so', () => {
    assert.equal(shortenText('echo'), 'echo');
    assert.match(shortenText('x'.repeat(5000)), /^x{300}… \(5000 characters\)$/);
  });

  it('name what is near', () => {
    const names = ['a.B.test_create_server', 'a.C.test_create_server', 'a.B.test_delete_server'];
    assert.equal(tellNearNames('create', names), ' Near it are a.B.test_create_server, a.C.test_create_server.');
    assert.equal(
      tellNearNames('a.X.test_craete_server', names),
      ' Near it are a.B.test_create_server, a.C.test_create_server.',
      'a slip in the last part, in whatever class',
    );
    assert.equal(
      tellNearNames('compute-server-verify', ['compute-servers-verify']),
      ' Near it are compute-servers-verify.',
    );
    assert.match(
      tellNearNames(
        'test',
        items(9).map((item) => `test ${item}`),
      ),
      / and 4 more\.$/,
    );
    assert.equal(tellNearNames('nothing', names), '');
  });
});
