import type { Engine } from '../../src/engine/engine';
import { applyEdits, groupByFile, moveOffset } from '../../src/model/textEdits';
import type { Finding } from '../../src/model/finding';
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

/** Makes the edits in the engine, looks at all findings, hands over to `look`, and takes the edits back. */
export function tryEdits<T>(
  engine: Engine,
  edits: readonly TextEdit[],
  before: readonly Finding[],
  look: (outcome: Outcome) => T,
): T {
  const byFile = groupByFile(edits);
  const originals = new Map([...byFile.keys()].map((uri) => [uri, textOf(engine, uri)]));
  const texts = new Map([...byFile].map(([uri, own]) => [uri, applyEdits(textOf(engine, uri), own)]));
  for (const [uri, text] of texts) engine.setText(uri, text);
  try {
    const known = new Set(before.map((finding) => movedKey(finding, byFile.get(finding.uri) ?? [])));
    const after = allFindings(engine);
    return look({ texts, after, appeared: after.filter((finding) => !known.has(keyOf(finding))) });
  } finally {
    for (const [uri, text] of originals) engine.setText(uri, text);
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
