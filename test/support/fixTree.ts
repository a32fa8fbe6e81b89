import { join } from 'node:path';
import { Engine } from '../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import type { Finding, Fix } from '../../src/model/finding';
import { applyEdits, groupByFile } from '../../src/model/textEdits';
import { loadTestGrammars } from './loadTestGrammars';
import { MemorySource } from './memorySource';
import { readTree } from './readTree';

const FRAMEWORK = join(__dirname, '../fixtures/framework');
const ROOT = 'file:///tempest';
/** What the trees' clock says. */
export const TODAY = '2099-02-03';

/** The framework's tree with more files in it, read by the real engine: for fixes that look at all tests. */
export class FixTree {
  private constructor(readonly engine: Engine) {}

  /** @param files text by path; what the framework has under the same path is replaced */
  static async open(files: Readonly<Record<string, string>>): Promise<FixTree> {
    const engine = new Engine(await loadTestGrammars(), { ...DEFAULT_SETTINGS, today: () => TODAY });
    await engine.open([new MemorySource(ROOT, { ...readTree(FRAMEWORK), ...files })]);
    return new FixTree(engine);
  }

  uri(path: string): string {
    return `${ROOT}/${path}`;
  }

  findings(rule: string): Finding[] {
    return this.engine
      .files()
      .flatMap(({ uri }) => [...this.engine.findings(uri)])
      .filter((finding) => finding.rule === rule);
  }

  /** The fixes of a kind over all findings of a rule. */
  fixes(rule: string, id: string): Fix[] {
    return this.findings(rule).flatMap((finding) => this.engine.fixes(finding).filter((fix) => fix.id === id));
  }

  refusals(rule: string): string[] {
    return this.findings(rule).flatMap((finding) => this.engine.whyNoFix(finding) ?? []);
  }

  /** Every edited file after the fix, by path; the engine keeps its texts. */
  after(fix: Fix): Record<string, string> {
    const texts = [...groupByFile(fix.edits)].map(
      ([uri, edits]) => [uri.slice(ROOT.length + 1), applyEdits(this.engine.text(uri) ?? '', edits)] as const,
    );
    return Object.fromEntries(texts);
  }

  /** Makes the fix in the engine. */
  apply(fix: Fix): void {
    for (const [path, text] of Object.entries(this.after(fix))) this.engine.setText(this.uri(path), text);
  }

  level(test: string): string | undefined {
    const found = this.engine.tests().find(({ name }) => name.endsWith(`.${test}`));
    return found && this.engine.demand(found.name)?.level;
  }
}
