import type { ClassFacts, Expr, FunctionFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import { positionAt, type TextEdit } from '../model/text';
import { isMethodCall, TOO_LONG } from './askInstead';
import { bindsName } from './bindsName';
import { findNodePath, walkNodes } from './findNode';
import {
  indentAt,
  MAX_COLUMNS,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  textBehind,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { addImport } from './importLines';
import { whyNotLinuxAlone } from './skipBySystem';

const CONFIG_MODULE = 'tempest.config';
const GROUP = 'ValidationGroup';
const OPTION = 'guest_system';
/** What the commands of today are written for. */
const SYSTEM = 'linux';

/**
 * A method of a guest client that only Linux answers → a strategy behind an option, as `scenario.dhcp_client` is one: the method keeps its
 * name and picks `_<name>_<system>`, the old body becomes `_<name>_linux`, and an empty option skips the test. The option goes into Tempest's
 * config.py where it is not there yet, so other systems can be added method by method.
 */
export function dispatchBySystem(finding: Finding, context: FixContext): Offer {
  const reason = whyNotLinuxAlone(finding.rule);
  if (reason !== null) return reason;
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { fn } = findNodePath(file.facts, finding.range);
  const cls = fn === null ? undefined : file.facts.classes[fn.classIndex];
  if (fn === null || cls === undefined || !isClientMethod(fn))
    return 'the command stands in no method of a guest client';
  if (fn.name.startsWith('_') || fn.decorators.length > 0) return 'the method is private or decorated already';
  const strategy = `_${fn.name}_${SYSTEM}`;
  if (file.facts.functions.some(({ qualname }) => qualname === `${cls.qualname}.${strategy}`))
    return 'the class has such a strategy already';
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const option = addOption(file, context);
  if (typeof option === 'string') return option;
  const imported = addImport(file, { name: 'unittest', line: 'import unittest' });
  const dispatcher = writeDispatcher(file, fn, cls);
  if (imported === null || dispatcher === null) return imported === null ? 'unittest means something else' : TOO_LONG;
  return [
    {
      id: 'dispatch-os',
      title: `Choose ${fn.qualname} by CONF.validation.${OPTION}`,
      safe: false,
      note: `Linux is asked as before; other systems can be added beside ${strategy}, and an empty option skips the test, which is no pass.`,
      edits: [...option, ...imported, { uri: file.uri, range: fn.nameRange, newText: strategy }, dispatcher],
      keepsFinding: true,
      onlyByHand: true,
    },
  ];
}

/** True for a method that runs commands through its own object. */
function isClientMethod(fn: FunctionFacts): boolean {
  const self = fn.params[0]?.name;
  return [...walkNodes(fn.body)].some(
    (node) =>
      node.k === 'call' &&
      isMethodCall(node, 'exec_command') &&
      node.fn.k === 'attr' &&
      node.fn.obj.k === 'name' &&
      node.fn.obj.id === self,
  );
}

/** The option at the end of its group in Tempest's own config.py; nothing when it is there. Plugins do not add options to Tempest. */
function addOption(file: FixFile, context: FixContext): TextEdit[] | string {
  const uri = context.uriOfModule?.(CONFIG_MODULE);
  const config = uri === undefined ? null : openFixFile(uri, context);
  if (config === null) return `${CONFIG_MODULE} is not indexed`;
  if (!file.uri.startsWith(config.uri.slice(0, config.uri.lastIndexOf('/') + 1)))
    return 'a plugin adds no option to Tempest';
  const options = findGroup(config);
  const last = options?.items[options.items.length - 1];
  if (options === null || last === undefined) return `${CONFIG_MODULE} has no list ${GROUP}`;
  if (options.items.some((item) => item.k === 'call' && item.args[0]?.k === 'str' && item.args[0].v === OPTION))
    return [];
  const newline = newlineOf(config);
  const indent = indentAt(config, last.s);
  const lines = [
    `cfg.StrOpt('${OPTION}',`,
    `           default='${SYSTEM}',`,
    `           choices=['${SYSTEM}', ''],`,
    `           help='System of the guests, by which the commands that are run '`,
    `                'in them are chosen. If left empty, tests that would run '`,
    `                'commands of one system are skipped.'),`,
  ];
  const tail = config.text.slice(last.e, options.e - 1);
  const [, comma = ''] = /^(\s*,)/.exec(tail) ?? [];
  const behind = last.e + comma.length;
  if (textBehind(config, behind).trim() !== '') return `the last option of ${GROUP} shares its line`;
  const newText = `${comma === '' ? ',' : ''}${lines.map((line) => `${newline}${indent}${line}`).join('')}`;
  return [{ uri: config.uri, range: { start: behind, end: behind }, newText }];
}

function findGroup(config: FixFile): Extract<Expr, { k: 'list' | 'tuple' | 'set' }> | null {
  for (const statement of config.facts.body) {
    if (statement.k !== 'assign' || statement.value.k !== 'list') continue;
    if (statement.targets.some((target) => target.k === 'name' && target.id === GROUP)) return statement.value;
  }
  return null;
}

/** The method of the old name, behind the old body. Null when its lines would be too long. */
function writeDispatcher(file: FixFile, fn: FunctionFacts, cls: ClassFacts): TextEdit | null {
  const body = fn.body[fn.body.length - 1];
  if (body === undefined || cls.range.end < body.e) return null;
  const end = body.e + textBehind(file, body.e).length;
  const indent = indentAt(file, fn.nameRange.start);
  const step = indent === '' ? '    ' : indent;
  const signature = readSignature(file, fn);
  const newline = newlineOf(file);
  const lines = [
    `def ${fn.name}${signature}:`,
    `${step}"""Asks the guest as validation.${OPTION} says"""`,
    `${step}if not CONF.validation.${OPTION}:`,
    `${step}    raise unittest.SkipTest('validation.${OPTION} is empty')`,
    `${step}return getattr(`,
    `${step}    self, '_${fn.name}_' + CONF.validation.${OPTION})(${passOn(fn)})`,
  ].map((line) => (line === '' ? '' : `${indent}${line}`));
  const isLong = lines.some((line) => line.split(/\r?\n/).some((one) => one.length > MAX_COLUMNS));
  if (signature === '' || isLong || fn.params[0]?.name !== 'self') return null;
  return {
    uri: file.uri,
    range: { start: end, end },
    newText: `${newline}${lines.map((l) => `${newline}${l}`).join('')}`,
  };
}

/** `(self, nic='')` as written; "" when the end of it is not plain. */
function readSignature(file: FixFile, fn: FunctionFacts): string {
  const [first] = fn.body;
  if (first === undefined || positionAt(file.facts.lineStarts, first.s).line === 0) return '';
  const head = file.text.slice(fn.nameRange.end, first.s);
  const end = head.lastIndexOf('):');
  const signature = head.slice(0, end + 1);
  return end < 0 || /#|->/.test(signature) ? '' : signature;
}

function passOn(fn: FunctionFacts): string {
  const written: Record<FunctionFacts['params'][number]['kind'], (name: string) => string> = {
    plain: (name) => name,
    kwonly: (name) => `${name}=${name}`,
    star: (name) => `*${name}`,
    dstar: (name) => `**${name}`,
  };
  return fn.params
    .slice(1)
    .map(({ kind, name }) => written[kind](name))
    .join(', ');
}
