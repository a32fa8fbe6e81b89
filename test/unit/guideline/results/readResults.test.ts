import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { computeCrc32 } from '../../../../src/guideline/results/crc32';
import { parseListedName, readResults } from '../../../../src/guideline/results/readResults';
import { readSubunit } from '../../../../src/guideline/results/readSubunit';
import { ResultsError } from '../../../../src/guideline/results/resultsError';

/** Written by python-subunit 1.4.0, see make_subunit.py beside it. */
const STREAM = new Uint8Array(readFileSync(path.resolve(__dirname, '../../../fixtures/results/run.subunit')));
const TEST = 'tempest.api.demo.test_demo.DemoTest.test_';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('readSubunit', () => {
  it('reads what python-subunit writes', () => {
    const events = readSubunit(STREAM);
    const told = events
      .filter(({ status }) => status !== 'inprogress')
      .map(({ testId, status }) => `${testId?.replace(TEST, '').slice(0, 6)} ${status}`);
    assert.deepEqual(told, [
      'listed exists',
      'passes success',
      'fails[ fail',
      'fails[ undefined',
      'undefined undefined',
      'skips[ skip',
      'known_ xfail',
      'surpri uxsuccess',
      'again[ fail',
      'again[ success',
      'longlo success',
      'setUpC skip',
    ]);
    assert.deepEqual(events.find(({ status }) => status === 'success')?.tags, ['worker-0', 'é'].sort());
  });

  it('gives each cut of the stream a located message, or the packets before the cut', () => {
    const whole = readSubunit(STREAM).length;
    for (let length = 0; length < STREAM.length; length += length < 1200 ? 1 : 997) {
      try {
        assert.ok(readSubunit(STREAM.subarray(0, length)).length < whole);
      } catch (error) {
        assert.ok(error instanceof ResultsError);
        assert.match(error.message, /byte \d+ is cut off/);
      }
    }
  });

  it('notices every flipped byte inside a packet, or reads on behind it', () => {
    const [first, second] = readSubunit(STREAM);
    assert.ok(first && second);
    // Byte 0 is the signature: without it the packet is a program's output.
    for (let at = 1; at < second.offset; at++) {
      const broken = STREAM.slice();
      broken[at] = (broken[at] ?? 0) ^ 0x01;
      assert.throws(() => readSubunit(broken), ResultsError, `byte ${at}`);
    }
  });

  it('never fails otherwise, whatever comes', () => {
    const head = fc.constantFrom([0xb3], [0xb3, 0x2b], [0xb3, 0x29, 0x03, 0x10], []);
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 80 }), (start, rest) => {
        try {
          readSubunit(Uint8Array.from([...start, ...rest]));
        } catch (error) {
          assert.ok(error instanceof ResultsError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads a stretch of a larger buffer', () => {
    const padded = new Uint8Array(STREAM.length + 7);
    padded.set(STREAM, 7);
    assert.equal(readSubunit(padded.subarray(7)).length, readSubunit(STREAM).length);
  });
});

describe('computeCrc32', () => {
  it('is the checksum of zlib', function () {
    const known = bytesOf('123456789');
    assert.equal(computeCrc32(known, 0, known.length), 0xcbf43926);
    if (typeof crc32 !== 'function') return;
    assert.equal(computeCrc32(STREAM, 3, STREAM.length), crc32(STREAM.subarray(3)));
  });
});

describe('readResults', () => {
  it('takes the last word of a stream on each test', () => {
    const { format, results, classOutcomes } = readResults(STREAM);
    assert.equal(format, 'subunit');
    assert.deepEqual(
      results.map(({ name, id, outcome }) => [
        name.replace(TEST, '').replace(/(long)+/, 'long'),
        id?.slice(-2),
        outcome,
      ]),
      [
        ['passes', '0a', 'passed'],
        ['fails', '0b', 'failed'],
        ['skips', '0c', 'skipped'],
        ['known_fault', '0d', 'failed'],
        ['surprise', '0e', 'failed'],
        ['again', '0f', 'passed'],
        ['long(v2)', '10', 'passed'],
      ],
    );
    assert.deepEqual([...classOutcomes], [['tempest.api.demo.test_other.OtherTest', 'skipped']]);
  });

  it('reads a list with comments, attributes, scenarios and all line ends', () => {
    const text =
      '\ufeff# passed\r\np.m.K.test_a[id-00000000-0000-4000-8000-00000000000A,smoke]\rp.m.K.test_b\n\n  p.m.K.test_c(v2) \np.m.K.test_a\n';
    assert.deepEqual(
      readResults(bytesOf(text)).results.map(({ name, id }) => [name, id]),
      [
        ['p.m.K.test_a', '00000000-0000-4000-8000-00000000000a'],
        ['p.m.K.test_b', null],
        ['p.m.K.test_c(v2)', null],
      ],
    );
    assert.deepEqual(parseListedName('p.m.K.test_a[gate,00000000-0000-4000-8000-00000000000a]'), {
      name: 'p.m.K.test_a',
      id: '00000000-0000-4000-8000-00000000000a',
    });
  });

  it('reads what refstack-client uploads', () => {
    const upload = {
      cpid: 'x',
      results: [{ name: 'p.m.K.test_a', uuid: '00000000-0000-4000-8000-00000000000a' }, { name: 'p.m.K.test_b' }],
    };
    const { format, results } = readResults(bytesOf(JSON.stringify(upload)));
    assert.equal(format, 'refstack');
    assert.deepEqual(
      results.map(({ name, id, outcome }) => [name, id?.slice(-1), outcome]),
      [
        ['p.m.K.test_a', 'a', 'passed'],
        ['p.m.K.test_b', undefined, 'passed'],
      ],
    );
  });

  it('says what is wrong with anything else', () => {
    const bad: [Uint8Array, RegExp][] = [
      [bytesOf('{"results": ['), /no valid JSON/],
      [bytesOf('{"tests": []}'), /no list "results"/],
      [bytesOf('{"results": [{"uuid": "x"}]}'), /Result 1 has no "name"/],
      [Uint8Array.from([0xff, 0xfe, 0x41]), /neither text in UTF-8 nor a subunit v2 stream/],
      [bytesOf('a\0b'), /neither text/],
    ];
    for (const [bytes, message] of bad)
      assert.throws(
        () => readResults(bytes),
        (error) => error instanceof ResultsError && message.test(error.message),
      );
  });

  it('takes an empty list for a run that passed nothing', () => {
    assert.deepEqual(readResults(new Uint8Array()).results, []);
  });
});
