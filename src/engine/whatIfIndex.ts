import type { TestDemand } from '../model/guestSite';
import type { TextEdit } from '../model/text';
import { applyEdits, groupByFile } from '../model/textEdits';
import type { WhatIfInput } from '../model/whatIfInput';
import type { Rewrites } from '../model/whatIfPolicy';
import { buildWhatIf, type WhatIfSource } from './buildWhatIf';
import type { IndexView } from './indexView';
import { placesOf } from './placesOf';
import { type RewrittenDemand, tryRewrites, type TrialSource } from './rewriteTrial';

/** Gives a Python file another text and runs again what depends on it, without telling anybody. */
export type TryText = (uri: string, text: string) => void;

const NOT_TRIED: ReadonlyMap<string, RewrittenDemand> = new Map();

/**
 * The table for what-if verdicts. It is built when it is asked for and kept until the index changes: never while somebody types.
 */
export class WhatIfIndex {
  private version = -1;
  private readonly tables = new Map<Rewrites, WhatIfInput>();
  private readonly trials = new Map<'safe' | 'all', ReadonlyMap<string, RewrittenDemand>>();

  constructor(
    private readonly view: IndexView,
    private readonly tryText: TryText,
  ) {}

  /** The table with the rewrites tried that are asked for. `all` takes the longest: Python files are changed and changed back. */
  get(rewrites: Rewrites): WhatIfInput {
    if (this.version !== this.view.version) {
      this.tables.clear();
      this.trials.clear();
      this.version = this.view.version;
    }
    let table = this.tables.get(rewrites);
    if (!table) this.tables.set(rewrites, (table = this.build(rewrites)));
    return table;
  }

  private build(rewrites: Rewrites): WhatIfInput {
    const { view } = this;
    const source: WhatIfSource = {
      guidelines: () => view.guidelines(),
      trace: (uri) => view.trace(uri),
      test: (name) => view.test(name),
      demand: (name) => view.demand(name),
      uploadOf: (name) => view.demand(name)?.upload ?? 'none',
      moreTests: () => view.tests().flatMap(({ name }) => (view.demand(name)?.upload === 'checks' ? [name] : [])),
      ...placesOf(view),
    };
    const safe = rewrites === 'none' ? NOT_TRIED : this.tried('safe');
    const all = rewrites === 'all' ? this.tried('all') : NOT_TRIED;
    return buildWhatIf(source, { safe, all }, rewrites);
  }

  private tried(kind: 'safe' | 'all'): ReadonlyMap<string, RewrittenDemand> {
    let known = this.trials.get(kind);
    if (!known) this.trials.set(kind, (known = this.tryOn(kind)));
    return known;
  }

  private tryOn(kind: 'safe' | 'all'): ReadonlyMap<string, RewrittenDemand> {
    const { view } = this;
    const targets = view.guidelines().flatMap(({ uri }) => view.trace(uri).flatMap(({ target }) => target?.name ?? []));
    const source: TrialSource = {
      demand: (name) => view.demand(name),
      findings: (uri) => view.findings(uri),
      fixes: (finding) => view.fixes(finding),
      demandsWith: (edits, tests) => this.demandsWith(edits, tests),
    };
    return tryRewrites(source, [...new Set(targets)].sort(), kind);
  }

  private demandsWith(edits: readonly TextEdit[], tests: readonly string[]): ReadonlyMap<string, TestDemand> {
    const before = new Map<string, string>();
    try {
      for (const [uri, own] of groupByFile(edits)) {
        const text = this.view.text(uri);
        if (text === undefined) continue;
        before.set(uri, text);
        this.tryText(uri, applyEdits(text, own));
      }
      return new Map(
        tests.flatMap((name) => {
          const demand = this.view.demand(name);
          return demand ? [[name, demand] as const] : [];
        }),
      );
    } finally {
      for (const [uri, text] of before) this.tryText(uri, text);
    }
  }
}
