import assert from 'node:assert/strict';
import { addReason } from '../../../src/client/noqaReason';

describe('addReason', () => {
  it('writes the reason behind the code, on one line', () => {
    assert.equal(addReason('  # noqa: IL101', ' the driver \n is tested ', 20), '  # noqa: IL101 the driver is tested');
    assert.equal(addReason('  # noqa: IL101', '  ', 20), '  # noqa: IL101');
  });

  it('tells a reason that looks like a code apart', () => {
    assert.equal(addReason('  # noqa: IL101', 'VM1 has it', 0), '  # noqa: IL101: VM1 has it');
  });

  it('adds E501 only where the reason makes the line too long', () => {
    assert.equal(addReason('  # noqa: IL101', 'x'.repeat(30), 40), `  # noqa: E501,IL101 ${'x'.repeat(30)}`);
    assert.equal(addReason('  # noqa: E501,IL101', 'why', 75), '  # noqa: E501,IL101 why');
    assert.equal(addReason('  # noqa: IL101', 'why', 90), '  # noqa: IL101 why');
  });
});
