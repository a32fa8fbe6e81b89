import type { ModuleFacts, Stmt } from '../model/facts';
import type { TextEdit } from '../model/text';
import { bindsName } from './bindsName';
import { newlineOf, textBehind, type FixFile } from './fixContext';

/** A module-level import in the one-module-a-line form that hacking asks for (H301). */
export interface WantedImport {
  /** The name that the module binds by it. */
  readonly name: string;
  /** `import testtools` or `from tempest.lib import exceptions as lib_exc` */
  readonly line: string;
}

interface ImportLine {
  readonly statement: Stmt;
  /** What hacking sorts by (H306): `import x.y` and `from x import y` both count as `x.y`, in lower case. */
  readonly key: string;
}

/** Groups in the order in which Tempest keeps them, each behind a blank line. */
type Group = 'standard' | 'third-party' | 'own';

const STANDARD: ReadonlySet<string> = new Set(
  (
    'abc argparse ast base64 binascii collections contextlib copy csv datetime email enum errno fcntl fixtures functools glob hashlib http io ' +
    'ipaddress itertools json logging math multiprocessing operator os pathlib pprint queue random re select shlex shutil signal socket ssl ' +
    'stat string struct subprocess sys tarfile tempfile textwrap threading time traceback types typing unittest urllib uuid warnings xml zipfile'
  )
    .split(' ')
    .filter((name) => name !== 'fixtures'),
);

/**
 * The edit that imports a name, in hacking's alphabetical order and beside the imports of its own group. Nothing when the name is bound
 * already; null when the module has no plain import lines to stand among, or the name is bound to something else.
 */
export function addImport(file: FixFile, wanted: WantedImport): TextEdit[] | null {
  const key = keyOfLine(wanted.line);
  const lines = importLines(file.facts);
  if (lines.some((line) => line.key === key && bindsIt(line.statement, wanted.name))) return [];
  if (bindsName(file.facts, wanted.name)) return null;
  const newline = newlineOf(file);
  const group = groupOf(wanted.line, file);
  const peers = lines.filter(({ statement }) => groupOfStatement(statement, file) === group);
  const last = peers[peers.length - 1];
  // What stands together without a blank line is sorted together, whatever the groups (a plugin may not part them).
  const block = last === undefined ? [] : blockAround(file, lines, last);
  const previous = block.filter((line) => line.key < key).pop();
  if (previous !== undefined) return after(file, previous.statement, `${newline}${wanted.line}`);
  const next = block[0];
  if (next !== undefined) return at(file, next.statement.s, `${wanted.line}${newline}`);
  const earlier = lines.filter(({ statement }) => isBefore(groupOfStatement(statement, file), group)).pop();
  if (earlier !== undefined) return after(file, earlier.statement, `${newline}${newline}${wanted.line}`);
  const [first] = lines;
  return first === undefined ? null : at(file, first.statement.s, `${wanted.line}${newline}${newline}`);
}

/** The imports that stand line by line with this one. */
function blockAround(file: FixFile, lines: readonly ImportLine[], line: ImportLine): readonly ImportLine[] {
  const isNext = (a: ImportLine, b: ImportLine): boolean =>
    /^[^\n]*\n(?:[ \t]*#[^\n]*\n)*$/.test(file.text.slice(a.statement.e, b.statement.s));
  let start = lines.indexOf(line);
  let end = start;
  const at = (index: number): ImportLine => lines[index] ?? line;
  while (start > 0 && isNext(at(start - 1), at(start))) start--;
  while (end < lines.length - 1 && isNext(at(end), at(end + 1))) end++;
  return lines.slice(start, end + 1);
}

function importLines(facts: ModuleFacts): ImportLine[] {
  return facts.body.flatMap((statement): ImportLine[] => {
    if (statement.k === 'import') return [{ statement, key: (statement.names[0]?.name ?? '').toLowerCase() }];
    if (statement.k !== 'from') return [];
    return [{ statement, key: `${statement.module}.${statement.names[0]?.name ?? ''}`.toLowerCase() }];
  });
}

function keyOfLine(line: string): string {
  const [, from, name, plain] = /^(?:from (\S+) import (\S+)|import (\S+))/.exec(line) ?? [];
  return (plain ?? `${from ?? ''}.${name ?? ''}`).toLowerCase();
}

function bindsIt(statement: Stmt, name: string): boolean {
  if (statement.k !== 'import' && statement.k !== 'from') return false;
  return statement.names.some((one) => (one.as ?? one.name.split('.', 1)[0]) === name);
}

function groupOfStatement(statement: Stmt, file: FixFile): Group {
  return groupOf(file.text.slice(statement.s, statement.e), file);
}

function groupOf(line: string, file: FixFile): Group {
  const top = /^(?:from|import)\s+([\w.]*)/.exec(line)?.[1]?.split('.', 1)[0] ?? '';
  if (STANDARD.has(top)) return 'standard';
  return top === '' || file.uri.includes(`/${top}/`) ? 'own' : 'third-party';
}

function isBefore(a: Group, b: Group): boolean {
  const order: readonly Group[] = ['standard', 'third-party', 'own'];
  return order.indexOf(a) < order.indexOf(b);
}

function at(file: FixFile, offset: number, newText: string): TextEdit[] {
  return [{ uri: file.uri, range: { start: offset, end: offset }, newText }];
}

/** Behind the statement's line, a comment on it included. */
function after(file: FixFile, statement: Stmt, newText: string): TextEdit[] {
  return at(file, statement.e + textBehind(file, statement.e).length, newText);
}
