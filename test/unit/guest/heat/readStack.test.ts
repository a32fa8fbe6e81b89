import assert from 'node:assert/strict';
import { printText, type EvaluatedText } from '../../../../src/model/commandText';
import { readStack } from '../../../../src/guest/heat/readStack';
import { writtenRanges } from '../../../../src/guest/writtenRanges';
import { literal } from '../../../support/evaluatedText';

const NO_FILE = (): null => null;

function scriptsOf(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const fileOf = (name: string): EvaluatedText | null => {
    const found = files[name];
    return found === undefined ? null : [literal(found)];
  };
  return (readStack([literal(text)], fileOf)?.scripts ?? []).map(printText);
}

/** What stands in the template where a script's text comes from. */
function writtenIn(text: string): string {
  const [script = []] = readStack([literal(text)], NO_FILE)?.scripts ?? [];
  return writtenRanges(script)
    .map(({ range }) => text.slice(range.start, range.end))
    .join('');
}

const server = (userData: string): string =>
  `resources:\n  s:\n    type: OS::Nova::Server\n    properties:\n      user_data: ${userData}\n`;

describe('readStack', () => {
  it('knows the places of a literal block without its indentation', () => {
    const text = server('|\n        #!/bin/sh\n          lsblk\n\n        exit 0');
    assert.deepEqual(scriptsOf(text), ['#!/bin/sh\n  lsblk\n\nexit 0\n']);
    assert.equal(writtenIn(text), '#!/bin/sh\n  lsblk\n\nexit 0\n');
  });

  it('keeps a chomped block, a plain text and a quoted one', () => {
    assert.deepEqual(scriptsOf(server('|-\n        #!/bin/sh\n        date')), ['#!/bin/sh\ndate']);
    assert.deepEqual(scriptsOf(server("'#!/bin/sh'")), ['#!/bin/sh']);
    assert.equal(writtenIn(server("'#!/bin/sh'")), '#!/bin/sh');
  });

  it('maps each escape for itself, and lets the whole of a folded text stand for it', () => {
    assert.deepEqual(scriptsOf(server('"#!/bin/sh\\nlsblk"')), ['#!/bin/sh\nlsblk']);
    assert.equal(writtenIn(server('"#!/bin/sh\\nlsblk"')), '#!/bin/sh\\nlsblk');
    assert.deepEqual(scriptsOf(server('>\n        #!/bin/sh\n        date')), ['#!/bin/sh date\n']);
  });

  it('puts texts together as Heat does, with holes for what Heat computes', () => {
    assert.deepEqual(
      scriptsOf(server('{str_replace: {template: "#!X $Y", params: {$Y: {get_param: y}, X: /bin/sh}}}')),
      ['#!{} {}'],
    );
    assert.deepEqual(scriptsOf(server('{list_join: ["\\n", ["#!/bin/sh", {get_param: line}]]}')), ['#!/bin/sh\n{}']);
    assert.deepEqual(scriptsOf(server('{get_file: x.sh}'), { 'x.sh': '#!/bin/sh\nip a' }), ['#!/bin/sh\nip a']);
    assert.deepEqual(scriptsOf(server('{get_file: x.sh}')), []);
  });

  it('follows a type that is a file, and no further than four files deep', () => {
    const nested = 'resources:\n  n: {type: inner.yaml}\n';
    assert.deepEqual(scriptsOf(nested, { 'inner.yaml': server("'#!/bin/sh'") }), ['#!/bin/sh']);
    assert.deepEqual(scriptsOf(nested, { 'inner.yaml': nested }), []);
  });

  it('tells a stack that boots from one that does not, and one that waits for the guest', () => {
    const stackOf = (text: string): unknown => {
      const stack = readStack([literal(text)], NO_FILE);
      return stack && [stack.boots, stack.waitsForGuest];
    };
    assert.deepEqual(stackOf('resources:\n  n: {type: OS::Neutron::Net}\n'), [false, false]);
    assert.deepEqual(stackOf(server('x')), [true, false]);
    assert.deepEqual(stackOf(`${server('x')}  w: {type: OS::Heat::WaitCondition}\n`), [true, true]);
    assert.deepEqual(stackOf('{"Resources": {"s": {"Type": "AWS::EC2::Instance"}}}'), [true, false]);
    assert.equal(stackOf('greeting: hello'), null);
    assert.equal(stackOf(''), null);
  });

  it('survives what is no YAML', () => {
    assert.doesNotThrow(() => readStack([literal('resources: [\n  {')], NO_FILE));
    assert.doesNotThrow(() => readStack([{ kind: 'hole', option: '' }, literal('\nresources: &a *a')], NO_FILE));
  });
});
