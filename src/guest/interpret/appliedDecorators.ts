import type { Expr } from '../../model/facts';
import type { ProjectFunction } from '../../project/project';
import { readDecoration } from './decorations';
import { keysOfDecorators } from './dependencies';
import type { Machine } from './machine';
import type { Alternative, Value } from './values';

/** Runs the project's own decorators, once a function, to see what wrapper they leave. */
export class AppliedDecorators {
  /** Functions that decorators put around others, with those others. */
  private readonly wrapperFunctions = new Map<ProjectFunction, Set<ProjectFunction>>();

  constructor(private readonly m: Machine) {}

  isWrapper(fn: ProjectFunction): boolean {
    return this.wrapperFunctions.has(fn);
  }

  /** What the project's own decorators made of a function; null when they leave it as it is. */
  decorated(target: Extract<Alternative, { k: 'fn' }>): Value | null {
    const { fn } = target;
    if (fn.facts.decorators.length === 0) return null;
    const value = this.m.remember(fn, '#decorated', () => {
      this.m.dependOn(keysOfDecorators(this.m.project, fn.module, fn.facts.decorators));
      const { wrappers } = readDecoration(this.m.project, fn);
      return wrappers.length === 0
        ? []
        : this.m.quietly(() => this.m.heap.isolate(() => this.applyDecorators(target, wrappers)));
    });
    const changed = value.some((alternative) => alternative.k === 'fn' && alternative.fn !== fn);
    return changed ? value : null;
  }

  private applyDecorators(target: Extract<Alternative, { k: 'fn' }>, wrappers: readonly Expr[]): Value {
    const { fn, owner, closure } = target;
    const frame = this.m.newFrame(fn.module, null);
    let value: Value = [{ k: 'fn', fn, self: null, owner, closure, bare: true }];
    for (const wrapper of wrappers) {
      const callee = this.m.evaluate(wrapper, frame);
      const range = { start: wrapper.s, end: wrapper.e };
      const result = this.m.call(
        callee,
        { args: [value], kw: new Map(), openArgs: false, openKw: false },
        frame,
        range,
        null,
      );
      if (!result.every((alternative) => alternative.k === 'fn')) continue;
      value = result;
      for (const alternative of value)
        if (alternative.k === 'fn' && alternative.fn !== fn) this.noteWrapper(alternative.fn, fn);
    }
    return value;
  }

  private noteWrapper(outer: ProjectFunction, inner: ProjectFunction): void {
    const wrapped = this.wrapperFunctions.get(outer);
    if (wrapped) wrapped.add(inner);
    else this.wrapperFunctions.set(outer, new Set([inner]));
  }

  /** True when a decorator of the inner function put the outer one around it. */
  isWrapperOf(outer: ProjectFunction, inner: ProjectFunction): boolean {
    return this.wrapperFunctions.get(outer)?.has(inner) === true;
  }
}
