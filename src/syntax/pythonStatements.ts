import type { Expr, ImportedName, KeywordArg, Stmt } from '../model/facts';
import type { PythonReader } from './pythonReader';
import { readArguments, readExpression, readParameters } from './pythonExpressions';

type StatementReader = (reader: PythonReader, into: Stmt[]) => void;

/** Reads the statements below the node under the cursor (a module, a block or a stretch with syntax errors). */
export function readBlock(reader: PythonReader): Stmt[] {
  const into: Stmt[] = [];
  reader.forEachChild((type) => readStatement(reader, type, into));
  return into;
}

function readStatement(reader: PythonReader, type: string, into: Stmt[]): void {
  const read = STATEMENT_READERS[type];
  if (read) read(reader, into);
  else if (type === 'ERROR') {
    reader.errors.push({ start: reader.start, end: reader.end });
    // What stands inside a stretch that does not parse may still be whole statements.
    reader.forEachChild((inner) => readStatement(reader, inner, into));
  }
}

function readExpressionStatement(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const items: Expr[] = [];
  let handled = false;
  reader.forEachChild((type) => {
    if (type === 'assignment') {
      readAssignment(reader, into);
      handled = true;
    } else if (type === 'augmented_assignment') {
      readAugmented(reader, into);
      handled = true;
    } else items.push(readExpression(reader));
  });
  const [first] = items;
  if (handled || !first) return;
  into.push({ k: 'expr', x: items.length > 1 ? { k: 'tuple', items, s, e } : first, s, e });
}

function readAssignment(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const targets: Expr[] = [];
  const value = readAssignmentChain(reader, targets);
  if (value) into.push({ k: 'assign', targets, value, s, e });
}

/** `a = b = value`: the grammar nests assignments on the right. */
function readAssignmentChain(reader: PythonReader, targets: Expr[]): Expr | null {
  let value: Expr | null = null;
  reader.forEachChild((type) => {
    const field = reader.field;
    if (field === 'left') targets.push(readExpression(reader));
    else if (field === 'right') {
      value = type === 'assignment' ? readAssignmentChain(reader, targets) : readExpression(reader);
    }
  });
  return value;
}

function readAugmented(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const operands: Expr[] = [];
  let op = '';
  reader.forEachToken((type, named) => {
    if (named) operands.push(readExpression(reader));
    else op = type.replace(/=$/, '');
  });
  const [target, value] = operands;
  if (target && value) into.push({ k: 'aug', target, op, value, s, e });
}

function readFirstExpression(reader: PythonReader): Expr | null {
  let first: Expr | null = null;
  reader.forEachChild(() => {
    if (first === null) first = readExpression(reader);
  });
  return first;
}

function readIf(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  let test: Expr | null = null;
  let body: Stmt[] = [];
  const orelse: Stmt[] = [];
  // An `elif` nests: later alternatives belong to the innermost one.
  let innermost = orelse;
  reader.forEachChild((type) => {
    if (type === 'block') body = readBlock(reader);
    else if (type === 'elif_clause') {
      const branch: Stmt[] = [];
      readIf(reader, branch);
      innermost.push(...branch);
      const [nested] = branch;
      if (nested?.k === 'if') innermost = nested.orelse as Stmt[];
    } else if (type === 'else_clause') innermost.push(...readClauseBlock(reader));
    else if (type === 'ERROR') readStatement(reader, type, into);
    else if (test === null) test = readExpression(reader);
  });
  into.push({ k: 'if', test: test ?? { k: 'unknown', s, e: s }, body, orelse, s, e });
}

function readClauseBlock(reader: PythonReader): Stmt[] {
  const body: Stmt[] = [];
  reader.forEachChild((type) => {
    if (type === 'block') body.push(...readBlock(reader));
    else if (type === 'ERROR') readStatement(reader, type, body);
  });
  return body;
}

/** `match` becomes a chain of conditions that are not known: each case may run. */
function readMatch(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const subjects: Expr[] = [];
  const cases: Stmt[][] = [];
  reader.forEachChild((type) => {
    if (type === 'block')
      reader.forEachChild((inner) => inner === 'case_clause' && cases.push(readClauseBlock(reader)));
    else if (type === 'case_clause') cases.push(readClauseBlock(reader));
    else subjects.push(readExpression(reader));
  });
  for (const x of subjects) into.push({ k: 'expr', x, s: x.s, e: x.e });
  let orelse: Stmt[] = [];
  for (const body of cases.reverse()) orelse = [{ k: 'if', test: { k: 'unknown', s, e: s }, body, orelse, s, e }];
  into.push(...orelse);
}

function readFor(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const parts: Expr[] = [];
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  reader.forEachChild((type) => {
    if (type === 'block') body = readBlock(reader);
    else if (type === 'else_clause') orelse = readClauseBlock(reader);
    else parts.push(readExpression(reader));
  });
  const [target, iter] = parts;
  if (target && iter) into.push({ k: 'for', target, iter, body, orelse, s, e });
  else into.push(...body);
}

function readWhile(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  let test: Expr | null = null;
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  reader.forEachChild((type) => {
    if (type === 'block') body = readBlock(reader);
    else if (type === 'else_clause') orelse = readClauseBlock(reader);
    else test = readExpression(reader);
  });
  into.push({ k: 'while', test: test ?? { k: 'unknown', s, e: s }, body, orelse, s, e });
}

type TryStatement = Extract<Stmt, { k: 'try' }>;

function readTry(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  let final: Stmt[] = [];
  const handlers: TryStatement['handlers'][number][] = [];
  reader.forEachChild((type) => {
    if (type === 'block') body = readBlock(reader);
    else if (type === 'except_clause' || type === 'except_group_clause') handlers.push(readHandler(reader));
    else if (type === 'else_clause') orelse = readClauseBlock(reader);
    else if (type === 'finally_clause') final = readClauseBlock(reader);
  });
  into.push({ k: 'try', body, handlers, orelse, final, s, e });
}

/** `except T as name`, and Python 2's `except T, name`. */
function readHandler(reader: PythonReader): TryStatement['handlers'][number] {
  let type: Expr | null = null;
  let name: string | null = null;
  let body: Stmt[] = [];
  reader.forEachChild((childType) => {
    if (childType === 'block') body = readBlock(reader);
    else if (childType === 'as_pattern') {
      reader.forEachChild((inner) => {
        if (inner === 'as_pattern_target') name = reader.nodeText;
        else type = readExpression(reader);
      });
    } else if (type === null) type = readExpression(reader);
    else if (childType === 'identifier') name = reader.nodeText;
  });
  return { type, name, body };
}

function readWith(reader: PythonReader, into: Stmt[]): void {
  const s = reader.start;
  const e = reader.end;
  const items: { context: Expr; target: Expr | null }[] = [];
  let body: Stmt[] = [];
  const readItem = (): void => {
    let context: Expr | null = null;
    let target: Expr | null = null;
    reader.forEachChild((type) => {
      if (type !== 'as_pattern') context = readExpression(reader);
      else
        reader.forEachChild((inner) => {
          if (inner === 'as_pattern_target') target = readExpression(reader);
          else context = readExpression(reader);
        });
    });
    if (context) items.push({ context, target });
  };
  reader.forEachChild((type) => {
    if (type === 'block') body = readBlock(reader);
    else if (type === 'with_clause') reader.forEachChild((inner) => inner === 'with_item' && readItem());
  });
  into.push({ k: 'with', items, body, s, e });
}

/** Reads the `def` under the cursor; `decorators` and `start` come from a decorated definition. */
function readFunction(reader: PythonReader, into: Stmt[], decorators: readonly Expr[], start: number): void {
  const e = reader.end;
  const index = reader.functions.length;
  // The place is taken before the body is read, so that functions stay in source order.
  reader.functions.push(undefined as never);
  const { scopePrefix, classIndex, yields } = reader;
  let name = '';
  let nameRange = { start: reader.start, end: reader.start };
  let params: ReturnType<typeof readParameters> = [];
  const body: Stmt[] = [];
  reader.yields = false;
  reader.forEachChild((type) => {
    if (type === 'identifier' && name === '') {
      name = reader.nodeText;
      nameRange = { start: reader.start, end: reader.end };
      reader.scopePrefix = `${scopePrefix}${name}.<locals>.`;
      reader.classIndex = -1;
    } else if (type === 'parameters') params = readParameters(reader);
    else if (type === 'block') body.push(...readBlock(reader));
    else if (type === 'ERROR') readStatement(reader, type, body);
  });
  const qualname = scopePrefix + name;
  const range = { start, end: e };
  reader.functions[index] = {
    name,
    qualname,
    params,
    decorators,
    body,
    yields: reader.yields,
    nameRange,
    range,
    classIndex,
  };
  reader.scopePrefix = scopePrefix;
  reader.classIndex = classIndex;
  reader.yields = yields;
  into.push({ k: 'def', index, s: start, e });
}

function readClass(reader: PythonReader, into: Stmt[], decorators: readonly Expr[], start: number): void {
  const e = reader.end;
  const index = reader.classes.length;
  reader.classes.push(undefined as never);
  const { scopePrefix, classIndex } = reader;
  let name = '';
  let nameRange = { start: reader.start, end: reader.start };
  const bases: Expr[] = [];
  const keywords: KeywordArg[] = [];
  const body: Stmt[] = [];
  reader.forEachChild((type) => {
    if (type === 'identifier' && name === '') {
      name = reader.nodeText;
      nameRange = { start: reader.start, end: reader.end };
      reader.scopePrefix = `${scopePrefix}${name}.`;
      reader.classIndex = index;
    } else if (type === 'argument_list') readArguments(reader, bases, keywords);
    else if (type === 'block') body.push(...readBlock(reader));
    else if (type === 'ERROR') readStatement(reader, type, body);
  });
  reader.classes[index] = {
    name,
    qualname: scopePrefix + name,
    bases,
    keywords,
    decorators,
    body,
    nameRange,
    range: { start, end: e },
  };
  reader.scopePrefix = scopePrefix;
  reader.classIndex = classIndex;
  into.push({ k: 'class', index, s: start, e });
}

function readDecorated(reader: PythonReader, into: Stmt[]): void {
  const start = reader.start;
  const decorators: Expr[] = [];
  reader.forEachChild((type) => {
    if (type === 'decorator') {
      const decorator = readFirstExpression(reader);
      if (decorator) decorators.push(decorator);
    } else if (type === 'function_definition') readFunction(reader, into, decorators, start);
    else if (type === 'class_definition') readClass(reader, into, decorators, start);
  });
}

function readImportedName(reader: PythonReader, type: string): ImportedName {
  if (type !== 'aliased_import') return { name: reader.nodeText, as: null };
  let name = '';
  let alias: string | null = null;
  reader.forEachChild((childType) => {
    if (childType === 'dotted_name') name = reader.nodeText;
    else if (childType === 'identifier') alias = reader.nodeText;
  });
  return { name, as: alias };
}

function readImport(reader: PythonReader, into: Stmt[]): void {
  const names: ImportedName[] = [];
  reader.forEachChild((type) => names.push(readImportedName(reader, type)));
  into.push({ k: 'import', names, s: reader.start, e: reader.end });
}

function readFromImport(reader: PythonReader, into: Stmt[]): void {
  let module = '';
  let level = 0;
  let sawModule = false;
  const names: ImportedName[] = [];
  reader.forEachChild((type) => {
    if (!sawModule) {
      sawModule = true;
      const text = reader.nodeText.replace(/\s/g, '');
      level = /^\.*/.exec(text)?.[0].length ?? 0;
      module = text.slice(level);
    } else if (type === 'wildcard_import') names.push({ name: '*', as: null });
    else names.push(readImportedName(reader, type));
  });
  into.push({ k: 'from', module, level, names, s: reader.start, e: reader.end });
}

function readNames(reader: PythonReader, into: Stmt[]): void {
  const names: string[] = [];
  reader.forEachChild((type) => type === 'identifier' && names.push(reader.nodeText));
  into.push({ k: 'global', names, s: reader.start, e: reader.end });
}

function readDelete(reader: PythonReader, into: Stmt[]): void {
  const target = readFirstExpression(reader);
  if (!target) return;
  into.push({ k: 'del', targets: target.k === 'tuple' ? target.items : [target], s: reader.start, e: reader.end });
}

function readWithExpression(k: 'return' | 'raise'): StatementReader {
  return (reader, into) => into.push({ k, x: readFirstExpression(reader), s: reader.start, e: reader.end });
}

const STATEMENT_READERS: Readonly<Record<string, StatementReader | undefined>> = {
  expression_statement: readExpressionStatement,
  return_statement: readWithExpression('return'),
  raise_statement: readWithExpression('raise'),
  if_statement: readIf,
  match_statement: readMatch,
  for_statement: readFor,
  while_statement: readWhile,
  try_statement: readTry,
  with_statement: readWith,
  function_definition: (reader, into) => readFunction(reader, into, [], reader.start),
  class_definition: (reader, into) => readClass(reader, into, [], reader.start),
  decorated_definition: readDecorated,
  import_statement: readImport,
  import_from_statement: readFromImport,
  global_statement: readNames,
  nonlocal_statement: readNames,
  delete_statement: readDelete,
  assert_statement: (reader, into) => {
    const x = readFirstExpression(reader);
    if (x) into.push({ k: 'assert', x, s: reader.start, e: reader.end });
  },
  break_statement: (reader, into) => into.push({ k: 'break', s: reader.start, e: reader.end }),
  continue_statement: (reader, into) => into.push({ k: 'continue', s: reader.start, e: reader.end }),
  // A statement that lost its place because of a syntax error nearby.
  block: (reader, into) => reader.forEachChild((type) => readStatement(reader, type, into)),
};
