import type { TextRange } from '../../model/text';
import { supposeCallbacks } from './callbacks';
import { CHANNEL_WRITERS, OPENS_CHANNEL, connectionOf, isChannel, noteInput, openChannel } from './channels';
import { isPasswordLogin, leadsToService, openConnection, readLogin } from './connections';
import { expectLogs, isExpectation, observeConsoleWrite } from './consoles';
import { readSequence } from './containers';
import { ec2RequestOf, observeEc2Request } from './ec2';
import { callTestMethod } from './testMethods';
import { observeStack, readTemplateFile } from './dataFiles';
import { dumpDocument, loadDocument } from './documents';
import { startProcess } from './hostProcesses';
import { makeMessage } from './mimeMessages';
import type { CallArguments, Frame, Machine } from './machine';
import { bindMethod } from './descriptors';
import { CONSOLE_WRITERS, PROCESS_STARTERS, SERVER_WAITERS, SINKS, type Sink } from './sinks';
import { concatenate, sureText, textsOf } from './texts';
import { UNKNOWN, constantText, plainText, type Alternative, type HeapObject, type Value } from './values';
import { emitBoot, observeApiCall, requestOfPath } from './apiCalls';

/** External functions that hand back their first argument, for what we ask of it. */
const IDENTITIES =
  /(^|\.)(deepcopy|copy|dedent|b64encode|b64decode|encode_as_text|encode_as_bytes|decode_as_text|text_type|u|b|ensure_str|ensure_text|to_text|quote|OrderedDict|cast|closing)$/;
/** External functions that take functions and do not call them. */
const NOT_CALLING =
  /(^|\.)(wraps|update_wrapper|patch|object|getLogger|debug|info|warning|error|exception|register_opt|NamedTuple)$/;

/** External functions that name the same file, command or data in another form. */
const SAME_PATH = /^(shlex\.split|os\.path\.(abspath|realpath|normpath)|yaml\.(safe_)?(dump|load))$/;
/** From a JSON or YAML text to what it says, and back. */
const LOADS_DOCUMENT = /(^|\.)(yaml\.(safe_)?load|json\.loads|jsonutils\.loads)$/;
const DUMPS_DOCUMENT = /(^|\.)(yaml\.(safe_)?dump|json\.dumps|jsonutils\.dumps)$/;
/** heatclient: `client.stacks.create(template=…)`. */
const STACK_REQUEST = /\.stacks\.(create|update)$/;

/** What a connection keeps of a login: enough to tell a machine of the cloud from a guest. */
const LOGIN_FIELDS = ['username', 'hostname', 'pkey', 'key_filename'];

/** Paramiko's client opens a channel of its own for a command, or for a shell that commands are typed into. */
const OPENS_WITH_COMMAND = /^paramiko\.(client\.)?SSHClient\(\)\.(exec_command|invoke_shell)$/;
const FILES_OF_COMMAND = /^paramiko\.(client\.)?SSHClient\(\)\.exec_command$/;

type External = Extract<Alternative, { k: 'ext' }>;

/** Calls something outside the project, known by the path that led to it. */
export function callExternal(m: Machine, target: External, args: CallArguments, frame: Frame, range: TextRange): Value {
  const { path, origin } = target;
  const connection = openConnection(path, args);
  if (connection) return [{ k: 'ext', path: `${path}()`, origin: connection }];
  if (OPENS_CHANNEL.test(path)) return [{ k: 'ext', path: `${path}()`, origin: openChannel(origin) }];
  const sink = findSink(path);
  if (sink) return useSink(m, target, sink, args, frame, range);
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (isChannel(origin) && CHANNEL_WRITERS.has(name)) noteInput(origin, textsOf(m.feasible(argument(args, 0, 's'))));
  if (isExpectation(path, name)) expectLogs([...args.args, ...args.kw.values()]);
  if (CONSOLE_WRITERS.has(name)) observeConsoleWrite(m, frame, range);
  const handled = callTestMethod(m, name, args, frame, range) ?? callKnown(m, path, name, args, frame, range);
  if (handled) return handled;
  if (!NOT_CALLING.test(path)) supposeCallbacks(m, args, frame, range);
  return [{ ...target, path: path.length < 200 ? `${path}()` : path }];
}

/** What the call does to the guest. @returns what it gives back: of a command that the client itself opens a channel for, its three files */
function useSink(m: Machine, target: External, sink: Sink, args: CallArguments, frame: Frame, range: TextRange): Value {
  const path = `${target.path}()`;
  const opens = OPENS_WITH_COMMAND.test(target.path);
  const origin = opens ? openChannel(target.origin) : target.origin;
  reachGuest(m, sink, origin, args, frame, range);
  const file: External = { k: 'ext', path, ...(origin && { origin }) };
  return FILES_OF_COMMAND.test(target.path) ? [{ k: 'seq', items: [[file], [file], [file]], rest: null }] : [file];
}

/** A command, a login or an upload over a connection; what machines of the cloud itself are asked is no demand on a guest. */
function reachGuest(
  m: Machine,
  sink: Sink,
  origin: HeapObject | undefined,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): void {
  const connection = connectionOf(origin);
  // Paramiko is told the account when it connects, Tempest's clients when they are made.
  const isConnect = sink.kind === 'login' && connection?.fields.has('password') !== true;
  const login = isConnect ? readLogin(args) : connection?.fields;
  if (connection && isConnect) {
    for (const name of LOGIN_FIELDS) m.heap.write(connection, name, login?.get(name) ?? UNKNOWN);
  }
  if (connection && leadsToService(connection)) return;
  const over = { ...(connection && { connection }), ...(isChannel(origin) && { channel: origin }) };
  // A client that opens its connection for a command logs in with it.
  const byPassword = login?.has('password') === true && isPasswordLogin(login);
  if (byPassword || sink.kind === 'login')
    m.emit('login', [], frame, range, byPassword ? { ...over, rule: 'IL202' } : over);
  if (sink.kind === 'login') return;
  const texts = sink.text ? textsOf(m.feasible(argument(args, sink.text.index, sink.text.keyword))) : [sureText([])];
  for (const { parts, when } of texts) m.under(when, () => m.emit(sink.kind, parts, frame, range, over));
}

const sinksByPath = new Map<string, Sink | null>();

/** The sink behind a path: the same few paths are called over and over. */
function findSink(path: string): Sink | null {
  let sink = sinksByPath.get(path);
  if (sink === undefined) sinksByPath.set(path, (sink = SINKS.find((one) => one.path.test(path)) ?? null));
  return sink;
}

function argument(args: CallArguments, index: number, keyword: string): Value {
  return args.args[index] ?? args.kw.get(keyword) ?? UNKNOWN;
}

function callKnown(
  m: Machine,
  path: string,
  name: string,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value | null {
  if (SERVER_WAITERS.has(path)) {
    emitBoot(m, args, frame, range);
    return UNKNOWN;
  }
  const request = requestOfPath(path);
  if (request !== null) return observeApiCall(m, request, args, frame, range);
  const ec2 = ec2RequestOf(path);
  const answer = ec2 === null ? null : observeEc2Request(m, ec2, args, frame, range);
  if (answer) return answer;
  if (PROCESS_STARTERS.test(path)) return startProcess(m, path, args, frame, range);
  if (isDecoratorCall(path, args)) return args.args[0] ?? UNKNOWN;
  if (name === 'partial') return makePartial(args);
  if (path === 'types.MethodType' && args.args[0] && args.args[1]) return bindMethod(args.args[0], args.args[1]);
  if (name === 'namedtuple') return makeNamedTuple(args);
  if (IDENTITIES.test(path)) return args.args[0] ?? UNKNOWN;
  if (path === 'os.path.join' || path === 'posixpath.join') return joinPath(args);
  if (path === 'os.path.dirname') return folderOf(args.args[0]);
  if (LOADS_DOCUMENT.test(path)) {
    const document = loadDocument(args.args[0]);
    if (document) return document;
  }
  if (DUMPS_DOCUMENT.test(path)) {
    const text = dumpDocument(args.args[0]);
    if (text) return text;
  }
  const message = path.startsWith('email.') ? makeMessage(name, args) : null;
  if (message) return message;
  if (SAME_PATH.test(path)) return args.args[0] ?? UNKNOWN;
  if (name === 'get_template_contents') return readTemplateFile(m, args);
  if (STACK_REQUEST.test(path)) {
    observeStack(m, args, frame, range);
    return UNKNOWN;
  }
  if (name === 'import_module') return importModule(m, args);
  return null;
}

/** What a call outside the project returned is called with one function: a decorator, which gives back what works like it. */
function isDecoratorCall(path: string, args: CallArguments): boolean {
  const [only] = args.args;
  if (!path.endsWith('()') || args.args.length !== 1 || args.kw.size > 0 || !only) return false;
  return path.endsWith('wraps()') || (only.length > 0 && only.every((alternative) => alternative.k === 'fn'));
}

function makePartial(args: CallArguments): Value {
  const [fn, ...rest] = args.args;
  return fn ? [{ k: 'partial', fn, args: rest, kw: args.kw }] : UNKNOWN;
}

function makeNamedTuple(args: CallArguments): Value {
  const [name, fields] = args.args;
  const listed = fields ? constantText(fields) : null;
  const names =
    listed !== null
      ? listed.split(/[,\s]+/)
      : fields
        ? readSequence(fields).items.map((item) => constantText(item) ?? '')
        : [];
  return [
    { k: 'namedtuple', name: (name ? constantText(name) : null) ?? '', fields: names.filter((field) => field !== '') },
  ];
}

/** The folder of a file whose path is known. */
function folderOf(path: Value | undefined): Value {
  const text = path ? constantText(path) : null;
  return text === null ? UNKNOWN : plainText(text.slice(0, Math.max(text.lastIndexOf('/'), 0)));
}

function joinPath(args: CallArguments): Value {
  const slash = sureText([{ kind: 'literal', text: '/', uri: '', segments: [] }]);
  return concatenate(args.args.flatMap((value, i) => (i > 0 ? [[slash], textsOf(value)] : [textsOf(value)])));
}

function importModule(m: Machine, args: CallArguments): Value {
  const name = args.args[0] ? constantText(args.args[0]) : null;
  const module = name === null ? undefined : m.project.moduleNamed(name);
  return module ? [{ k: 'module', module }] : UNKNOWN;
}
