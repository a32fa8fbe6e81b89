import type { FunctionPlace } from '../../engine/callGraph';
import type { IndexView } from '../../engine/indexView';
import type { CallersAnswer } from '../../protocol/messages';
import { toLocation, uniqueLocations } from '../convert';
import { count } from '../present/markdown';

/**
 * Who calls the function at a place of a Python file, and which tests come through it. An editor shows the call hierarchy of one provider only,
 * which may be another's: this is the same answer without it.
 */
export function findCallers(view: IndexView, uri: string, offset: number): CallersAnswer {
  if (!view.complete) return nothing('The index is not complete yet.');
  const functions = view.calls().functionsAt(uri, offset);
  const [first] = functions;
  if (!first) return nothing('No function stands here.');
  const callers = functions.flatMap(({ key }) => view.calls().callsTo(key));
  const tests = functions.flatMap((fn) => listTestsThrough(view, fn));
  return {
    title: `${first.name}: ${count(callers.length, 'caller')}, ${count(tests.length, 'test')}`,
    callers: uniqueLocations(
      callers.flatMap(({ fn, ranges }) => ranges.map((range) => toLocation(view, { uri: fn.uri, range }))),
    ),
    tests: uniqueLocations(tests.map(({ uri: file, nameRange }) => toLocation(view, { uri: file, range: nameRange }))),
  };
}

/** The tests that come to a function by calls, and those that the analysis led through it to the guest (by their fixtures too). */
function listTestsThrough(view: IndexView, fn: FunctionPlace): readonly Pick<FunctionPlace, 'uri' | 'nameRange'>[] {
  const found = listCallingTests(view, fn);
  const reach = view.functionsReaching(fn.uri).find(({ nameRange }) => nameRange.start === fn.nameRange.start);
  const reaching = (reach?.tests ?? []).flatMap((name) => view.test(name)?.definition ?? []);
  const places = new Map(
    [...found, ...reaching].map((place) => [`${place.uri} ${String(place.nameRange.start)}`, place]),
  );
  return [...places.values()].sort((a, b) =>
    a.uri === b.uri ? a.nameRange.start - b.nameRange.start : a.uri < b.uri ? -1 : 1,
  );
}

function listCallingTests(view: IndexView, fn: FunctionPlace): readonly FunctionPlace[] {
  const seen = new Map([[fn.key, fn]]);
  for (const { key } of seen.values())
    for (const { fn: caller } of view.calls().callsTo(key)) if (!seen.has(caller.key)) seen.set(caller.key, caller);
  return [...seen.values()].filter(({ uri, nameRange }) =>
    view.testsDefinedIn(uri).some(({ definition }) => definition.nameRange.start === nameRange.start),
  );
}

function nothing(title: string): CallersAnswer {
  return { title, callers: [], tests: [] };
}
