import type { Expr, FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextEdit } from '../model/text';
import { findNodePath, walkNodes, type NodePath, type SyntaxNode } from './findNode';
import { openFixFile, type FixContext, type FixFile } from './fixContext';

type Call = Extract<Expr, { k: 'call' }>;

/** Commands that print how many processors the guest has, and nothing else. */
const PROCESSOR_COUNTS: ReadonlySet<string> = new Set([
  'grep -c ^processor /proc/cpuinfo',
  "grep -c '^processor' /proc/cpuinfo",
  'cat /proc/cpuinfo | grep processor | wc -l',
  'cat /proc/cpuinfo | grep -c processor',
  'grep -c processor /proc/cpuinfo',
]);
const MAX_PLACES = 3;

/** QF2: a guest that is asked for its processors → the hypervisor's diagnostics; or a command that more guests have. */
export function askApiForProcessors(finding: Finding, context: FixContext): Fix[] {
  const file = openFixFile(finding.uri, context);
  if (file === null) return [];
  const path = findNodePath(file.facts, finding.range);
  const literal = path.nodes[path.nodes.length - 1];
  if (literal?.k !== 'str' || !PROCESSOR_COUNTS.has(literal.v.trim())) return [];
  return [...askDiagnostics(file, path), askGetconf(file, literal)];
}

function askDiagnostics(file: FixFile, path: NodePath): Fix[] {
  const literal = path.nodes[path.nodes.length - 1];
  const call = path.nodes[path.nodes.length - 2];
  const server = path.fn === null ? null : findServerId(path.fn, file);
  if (call?.k !== 'call' || call.args[0] !== literal || !isMethod(call, 'exec_command') || server === null) return [];
  const indent = continuationIndent(file, call.s);
  return [
    {
      title: 'Ask the server diagnostics for `num_cpus`',
      safe: false,
      note: "Needs `credentials = ['primary', 'admin']` and `min_microversion = '2.48'` on the class; asks the hypervisor, not the guest.",
      edits: [
        {
          uri: file.uri,
          range: { start: call.s, end: call.e },
          newText: `self.os_admin.servers_client.show_server_diagnostics(${indent}${server})['num_cpus']`,
        },
      ],
    },
  ];
}

function askGetconf(file: FixFile, literal: SyntaxNode): Fix {
  const quote = file.text.charAt(literal.e - 1);
  return {
    title: 'Ask `getconf _NPROCESSORS_ONLN`',
    safe: false,
    note: 'May work on glibc, BSD and macOS guests; BusyBox has no getconf.',
    edits: [
      {
        uri: file.uri,
        range: { start: literal.s, end: literal.e },
        newText: `${quote}getconf _NPROCESSORS_ONLN${quote}`,
      },
    ],
  };
}

/**
 * QF5: the disks that the guest lists → the attachments that Nova knows. The finding stands in the helper, so the calls of
 * `list_disks()` on the way there are rewritten, all of one function together: counts of both kinds cannot be compared.
 */
export function askApiForDisks(finding: Finding, context: FixContext): Fix[] {
  const fixes = new Map<string, Fix>();
  for (const step of [finding, ...finding.flows.flat()]) {
    const file = openFixFile(step.uri, context);
    if (file === null || fixes.size >= MAX_PLACES) continue;
    const { fn } = findNodePath(file.facts, step.range);
    if (fn === null || fixes.has(`${step.uri} ${fn.range.start}`)) continue;
    const fix = listAttachments(file, fn, step.range);
    if (fix !== null) fixes.set(`${step.uri} ${fn.range.start}`, fix);
  }
  return [...fixes.values()];
}

function listAttachments(
  file: FixFile,
  fn: FunctionFacts,
  at: { readonly start: number; readonly end: number },
): Fix | null {
  const calls = [...walkNodes(fn.body)].filter(
    (node): node is Call => node.k === 'call' && isMethod(node, 'list_disks') && node.args.length === 0,
  );
  const server = findServerId(fn, file);
  if (server === null || !calls.some((call) => call.s <= at.start && at.end <= call.e) || !onlyCounts(fn, calls))
    return null;
  const edits = calls.map((call): TextEdit => {
    const indent = continuationIndent(file, call.s);
    const newText = `self.servers_client.list_volume_attachments(${indent}${server})['volumeAttachments']`;
    return { uri: file.uri, range: { start: call.s, end: call.e }, newText };
  });
  return {
    title: `Count the volume attachments in ${fn.qualname}`,
    safe: false,
    note: 'Proves what Nova attached, no longer that the guest saw the disk.',
    edits,
  };
}

/** True when each list is kept in a name that is only ever counted: the entries are of another shape afterwards. */
function onlyCounts(fn: FunctionFacts, calls: readonly Call[]): boolean {
  const nodes = [...walkNodes(fn.body)];
  const kept = nodes.flatMap((node) =>
    node.k === 'assign' && calls.some((call) => call === node.value) ? [node] : [],
  );
  if (kept.length !== calls.length) return false;
  const names = new Set(kept.flatMap((one) => one.targets.map((target) => (target.k === 'name' ? target.id : ''))));
  const targets = new Set<SyntaxNode>(kept.flatMap((one) => one.targets));
  const counted = new Set<SyntaxNode>(
    nodes.flatMap((node) => (node.k === 'call' && node.fn.k === 'name' && node.fn.id === 'len' ? node.args : [])),
  );
  return nodes.every((node) => node.k !== 'name' || !names.has(node.id) || targets.has(node) || counted.has(node));
}

function isMethod(call: Call, name: string): boolean {
  return call.fn.k === 'attr' && call.fn.attr === name;
}

/** `server['id']` as the function writes it, when it speaks of exactly one server and is a method. */
function findServerId(fn: FunctionFacts, file: FixFile): string | null {
  if (fn.classIndex < 0 || fn.params[0]?.name !== 'self') return null;
  const written = new Set<string>();
  for (const node of walkNodes(fn.body)) {
    if (node.k === 'sub' && node.index.k === 'str' && node.index.v === 'id' && isServer(node.obj))
      written.add(file.text.slice(node.s, node.e));
    else if (node.k === 'name' && node.id === 'server') written.add("server['id']");
    else if (node.k === 'attr' && node.attr === 'server' && node.obj.k === 'name' && node.obj.id === 'self')
      written.add("self.server['id']");
  }
  const [only] = written;
  return written.size === 1 && only !== undefined ? only : null;
}

function isServer(node: Expr): boolean {
  return (node.k === 'name' && node.id === 'server') || (node.k === 'attr' && node.attr === 'server');
}

/** A line break and four blanks more than the line on which `offset` stands. */
function continuationIndent(file: FixFile, offset: number): string {
  let start = offset;
  while (start > 0 && file.text.charAt(start - 1) !== '\n') start--;
  const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
  return `${file.text.includes('\r\n') ? '\r\n' : '\n'}${indent}    `;
}
