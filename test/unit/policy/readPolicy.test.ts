import assert from 'node:assert/strict';
import { TODAYS_POLICY } from '../../../src/model/whatIfPolicy';
import { PolicyError, POLICY_SWITCHES, readPolicy } from '../../../src/policy/readPolicy';

describe('policy switches as text', () => {
  it('none is what holds today', () => assert.deepEqual(readPolicy([]), TODAYS_POLICY));

  it('are read by name and by letter', () => {
    const byName = [
      'rewrites=safe',
      'os-branch',
      'upload-test',
      'must-run=windows,linux',
      'guest-capabilities',
      'containers=elsewhere',
      'regions=each',
      'flavor=guest:a,b*',
      'designated-sections',
      'profile',
    ];
    const byLetter = ['A', 'B', 'C', 'D=linux, windows', 'e', 'F', 'G=each', 'H=guest:a,b*', 'I', 'J'];
    const policy = readPolicy(byName);
    assert.deepEqual(readPolicy(byLetter), policy);
    assert.deepEqual(policy, {
      implementation: 'linux',
      guests: 'one',
      rewrites: 'safe',
      osBranch: true,
      uploadTest: true,
      mustRunOs: ['linux', 'windows'],
      guestCapabilities: true,
      containers: 'elsewhere',
      regions: 'each',
      flavors: [{ name: 'guest', capabilities: ['a', 'b*'] }],
      designatedSections: true,
    });
    assert.deepEqual(readPolicy(['implementation=api', 'guests=several', 'B=on', 'B=off']), {
      ...TODAYS_POLICY,
      implementation: 'api',
      guests: 'several',
    });
  });

  it('name every letter of the document once', () => {
    const letters = POLICY_SWITCHES.flatMap(({ action }) => action ?? []);
    assert.deepEqual(letters, [...'ABCDEFGHIJ']);
  });

  for (const [text, message] of [
    ['regoins=any', /Is "regions" meant\?/],
    ['K', /The switches are implementation/],
    ['regions', /takes any or each/],
    ['rewrites=some', /takes none or safe or all/],
    ['must-run=plan9', /takes linux or busybox/],
    ['must-run', /takes linux or busybox/],
    ['flavor=guest', /NAME:CAPABILITY/],
    ['os-branch=maybe', /on or off/],
    ['', /there is no switch ""/],
  ] as const) {
    it(`"${text}" says what to write instead`, () => {
      assert.throws(
        () => readPolicy([text]),
        (error) => error instanceof PolicyError && message.test(error.message),
      );
    });
  }
});
