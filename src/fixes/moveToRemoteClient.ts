import type { ClassFacts, Expr, FunctionFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import type { TextEdit } from '../model/text';
import { isMethodCall } from './askInstead';
import { findNodePath, walkNodes } from './findNode';
import { newlineOf, NOT_INDEXED, openFixFile, type FixContext, type FixFile, type Offer } from './fixContext';

const MODULE = 'tempest.common.utils.linux.remote_client';
const CLASS = 'RemoteClient';

/** Names for methods that run one command each, as far as a good name is plain. */
const METHODS: Readonly<Record<string, string>> = {
  hostname: 'get_hostname',
  'uname -n': 'get_hostname',
  'grep -c ^processor /proc/cpuinfo': 'get_number_of_vcpus',
  sync: 'sync_disks',
  'ip a': 'list_addresses',
  'ip addr': 'list_addresses',
  'ip address': 'list_addresses',
};

/** Moves a command from a test into a method of Tempest's RemoteClient: one place then knows how the guest is asked. Edits two files. */
export function moveToRemoteClient(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { fn, nodes } = findNodePath(file.facts, finding.range);
  const literal = nodes[nodes.length - 1];
  const call = nodes[nodes.length - 2];
  if (fn === null || literal?.k !== 'str' || call?.k !== 'call' || !isMethodCall(call, 'exec_command'))
    return 'the command is no argument of exec_command';
  const method = METHODS[literal.v.trim()];
  if (method === undefined || call.args.length !== 1 || call.kw.length > 0) return 'the command has no name of its own';
  if (call.fn.k !== 'attr' || !isRemoteClient(file, fn, call.fn.obj))
    return 'the client is not known to be a RemoteClient';
  const home = openHome(context);
  if (home === null || home.file.uri === file.uri) return 'the module of RemoteClient is not indexed';
  const written = file.text.slice(literal.s, literal.e);
  if (written.includes('\n')) return 'the command is written over several lines';
  const edit = { uri: file.uri, range: { start: call.fn.obj.e, end: call.e }, newText: `.${method}()` };
  const added = hasMethod(home.file, home.cls, method) ? [] : appendMethod(home.file, home.cls, method, written);
  return [
    {
      id: 'move-to-client',
      title: `Move the command into ${CLASS}.${method}`,
      safe: false,
      note: 'The guest is asked as before, from one place that can learn other systems.',
      edits: [edit, ...added],
      mayLeave: [finding.rule],
    },
  ];
}

function openHome(context: FixContext): { file: FixFile; cls: ClassFacts } | null {
  const uri = context.uriOfModule?.(MODULE);
  const file = uri === undefined ? null : openFixFile(uri, context);
  const cls = file?.facts.classes.find(({ qualname }) => qualname === CLASS);
  return file === null || cls === undefined ? null : { file, cls };
}

/** The client comes from the class that the module imports, or from the scenario base, which gives the same one. */
function isRemoteClient(file: FixFile, fn: FunctionFacts, client: Expr): boolean {
  if (client.k !== 'name') return false;
  const imported = file.facts.body.some(
    (one) =>
      one.k === 'from' &&
      one.level === 0 &&
      `${one.module}.${one.names[0]?.name ?? ''}` === MODULE &&
      one.names[0]?.as === null,
  );
  const values = [...walkNodes(fn.body)].flatMap((node) =>
    node.k === 'assign' && node.targets.some((target) => target.k === 'name' && target.id === client.id)
      ? [node.value]
      : [],
  );
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        value.k === 'call' &&
        value.fn.k === 'attr' &&
        ((imported && value.fn.attr === CLASS && value.fn.obj.k === 'name' && value.fn.obj.id === 'remote_client') ||
          (value.fn.attr === 'get_remote_client' && value.fn.obj.k === 'name' && value.fn.obj.id === 'self')),
    )
  );
}

function hasMethod(file: FixFile, cls: ClassFacts, name: string): boolean {
  return file.facts.functions.some((fn) => fn.name === name && fn.qualname === `${cls.qualname}.${name}`);
}

function appendMethod(file: FixFile, cls: ClassFacts, name: string, command: string): TextEdit[] {
  const last = cls.body[cls.body.length - 1];
  const end = last?.e ?? cls.range.end;
  const newline = newlineOf(file);
  const lines = ['', '', `    def ${name}(self):`, `        return self.exec_command(${command})`];
  return [{ uri: file.uri, range: { start: end, end }, newText: lines.join(newline) }];
}
