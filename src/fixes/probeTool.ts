import type { FunctionFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import { isMethodCall, type Call } from './askInstead';
import { findNodePath, walkNodes } from './findNode';
import {
  indentAt,
  MAX_COLUMNS,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  textBefore,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { addImport } from './importLines';
import { findStatement } from './walkBlocks';

/** The tools that a test may do without: it asks for them and skips. */
const TOOLS: ReadonlySet<string> = new Set(['curl', 'wget', 'nc', 'ncat', 'netcat']);

/** Asks whether the image carries a tool before the first command of the method, and skips the test when it does not. */
export function probeTool(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const tool = /^[\w.-]+/.exec(file.text.slice(finding.range.start, finding.range.end))?.[0] ?? '';
  if (!TOOLS.has(tool)) return 'the name of the tool is put together from parts';
  const { fn } = findNodePath(file.facts, finding.range);
  if (fn === null || fn.classIndex < 0 || fn.params[0]?.name !== 'self')
    return 'the command stands in a nested function, where a skip would come too late';
  if (!holdsTests(file, fn)) return 'the command stands in a helper, which cannot skip a test';
  const call = findCommand(fn, finding);
  const statement = call === null ? null : findStatement(fn, { start: call.s, end: call.e })?.statement;
  if (call === null || statement === null || statement === undefined || textBefore(file, statement.s).trim() !== '')
    return 'which call runs the command is not plain';
  const known = nameOfExceptions(file);
  const exceptions = known ?? 'lib_exc';
  const imported =
    known === null ? addImport(file, { name: 'lib_exc', line: 'from tempest.lib import exceptions as lib_exc' }) : [];
  if (imported === null) return 'lib_exc means something else in this module';
  const indent = indentAt(file, statement.s);
  const client = call.fn.k === 'attr' ? file.text.slice(call.fn.obj.s, call.fn.obj.e) : '';
  const lines = [
    'try:',
    `    ${client}.exec_command('command -v ${tool}')`,
    `except ${exceptions}.SSHExecCommandFailed:`,
    `    raise self.skipException('The image does not carry ${tool}')`,
  ];
  if (client.includes('\n') || lines.some((line) => indent.length + line.length > MAX_COLUMNS))
    return 'the probe would not fit into 79 columns';
  const start = statement.s;
  const newText = lines.map((line, i) => `${i === 0 ? '' : indent}${line}${newlineOf(file)}`).join('') + indent;
  return [
    {
      id: 'probe-and-skip',
      title: `Skip the test when the image has no ${tool}`,
      safe: false,
      note: 'A skipped test is no pass; where the API proves the same, that is worth more.',
      edits: [...imported, { uri: file.uri, range: { start, end: start }, newText }],
    },
  ];
}

/** The name by which the module imports Tempest's exceptions already. */
function nameOfExceptions({ facts }: FixFile): string | null {
  for (const statement of facts.body) {
    if (statement.k !== 'from' || statement.module !== 'tempest.lib' || statement.level > 0) continue;
    const found = statement.names.find(({ name }) => name === 'exceptions');
    if (found !== undefined) return found.as ?? found.name;
  }
  return null;
}

function holdsTests(file: FixFile, fn: FunctionFacts): boolean {
  return file.facts.functions.some((one) => one.classIndex === fn.classIndex && one.name.startsWith('test'));
}

/** The `exec_command` that gets the text: in its own argument, or by the name that the text was given. */
function findCommand(fn: FunctionFacts, finding: Finding): Call | null {
  const commands = [...walkNodes(fn.body)].filter(
    (node): node is Call => node.k === 'call' && isMethodCall(node, 'exec_command'),
  );
  const direct = commands.find((call) => call.s <= finding.range.start && finding.range.end <= call.e);
  if (direct !== undefined) return direct;
  for (const node of walkNodes(fn.body)) {
    const [target] = node.k === 'assign' ? node.targets : [];
    if (node.k !== 'assign' || node.s > finding.range.start || node.e < finding.range.end || target?.k !== 'name')
      continue;
    const runs = commands.filter(({ args }) => args[0]?.k === 'name' && args[0].id === target.id);
    return runs[0] ?? null;
  }
  return null;
}
