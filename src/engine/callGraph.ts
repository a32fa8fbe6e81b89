import type { RecordedCall } from '../guest/interpret/callRecord';
import type { TextRange } from '../model/text';
import type { Project, ProjectFunction } from '../project/project';
import { type CallPlace, readCallPlaces, resolveCall } from '../project/readCalls';

/** A function or method, tests included. */
export interface FunctionPlace {
  /** Names the function as long as its file keeps its shape. */
  readonly key: string;
  /** `Class.method` or `function`. */
  readonly name: string;
  readonly uri: string;
  readonly nameRange: TextRange;
  /** From the first decorator to the end of the body. */
  readonly range: TextRange;
}

/** The other end of calls, with the names at which they stand in the caller's file, in order. */
export interface CallLink {
  readonly fn: FunctionPlace;
  readonly ranges: readonly TextRange[];
}

type Links = Map<string, Map<string, TextRange[]>>;

/**
 * Who calls whom. Where tests were run, what a call really ran (over all tests) counts; elsewhere what the text alone tells (see
 * resolveCall). Nothing is guessed from names: a call that neither resolves is not in it.
 */
export class CallGraph {
  private readonly outgoing: Links = new Map();
  private readonly incoming: Links = new Map();

  constructor(
    private readonly project: Project,
    recorded: readonly RecordedCall[],
  ) {
    const byCaller = new Map<string, RecordedCall[]>();
    for (const call of recorded) {
      const calls = byCaller.get(call.caller);
      if (calls) calls.push(call);
      else byCaller.set(call.caller, [call]);
    }
    for (const module of project.modules()) {
      for (let index = 0; index < module.facts.functions.length; index++) {
        const fn = project.functionAt(module, index);
        if (fn) this.addCallsOf(fn, byCaller.get(fn.key) ?? []);
      }
    }
  }

  /**
   * The functions that an offset is about: the one whose name stands there, those that a call there runs, or the innermost one around
   * it. Empty outside of functions.
   */
  functionsAt(uri: string, offset: number): readonly FunctionPlace[] {
    const around = this.functionsAround(uri, offset);
    const named = around.find(({ facts }) => covers(facts.nameRange, offset));
    if (named) return [placeOf(named)];
    const [innermost] = around;
    if (!innermost) return [];
    const called = this.callsFrom(innermost.key).filter(({ ranges }) => ranges.some((range) => covers(range, offset)));
    return called.length > 0 ? called.map(({ fn }) => fn) : [placeOf(innermost)];
  }

  /** What a function calls, by the first place. */
  callsFrom(key: string): readonly CallLink[] {
    return this.linksOf(this.outgoing, key).sort((a, b) => firstOf(a) - firstOf(b) || compareFunctions(a.fn, b.fn));
  }

  /** Who calls a function, by file and place. */
  callsTo(key: string): readonly CallLink[] {
    return this.linksOf(this.incoming, key).sort((a, b) => compareFunctions(a.fn, b.fn));
  }

  private linksOf(links: Links, key: string): CallLink[] {
    return [...(links.get(key) ?? [])].flatMap(([other, ranges]) => {
      const fn = this.project.functionOfKey(other);
      return fn ? [{ fn: placeOf(fn), ranges: [...ranges].sort((a, b) => a.start - b.start) }] : [];
    });
  }

  /** Innermost first. */
  private functionsAround(uri: string, offset: number): readonly ProjectFunction[] {
    const module = this.project.moduleAt(uri);
    if (!module) return [];
    return module.facts.functions
      .flatMap((facts, index) => (covers(facts.range, offset) ? (this.project.functionAt(module, index) ?? []) : []))
      .sort((a, b) => b.facts.range.start - a.facts.range.start);
  }

  private addCallsOf(fn: ProjectFunction, recorded: readonly RecordedCall[]): void {
    const base = fn.facts.range.start;
    const left = new Map<string, RecordedCall[]>();
    for (const call of recorded) {
      const key = `${String(base + call.start)} ${String(base + call.end)}`;
      left.set(key, [...(left.get(key) ?? []), call]);
    }
    for (const place of readCallPlaces(fn.facts)) {
      const key = `${String(place.expr.s)} ${String(place.expr.e)}`;
      const ran = left.get(key);
      left.delete(key);
      if (ran) for (const { callee } of ran) this.add(fn.key, callee, place.name);
      else this.addResolved(fn, place);
    }
    // What runs without a call in the text: `with` enters a context, an operator runs a method.
    for (const calls of left.values())
      for (const { callee, start, end } of calls) this.add(fn.key, callee, { start: base + start, end: base + end });
  }

  private addResolved(fn: ProjectFunction, place: CallPlace): void {
    for (const callee of resolveCall(this.project, fn, place)) this.add(fn.key, callee.key, place.name);
  }

  private add(caller: string, callee: string, range: TextRange): void {
    addRange(this.outgoing, caller, callee, range);
    addRange(this.incoming, callee, caller, range);
  }
}

function addRange(links: Links, from: string, to: string, range: TextRange): void {
  let targets = links.get(from);
  if (!targets) links.set(from, (targets = new Map<string, TextRange[]>()));
  const ranges = targets.get(to);
  if (!ranges) targets.set(to, [range]);
  else if (!ranges.some((known) => known.start === range.start && known.end === range.end)) ranges.push(range);
}

function placeOf({ key, module, facts }: ProjectFunction): FunctionPlace {
  return { key, name: facts.qualname, uri: module.uri, nameRange: facts.nameRange, range: facts.range };
}

function covers(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function firstOf({ ranges }: CallLink): number {
  return ranges[0]?.start ?? 0;
}

function compareFunctions(a: FunctionPlace, b: FunctionPlace): number {
  return a.uri === b.uri ? a.range.start - b.range.start : a.uri < b.uri ? -1 : 1;
}
