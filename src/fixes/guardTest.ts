import type { Finding, Fix } from '../model/finding';
import { positionAt, type TextEdit } from '../model/text';
import { bindsName } from './bindsName';
import { findNodePath } from './findNode';
import { openFixFile, type FixContext, type FixFile } from './fixContext';

/**
 * QF10: `@testtools.skipUnless(CONF.validation.run_validation, …)` above a test that reaches the guest unguarded, in the words
 * that Tempest uses. Adds `import testtools` where it is missing; needs `CONF` in the module.
 */
export function guardTest(finding: Finding, context: FixContext): Fix[] {
  const file = openFixFile(finding.uri, context);
  if (file === null || !bindsName(file.facts, 'CONF')) return [];
  const { fn } = findNodePath(file.facts, finding.range);
  if (fn === null || !fn.name.startsWith('test') || fn.classIndex < 0) return [];
  const importEdit = bindsName(file.facts, 'testtools') ? [] : importTesttools(file);
  if (importEdit === null) return [];
  const line = positionAt(file.facts.lineStarts, fn.nameRange.start).line;
  const start = file.facts.lineStarts[line] ?? 0;
  const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const decorator =
    `${indent}@testtools.skipUnless(CONF.validation.run_validation,${newline}` +
    `${indent}                      'Instance validation tests are disabled.')${newline}`;
  return [
    {
      title: `Skip ${fn.name} when validation is off`,
      safe: false,
      note: 'A skipped test is no pass: where API checks remain, an inline `if CONF.validation.run_validation:` keeps them.',
      edits: [...importEdit, { uri: file.uri, range: { start, end: start }, newText: decorator }],
    },
  ];
}

/**
 * Before the first import of another third-party or local module (`from x import`), where Tempest keeps its plain imports;
 * null when the module has no import to stand beside.
 */
function importTesttools(file: FixFile): TextEdit[] | null {
  const imports = file.facts.body.filter((statement) => statement.k === 'import' || statement.k === 'from');
  const after = imports.filter((one) => one.k === 'import' || one.module.startsWith('oslo')).pop();
  const anchor = after ?? imports[0];
  if (anchor === undefined) return null;
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const edit = (offset: number, newText: string): TextEdit[] => [
    { uri: file.uri, range: { start: offset, end: offset }, newText },
  ];
  if (after === undefined) return edit(anchor.s, `import testtools${newline}${newline}`);
  return edit(anchor.e, `${newline}import testtools`);
}
