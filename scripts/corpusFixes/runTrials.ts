import type { OfferedFix } from '../../src/engine/indexView';
import type { Finding } from '../../src/model/finding';
import type { TextEdit } from '../../src/model/text';
import { applyEdits, collide, groupByFile } from '../../src/model/textEdits';
import { fateOf, type EditTrials, type Outcome } from './judgeFix';
import type { Trial } from './tabulate';

/** One change of the texts and every finding for which it is offered. */
interface Change {
  readonly edits: readonly TextEdit[];
  readonly offers: readonly OfferedFix[];
}

/** More changes than this at once: the one that went wrong would be long in the finding. */
const MAX_TOGETHER = 60;

/**
 * Tries every offer. Changes of one kind that touch neither the same words nor the same finding are made together and looked at one by one;
 * where anything goes wrong, each of them is made alone.
 * @param say told how far it is
 */
export function runTrials(laboratory: EditTrials, offers: readonly OfferedFix[], say: (text: string) => void): Trial[] {
  const kinds = new Map<string, Change[]>();
  for (const change of groupByEdits(offers)) {
    const id = change.offers[0]?.fix.id ?? '?';
    kinds.set(id, [...(kinds.get(id) ?? []), change]);
  }
  return [...kinds].flatMap(([id, changes]) => {
    say(`${id}: ${changes.length} changes …`);
    const trials: Trial[] = [];
    let waiting: readonly Change[] = changes;
    while (waiting.length > 0) {
      const { taken, left } = takeApart(waiting);
      trials.push(...makeTogether(laboratory, taken, say));
      waiting = left;
    }
    return trials;
  });
}

function groupByEdits(offers: readonly OfferedFix[]): Change[] {
  const changes = new Map<string, OfferedFix[]>();
  for (const offer of offers) {
    const key = JSON.stringify(offer.fix.edits);
    changes.set(key, [...(changes.get(key) ?? []), offer]);
  }
  return [...changes.values()].map((same) => ({ edits: same[0]?.fix.edits ?? [], offers: same }));
}

function takeApart(changes: readonly Change[]): { taken: readonly Change[]; left: readonly Change[] } {
  const taken: Change[] = [];
  const left: Change[] = [];
  const findings = new Set<Finding>();
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const isApart =
      taken.length < MAX_TOGETHER &&
      change.offers.every(({ finding }) => !findings.has(finding)) &&
      !change.edits.some((edit) => edits.some((other) => collide(edit, other)));
    (isApart ? taken : left).push(change);
    if (!isApart) continue;
    edits.push(...change.edits);
    for (const { finding } of change.offers) findings.add(finding);
  }
  return { taken, left };
}

function makeTogether(laboratory: EditTrials, changes: readonly Change[], say: (text: string) => void): Trial[] {
  const edits = changes.flatMap((change) => change.edits);
  const trials = laboratory.run(edits, (outcome) => judgeAll(laboratory, changes, edits, outcome));
  if (changes.length === 1 || trials.every(({ failures }) => failures.length === 0)) return trials;
  say(`  something went wrong among ${changes.length}: each alone …`);
  return changes.flatMap((one) => makeTogether(laboratory, [one], say));
}

function judgeAll(
  laboratory: EditTrials,
  changes: readonly Change[],
  edits: readonly TextEdit[],
  outcome: Outcome,
): Trial[] {
  const mayLeave = new Set(changes.flatMap(({ offers }) => offers.flatMap(({ fix }) => fix.mayLeave ?? [])));
  const bad = outcome.appeared.filter(({ rule }) => !mayLeave.has(rule));
  const leaves = [...new Set(outcome.appeared.map(({ rule }) => rule).filter((rule) => mayLeave.has(rule)))];
  return changes.flatMap((change) => {
    const texts = new Map(
      [...groupByFile(change.edits)].map(([uri, own]) => [uri, applyEdits(laboratory.textBefore(uri), own)]),
    );
    return change.offers.map(({ finding, fix }): Trial => {
      const fate = fateOf(finding, edits, outcome.after);
      const failures = bad.map(({ rule, message }) => `new finding ${rule}: ${message}`);
      if (fate === 'there' && fix.keepsFinding !== true) failures.push('the finding is still there');
      return { finding, fix, texts, fate, leaves, failures, comparisons: [], together: false };
    });
  });
}
