import type { Expr, KeywordArg, Param } from '../model/facts';
import type { PythonReader } from './pythonReader';
import { readString } from './pythonStrings';

type ExpressionReader = (reader: PythonReader) => Expr;

/** Reads the expression under the cursor. Every kind that is not understood becomes `unknown` with its range. */
export function readExpression(reader: PythonReader): Expr {
  const read = EXPRESSION_READERS[reader.type];
  return read ? read(reader) : reader.unknown();
}

function readChildren(reader: PythonReader): Expr[] {
  const items: Expr[] = [];
  reader.forEachChild(() => items.push(readExpression(reader)));
  return items;
}

function readNumber(reader: PythonReader): Expr {
  const token = reader.nodeText.replace(/[_lLjJ]/g, '');
  const value = /^0[0-7]+$/.test(token) ? Number.parseInt(token, 8) : Number(token);
  return { k: 'num', v: value, s: reader.start, e: reader.end };
}

function readAttribute(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  let obj: Expr | null = null;
  let attr = '';
  reader.forEachChild((type) => {
    if (obj === null) obj = readExpression(reader);
    else if (type === 'identifier') attr = reader.nodeText;
  });
  return obj === null ? { k: 'unknown', s, e } : { k: 'attr', obj, attr, s, e };
}

/** Reads an `argument_list` under the cursor into positional and keyword arguments. */
export function readArguments(reader: PythonReader, args: Expr[], kw: KeywordArg[]): void {
  reader.forEachChild((type) => {
    if (type === 'keyword_argument') kw.push(readKeyword(reader));
    else if (type === 'dictionary_splat') kw.push({ name: null, value: readOnlyChild(reader) });
    else args.push(readExpression(reader));
  });
}

function readKeyword(reader: PythonReader): KeywordArg {
  let name: string | null = null;
  let value: Expr | null = null;
  reader.forEachChild(() => {
    if (name === null) name = reader.nodeText;
    else value = readExpression(reader);
  });
  return { name: name ?? '', value: value ?? reader.unknown() };
}

function readOnlyChild(reader: PythonReader): Expr {
  let child: Expr | null = null;
  reader.forEachChild(() => {
    if (child === null) child = readExpression(reader);
  });
  return child ?? reader.unknown();
}

function readCall(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  let fn: Expr | null = null;
  const args: Expr[] = [];
  const kw: KeywordArg[] = [];
  reader.forEachChild((type) => {
    if (fn === null) fn = readExpression(reader);
    else if (type === 'argument_list') readArguments(reader, args, kw);
    else if (type === 'generator_expression') args.push(readExpression(reader));
  });
  return fn === null ? { k: 'unknown', s, e } : { k: 'call', fn, args, kw, s, e };
}

function readBinary(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const operands: Expr[] = [];
  let op = '';
  reader.forEachToken((type, named) => {
    if (named) operands.push(readExpression(reader));
    else op = type;
  });
  const [l, r] = operands;
  if (!l || !r) return { k: 'unknown', s, e };
  if (op === 'and' || op === 'or') {
    const left = l.k === 'bool' && l.op === op ? l.items : [l];
    return { k: 'bool', op, items: [...left, r], s, e };
  }
  return { k: 'bin', op, l, r, s, e };
}

function readComparison(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const operands: Expr[] = [];
  const ops: string[] = [];
  reader.forEachToken((type, named) => {
    if (named) operands.push(readExpression(reader));
    else if (type === 'not' && ops.length > operands.length - 1) ops[ops.length - 1] += ' not';
    else if (type === 'in' && ops.length > operands.length - 1) ops[ops.length - 1] += ' in';
    else ops.push(type);
  });
  const [l, ...r] = operands;
  return l && r.length > 0 ? { k: 'cmp', l, ops, r, s, e } : { k: 'unknown', s, e };
}

function readConditional(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const [a, test, b] = readChildren(reader);
  return a && test && b ? { k: 'if', test, a, b, s, e } : { k: 'unknown', s, e };
}

function readSequence(k: 'list' | 'tuple' | 'set'): ExpressionReader {
  return (reader) => {
    const s = reader.start;
    const e = reader.end;
    return { k, items: readChildren(reader), s, e };
  };
}

function readDictionary(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const items: { key: Expr | null; value: Expr }[] = [];
  reader.forEachChild((type) => {
    if (type === 'dictionary_splat') items.push({ key: null, value: readOnlyChild(reader) });
    else if (type === 'pair') {
      const [key, value] = readChildren(reader);
      if (key && value) items.push({ key, value });
    }
  });
  return { k: 'dict', items, s, e };
}

function readSubscript(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const [obj, ...indexes] = readChildren(reader);
  const [index] = indexes;
  if (!obj || !index) return { k: 'unknown', s, e };
  return { k: 'sub', obj, index: indexes.length > 1 ? { k: 'tuple', items: indexes, s: index.s, e } : index, s, e };
}

function readSlice(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const bounds: (Expr | null)[] = [null, null, null];
  let at = 0;
  reader.forEachToken((type, named) => {
    if (named) bounds[at] = readExpression(reader);
    else if (type === ':') at++;
  });
  return { k: 'slice', lo: bounds[0] ?? null, hi: bounds[1] ?? null, step: bounds[2] ?? null, s, e };
}

type Comprehension = Extract<Expr, { k: 'comp' }>;

function readComprehension(kind: Comprehension['kind']): ExpressionReader {
  return (reader) => {
    const s = reader.start;
    const e = reader.end;
    let elt: Expr | null = null;
    let value: Expr | null = null;
    const gens: { target: Expr; iter: Expr; ifs: Expr[] }[] = [];
    reader.forEachChild((type) => {
      if (type === 'for_in_clause') {
        const [target, ...iters] = readChildren(reader);
        const [iter] = iters;
        if (target && iter) gens.push({ target, iter, ifs: [] });
      } else if (type === 'if_clause') gens[gens.length - 1]?.ifs.push(readOnlyChild(reader));
      else if (type === 'pair') [elt = null, value = null] = readChildren(reader);
      else elt = readExpression(reader);
    });
    return { k: 'comp', kind, elt: elt ?? { k: 'unknown', s, e }, value, gens, s, e };
  };
}

/** Reads the parameters of a `parameters` or `lambda_parameters` node under the cursor. */
export function readParameters(reader: PythonReader): Param[] {
  const params: Param[] = [];
  let keywordOnly = false;
  const addPlain = (name: string, value: Expr | null): void => {
    params.push({ name, kind: keywordOnly ? 'kwonly' : 'plain', default: value });
  };
  reader.forEachChild((type) => {
    if (type === 'identifier') addPlain(reader.nodeText, null);
    else if (type === 'keyword_separator') keywordOnly = true;
    else if (type === 'default_parameter' || type === 'typed_default_parameter') {
      const { name, value } = readDefaultParameter(reader);
      addPlain(name, value);
    } else if (type === 'typed_parameter' || type.endsWith('splat_pattern')) {
      const { name, kind } = readNamedParameter(reader, type);
      if (kind === 'plain') addPlain(name, null);
      else params.push({ name, kind, default: null });
      if (kind === 'star') keywordOnly = true;
    } else if (type === 'tuple_pattern') addPlain('', null);
  });
  return params;
}

function readDefaultParameter(reader: PythonReader): { name: string; value: Expr | null } {
  let name = '';
  let value: Expr | null = null;
  reader.forEachChild((type) => {
    if (reader.field === 'name') name = reader.nodeText;
    else if (type !== 'type') value = readExpression(reader);
  });
  return { name, value };
}

function readNamedParameter(reader: PythonReader, type: string): { name: string; kind: 'plain' | 'star' | 'dstar' } {
  let kind: 'plain' | 'star' | 'dstar' =
    type === 'list_splat_pattern' ? 'star' : type === 'dictionary_splat_pattern' ? 'dstar' : 'plain';
  let name = '';
  reader.forEachChild((childType) => {
    if (childType === 'identifier' && name === '') name = reader.nodeText;
    else if (childType.endsWith('splat_pattern')) ({ name, kind } = readNamedParameter(reader, childType));
  });
  return { name, kind };
}

function readLambda(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  let params: Param[] = [];
  let body: Expr | null = null;
  reader.forEachChild((type) => {
    if (type === 'lambda_parameters') params = readParameters(reader);
    else body = readExpression(reader);
  });
  return { k: 'lambda', params, body: body ?? { k: 'unknown', s, e }, s, e };
}

function readWalrus(reader: PythonReader): Expr {
  const s = reader.start;
  const e = reader.end;
  const [target, x] = readChildren(reader);
  return target?.k === 'name' && x ? { k: 'walrus', target: target.id, x, s, e } : { k: 'unknown', s, e };
}

function readUnary(k: 'await' | 'yield' | 'unary'): ExpressionReader {
  return (reader) => {
    if (k === 'yield') reader.yields = true;
    const s = reader.start;
    const e = reader.end;
    let x: Expr | null = null;
    let op = '';
    reader.forEachToken((type, named) => {
      if (named) x = readExpression(reader);
      else if (op === '') op = type;
    });
    return { k, x, op, s, e };
  };
}

const EXPRESSION_READERS: Readonly<Record<string, ExpressionReader | undefined>> = {
  identifier: (reader) => ({ k: 'name', id: reader.nodeText, s: reader.start, e: reader.end }),
  // Python 2's print and exec are read as names where they are used as functions.
  keyword_identifier: (reader) => ({ k: 'name', id: reader.nodeText, s: reader.start, e: reader.end }),
  attribute: readAttribute,
  call: readCall,
  string: (reader) => readString(reader, 'string', readExpression),
  concatenated_string: (reader) => readString(reader, 'concatenated_string', readExpression),
  integer: readNumber,
  float: readNumber,
  true: (reader) => ({ k: 'const', v: true, s: reader.start, e: reader.end }),
  false: (reader) => ({ k: 'const', v: false, s: reader.start, e: reader.end }),
  none: (reader) => ({ k: 'const', v: null, s: reader.start, e: reader.end }),
  binary_operator: readBinary,
  boolean_operator: readBinary,
  not_operator: (reader) => ({ k: 'not', s: reader.start, e: reader.end, x: readOnlyChild(reader) }),
  comparison_operator: readComparison,
  conditional_expression: readConditional,
  parenthesized_expression: readOnlyChild,
  lambda: readLambda,
  list: readSequence('list'),
  list_pattern: readSequence('list'),
  tuple: readSequence('tuple'),
  tuple_pattern: readSequence('tuple'),
  pattern_list: readSequence('tuple'),
  expression_list: readSequence('tuple'),
  set: readSequence('set'),
  dictionary: readDictionary,
  subscript: readSubscript,
  slice: readSlice,
  list_comprehension: readComprehension('list'),
  set_comprehension: readComprehension('set'),
  dictionary_comprehension: readComprehension('dict'),
  generator_expression: readComprehension('gen'),
  list_splat: (reader) => ({ k: 'star', s: reader.start, e: reader.end, x: readOnlyChild(reader) }),
  list_splat_pattern: (reader) => ({ k: 'star', s: reader.start, e: reader.end, x: readOnlyChild(reader) }),
  await: readUnary('await'),
  yield: readUnary('yield'),
  unary_operator: readUnary('unary'),
  named_expression: readWalrus,
  as_pattern_target: readOnlyChild,
};
