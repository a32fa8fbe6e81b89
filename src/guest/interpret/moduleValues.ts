import type { ProjectSymbol } from '../../project/project';
import type { Machine } from './machine';
import { UNKNOWN, type Value } from './values';

/** `CONF` itself: groups and options hang below it. */
export const CONFIGURATION: Value = [{ k: 'conf', path: '' }];

/** `CONF` is oslo.config's configuration object wherever a module of that name is imported from. */
export function isConfiguration(name: string, symbols: readonly ProjectSymbol[]): boolean {
  return name === 'CONF' && symbols.length > 0;
}

/** The value of what a module-level name stands for. */
export function valueOfSymbol(m: Machine, symbol: ProjectSymbol, name: string): Value {
  switch (symbol.k) {
    case 'module':
      return [{ k: 'module', module: symbol.module }];
    case 'class':
      return [{ k: 'class', cls: symbol.cls }];
    case 'function':
      return [{ k: 'fn', fn: symbol.fn, self: null, owner: null, closure: null }];
    case 'external':
      return /(^|\.)CONF$/.test(symbol.name) ? CONFIGURATION : [{ k: 'ext', path: symbol.name }];
    case 'value': {
      if (symbol.expr.k === 'name' && symbol.expr.id === name) return UNKNOWN;
      return m.evaluate(symbol.expr, m.newFrame(symbol.module, null));
    }
  }
}
