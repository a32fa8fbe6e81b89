import type { Finding } from '../model/finding';
import type { TextRange } from '../model/text';
import { bindsName } from './bindsName';
import { decoratorPlace } from './decoratorPlace';
import { findTest } from './dropUnused';
import { firstSteps } from './guardBlock';
import { indentAt, newlineOf, NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';
import { addImport } from './importLines';

/**
 * QF10: `@testtools.skipUnless(CONF.validation.run_validation, …)` above a test that reaches the guest unguarded, in the words
 * that Tempest uses. Adds `import testtools` where it is missing; needs `CONF` in the module.
 */
export function guardTest(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const fn = findTest(file, finding.range);
  if (fn === null) return 'the guest is reached by a fixture, which a decorator of the test does not cover';
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const imported = addImport(file, { name: 'testtools', line: 'import testtools' });
  if (imported === null) return 'testtools means something else in this module';
  const isInside = ({ start, end }: TextRange): boolean => fn.body.some((one) => one.s <= start && end <= one.e);
  if (![finding.range, ...firstSteps(finding)].every(isInside))
    return 'a fixture of the test reaches the guest as well';
  const start = decoratorPlace(file, fn);
  const indent = indentAt(file, start);
  const newline = newlineOf(file);
  const decorator =
    `${indent}@testtools.skipUnless(CONF.validation.run_validation,${newline}` +
    `${indent}                      'Instance validation tests are disabled.')${newline}`;
  return [
    {
      id: 'QF10-skip',
      title: `Skip ${fn.name} when validation is off`,
      safe: false,
      note: 'A skipped test is no pass: where API checks remain, an inline `if CONF.validation.run_validation:` keeps them.',
      edits: [...imported, { uri: file.uri, range: { start, end: start }, newText: decorator }],
    },
  ];
}
