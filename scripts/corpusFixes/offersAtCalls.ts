import type { Engine } from '../../src/engine/engine';
import type { OfferedFix } from '../../src/engine/indexView';
import { pathsOf } from '../../src/fixes/evidence';
import type { TextLocation } from '../../src/model/text';

/** The fixes that the editor offers at calls leading to a finding, each once, besides those that are known. */
export function offersAtCalls(engine: Engine, known: Iterable<OfferedFix>): OfferedFix[] {
  const seen = new Set([...known].map(({ fix }) => JSON.stringify(fix.edits)));
  const offers: OfferedFix[] = [];
  for (const { uri, range } of listSteps(engine)) {
    for (const offer of engine.fixesOnTheWay(uri, range)) {
      const key = JSON.stringify(offer.fix.edits);
      if (seen.has(key)) continue;
      seen.add(key);
      offers.push(offer);
    }
  }
  return offers;
}

/** Where a cursor may stand: at the start of every call on the way of a test to the guest. */
function listSteps(engine: Engine): TextLocation[] {
  const steps = new Map<string, TextLocation>();
  for (const { name } of engine.tests()) {
    for (const site of engine.demand(name)?.sites ?? []) {
      for (const { uri, range } of pathsOf(site).flat())
        steps.set(`${uri} ${range.start}`, { uri, range: { start: range.start, end: range.start } });
    }
  }
  return [...steps.values()];
}
