import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  SymbolKind,
} from 'vscode-languageserver';
import type { CallLink, FunctionPlace } from '../../engine/callGraph';
import type { IndexView } from '../../engine/indexView';
import { highestLevel } from '../../model/guestLevel';
import { toRange } from '../convert';
import { count } from '../present/markdown';
import { joinParts } from '../tree/treeKeys';

/** The functions that a place of a Python file is about. Nothing before the index is complete. */
export function prepareCalls(view: IndexView, uri: string, offset: number): CallHierarchyItem[] {
  if (!view.complete) return [];
  return view
    .calls()
    .functionsAt(uri, offset)
    .map((fn) => itemOf(view, fn));
}

/** Who calls an item's function, across files. */
export function findIncomingCalls(view: IndexView, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const key = keyOf(view, item);
  if (key === null) return [];
  return view
    .calls()
    .callsTo(key)
    .map(({ fn, ranges }) => ({ from: itemOf(view, fn), fromRanges: rangesIn(view, fn.uri, ranges) }));
}

/** What an item's function calls. */
export function findOutgoingCalls(view: IndexView, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const key = keyOf(view, item);
  if (key === null) return [];
  return view
    .calls()
    .callsFrom(key)
    .map(({ fn, ranges }) => ({ to: itemOf(view, fn), fromRanges: rangesIn(view, item.uri, ranges) }));
}

function rangesIn(view: IndexView, uri: string, ranges: CallLink['ranges']): CallHierarchyIncomingCall['fromRanges'] {
  return ranges.map((range) => toRange(view, uri, range));
}

/** The detail is what the guest must do for the function, as its lens says, and where it stands. */
function itemOf(view: IndexView, fn: FunctionPlace): CallHierarchyItem {
  return {
    name: fn.name,
    kind: fn.name.includes('.') ? SymbolKind.Method : SymbolKind.Function,
    detail: joinParts([describeReach(view, fn), view.file(fn.uri)?.path ?? '']),
    uri: fn.uri,
    range: toRange(view, fn.uri, fn.range),
    selectionRange: toRange(view, fn.uri, fn.nameRange),
  };
}

function describeReach(view: IndexView, { uri, nameRange }: FunctionPlace): string {
  const tests = view.testsDefinedIn(uri).filter((test) => test.definition.nameRange.start === nameRange.start);
  if (tests.length > 0) return `guest: ${highestLevel(tests.flatMap(({ name }) => view.demand(name)?.level ?? []))}`;
  const reach = view.functionsReaching(uri).find((candidate) => candidate.nameRange.start === nameRange.start);
  return reach ? `reaches ${reach.level} · ${count(reach.tests.length, 'test')}` : '';
}

/** Found anew by its place: an edit may have come between. */
function keyOf(view: IndexView, { uri, selectionRange, name }: CallHierarchyItem): string | null {
  if (!view.complete || view.text(uri) === undefined) return null;
  const found = view.calls().functionsAt(uri, view.offsetAt(uri, selectionRange.start));
  return found.find((fn) => fn.name === name)?.key ?? null;
}
