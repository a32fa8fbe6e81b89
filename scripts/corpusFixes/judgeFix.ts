import type { Engine } from '../../src/engine/engine';
import { applyEdits, groupByFile, moveOffset } from '../../src/model/textEdits';
import type { Finding, Fix } from '../../src/model/finding';
import type { TextEdit } from '../../src/model/text';
import { allFindings } from './openCorpus';

/** What became of the findings when edits were made. */
export interface Outcome {
  /** New text of each edited file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Findings that were not there before (places moved along with the edits). */
  readonly appeared: readonly Finding[];
  readonly after: readonly Finding[];
}

/**
 * Tries edits in the engine, one after another, each on the texts as they were. Only the files that differ from one trial to the next
 * get another text, since every change is analysed.
 */
export class EditTrials {
  /** The ways out of each finding, made from the texts as they were. */
  readonly fixes: ReadonlyMap<Finding, readonly Fix[]>;
  private readonly changed = new Map<string, string>();

  constructor(
    private readonly engine: Engine,
    readonly before: readonly Finding[],
  ) {
    this.fixes = new Map(before.map((finding) => [finding, engine.fixes(finding)]));
  }

  /** Makes the edits, looks at all findings, and hands over to `look`. */
  run<T>(edits: readonly TextEdit[], look: (outcome: Outcome) => T): T {
    const byFile = groupByFile(edits);
    const texts = new Map([...byFile].map(([uri, own]) => [uri, applyEdits(this.textBefore(uri), own)]));
    for (const [uri, text] of [...this.changed]) if (!texts.has(uri)) this.restore(uri, text);
    for (const [uri, text] of texts) {
      if (!this.changed.has(uri)) this.changed.set(uri, textOf(this.engine, uri));
      this.engine.setText(uri, text);
    }
    const known = new Set(this.before.map((finding) => movedKey(finding, byFile.get(finding.uri) ?? [])));
    const after = allFindings(this.engine);
    return look({ texts, after, appeared: after.filter((finding) => !known.has(keyOf(finding))) });
  }

  /** Gives every file its own text again. */
  end(): void {
    for (const [uri, text] of [...this.changed]) this.restore(uri, text);
  }

  /** The text of a file as it was before any trial. */
  textBefore(uri: string): string {
    return this.changed.get(uri) ?? textOf(this.engine, uri);
  }

  private restore(uri: string, text: string): void {
    this.engine.setText(uri, text);
    this.changed.delete(uri);
  }
}

/** How a finding fared under edits: away, marked as suppressed, reached by fewer tests, or still there. */
export function fateOf(
  finding: Finding,
  edits: readonly TextEdit[],
  after: readonly Finding[],
): 'gone' | 'suppressed' | 'fewer tests' | 'there' {
  const key = movedKey(
    finding,
    edits.filter(({ uri }) => uri === finding.uri),
  );
  const now = after.find((one) => keyOf(one) === key);
  if (now === undefined) return 'gone';
  if (now.suppressed && !finding.suppressed) return 'suppressed';
  return reachedBy(now) < reachedBy(finding) ? 'fewer tests' : 'there';
}

function reachedBy(finding: Finding): number {
  return Number(/Reached by (\d+) test/.exec(finding.message)?.[1] ?? 0);
}

function keyOf(finding: Finding): string {
  // It stands where a test first sets out for the guest, and that place may change while it stays the same finding.
  if (finding.rule === 'IL220') return `${finding.rule} ${finding.uri} ${finding.message}`;
  return `${finding.rule} ${finding.uri} ${finding.range.start}`;
}

function movedKey(finding: Finding, edits: readonly TextEdit[]): string {
  if (finding.rule === 'IL220') return keyOf(finding);
  return `${finding.rule} ${finding.uri} ${moveOffset(finding.range.start, edits)}`;
}

/** @throws Error for a file that is not in the index. */
export function textOf(engine: Engine, uri: string): string {
  const text = engine.text(uri);
  if (text === undefined) throw new Error(`${uri} is not in the index`);
  return text;
}
