import type { Expr } from '../../model/facts';
import type { CallRoute, HopReason } from '../../model/hopReason';
import type { TextLocation } from '../../model/text';
import type { Alternative } from './values';

export type FunctionAlternative = Extract<Alternative, { k: 'fn' }>;

/** How an activation came about, outermost step first: what a caller wrote, and what stands between that and the function. */
export type CallStep =
  | { readonly k: 'written'; readonly call: Extract<Expr, { k: 'call' }>; readonly uri: string }
  | { readonly k: 'route'; readonly route: CallRoute; readonly at: TextLocation | null }
  | { readonly k: 'test' }
  | { readonly k: 'fixture'; readonly scope: 'class' | 'test'; readonly when: 'before' | 'after' }
  | { readonly k: 'cleanup'; readonly scope: 'class' | 'test'; readonly by: string; readonly at: TextLocation };

/** A condition that holds where an activation is. */
export type ConditionNote = Omit<Extract<HopReason, { k: 'condition' }>, 'k'>;
