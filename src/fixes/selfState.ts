import type { FunctionFacts, Stmt } from '../model/facts';
import { walkNodes, type SyntaxNode } from './findNode';
import type { FixContext, FixFile } from './fixContext';

/** Attributes of `self` that code changes and reads, the methods that it calls on `self` included. */
export interface SelfState {
  readonly sets: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

/** Methods of the built-in collections that change them. */
const MUTATORS: ReadonlySet<string> = new Set(
  'add append clear discard extend insert pop popitem remove setdefault sort update'.split(' '),
);

/** Follows what a method's statements do to `self`, method by method, as instances of the method's own class would. */
export class SelfStateReader {
  private readonly className: string;
  private readonly selfName: string;

  constructor(
    private readonly file: FixFile,
    fn: FunctionFacts,
    private readonly context: FixContext,
  ) {
    this.className = file.facts.classes[fn.classIndex]?.qualname ?? '';
    this.selfName = fn.params[0]?.name ?? 'self';
  }

  /** What one statement of the method does. */
  read(statement: Stmt): SelfState {
    const state = { sets: new Set<string>(), reads: new Set<string>() };
    this.follow([statement], this.selfName, state, new Set());
    return state;
  }

  private follow(
    body: readonly SyntaxNode[],
    self: string,
    state: { sets: Set<string>; reads: Set<string> },
    seen: Set<string>,
  ): void {
    for (const node of walkNodes(body)) {
      if (node.k === 'assign') for (const target of node.targets) addAttribute(state.sets, target, self);
      else if (node.k === 'aug') addAttribute(state.sets, node.target, self);
      else if (node.k === 'attr') addAttribute(state.reads, node, self);
      else if (node.k === 'call' && node.fn.k === 'attr') {
        if (MUTATORS.has(node.fn.attr)) addAttribute(state.sets, node.fn.obj, self);
        if (node.fn.obj.k === 'name' && node.fn.obj.id === self) this.enter(node.fn.attr, state, seen);
      }
    }
  }

  private enter(method: string, state: { sets: Set<string>; reads: Set<string> }, seen: Set<string>): void {
    if (seen.has(method)) return;
    seen.add(method);
    const fn = this.context.findMethod?.(this.file.uri, this.className, method);
    const self = fn?.params[0]?.name;
    if (fn !== undefined && self !== undefined) this.follow(fn.body, self, state, seen);
  }
}

/** The attribute of `self` that an expression is, is part of, or holds (`self.x`, `self.x[0]`, `a, self.x`). */
function addAttribute(names: Set<string>, node: SyntaxNode, self: string): void {
  if (node.k === 'attr' && node.obj.k === 'name' && node.obj.id === self) names.add(node.attr);
  else if (node.k === 'attr' || node.k === 'sub') addAttribute(names, node.obj, self);
  else if (node.k === 'tuple' || node.k === 'list') for (const item of node.items) addAttribute(names, item, self);
}
