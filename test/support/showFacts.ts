import type { Expr, ModuleFacts, Param, Stmt } from '../../src/model/facts';

/** An expression as nested lists, short enough for tables: `(call (attr a b) 1 k=2)`. */
export function showExpr(expr: Expr | null): string {
  if (!expr) return '-';
  switch (expr.k) {
    case 'name':
      return expr.id;
    case 'attr':
      return `(attr ${showExpr(expr.obj)} ${expr.attr})`;
    case 'call':
      return list('call', [
        showExpr(expr.fn),
        ...expr.args.map(showExpr),
        ...expr.kw.map((kw) => `${kw.name ?? '**'}=${showExpr(kw.value)}`),
      ]);
    case 'str':
      return JSON.stringify(expr.v);
    case 'fstr':
      return list('fstr', expr.parts.map(showExpr));
    case 'num':
      return String(expr.v);
    case 'const':
      return expr.v === null ? 'None' : expr.v ? 'True' : 'False';
    case 'bin':
      return list(expr.op, [showExpr(expr.l), showExpr(expr.r)]);
    case 'bool':
      return list(expr.op, expr.items.map(showExpr));
    case 'not':
      return list('not', [showExpr(expr.x)]);
    case 'cmp':
      return list('cmp', [showExpr(expr.l), ...expr.ops.flatMap((op, i) => [op, showExpr(expr.r[i] ?? null)])]);
    case 'if':
      return list('if', [expr.test, expr.a, expr.b].map(showExpr));
    case 'lambda':
      return list('lambda', [`[${expr.params.map(showParam).join(' ')}]`, showExpr(expr.body)]);
    case 'list':
    case 'tuple':
    case 'set':
      return list(expr.k, expr.items.map(showExpr));
    case 'dict':
      return list(
        'dict',
        expr.items.map((item) => `${item.key ? showExpr(item.key) : '**'}:${showExpr(item.value)}`),
      );
    case 'sub':
      return list('sub', [showExpr(expr.obj), showExpr(expr.index)]);
    case 'slice':
      return list('slice', [expr.lo, expr.hi, expr.step].map(showExpr));
    case 'comp': {
      const gens = expr.gens.flatMap((gen) => [
        `for ${showExpr(gen.target)} in ${showExpr(gen.iter)}`,
        ...gen.ifs.map((test) => `if ${showExpr(test)}`),
      ]);
      return list(`${expr.kind}comp`, [
        showExpr(expr.elt),
        ...(expr.value ? [`:${showExpr(expr.value)}`] : []),
        ...gens,
      ]);
    }
    case 'star':
      return list('star', [showExpr(expr.x)]);
    case 'await':
    case 'yield':
      return list(expr.k, [showExpr(expr.x)]);
    case 'unary':
      return list(`unary${expr.op}`, [showExpr(expr.x)]);
    case 'walrus':
      return list(':=', [expr.target, showExpr(expr.x)]);
    case 'unknown':
      return '?';
  }
}

export function showParam(param: Param): string {
  const mark = { plain: '', star: '*', dstar: '**', kwonly: '/' }[param.kind];
  return `${mark}${param.name}${param.default ? `=${showExpr(param.default)}` : ''}`;
}

/** Statements as nested lists, those of functions and classes included. */
export function showBody(facts: ModuleFacts, body: readonly Stmt[]): string {
  return body.map((stmt) => showStmt(facts, stmt)).join(' ');
}

function showStmt(facts: ModuleFacts, stmt: Stmt): string {
  const block = (stmts: readonly Stmt[]): string => `{${showBody(facts, stmts)}}`;
  switch (stmt.k) {
    case 'expr':
    case 'assert':
      return list(stmt.k, [showExpr(stmt.x)]);
    case 'assign':
      return list('=', [...stmt.targets.map(showExpr), showExpr(stmt.value)]);
    case 'aug':
      return list(`${stmt.op}=`, [showExpr(stmt.target), showExpr(stmt.value)]);
    case 'return':
    case 'raise':
      return list(stmt.k, [showExpr(stmt.x)]);
    case 'if':
    case 'while':
      return list(stmt.k, [showExpr(stmt.test), block(stmt.body), block(stmt.orelse)]);
    case 'for':
      return list('for', [showExpr(stmt.target), showExpr(stmt.iter), block(stmt.body), block(stmt.orelse)]);
    case 'try': {
      const handlers = stmt.handlers.map(
        (handler) => `except ${showExpr(handler.type)} ${handler.name ?? '-'} ${block(handler.body)}`,
      );
      return list('try', [block(stmt.body), ...handlers, block(stmt.orelse), block(stmt.final)]);
    }
    case 'with':
      return list('with', [
        ...stmt.items.map((item) => `${showExpr(item.context)} as ${showExpr(item.target)}`),
        block(stmt.body),
      ]);
    case 'def': {
      const fn = facts.functions[stmt.index];
      return fn
        ? list('def', [
            ...fn.decorators.map((one) => `@${showExpr(one)}`),
            fn.qualname,
            `[${fn.params.map(showParam).join(' ')}]`,
            block(fn.body),
          ])
        : '(def ?)';
    }
    case 'class': {
      const cls = facts.classes[stmt.index];
      if (!cls) return '(class ?)';
      const bases = [
        ...cls.bases.map(showExpr),
        ...cls.keywords.map((kw) => `${kw.name ?? '**'}=${showExpr(kw.value)}`),
      ];
      return list('class', [
        ...cls.decorators.map((one) => `@${showExpr(one)}`),
        cls.qualname,
        `[${bases.join(' ')}]`,
        block(cls.body),
      ]);
    }
    case 'import':
      return list('import', stmt.names.map(showImported));
    case 'from':
      return list('from', ['.'.repeat(stmt.level) + stmt.module, ...stmt.names.map(showImported)]);
    case 'global':
      return list('global', stmt.names);
    case 'del':
      return list('del', stmt.targets.map(showExpr));
    case 'break':
    case 'continue':
      return `(${stmt.k})`;
  }
}

function showImported(name: { readonly name: string; readonly as: string | null }): string {
  return name.as === null ? name.name : `${name.name}:${name.as}`;
}

function list(head: string, items: readonly string[]): string {
  return `(${[head, ...items].join(' ')})`;
}
