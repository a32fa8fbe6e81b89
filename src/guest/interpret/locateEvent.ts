import type { EvaluatedText, TextPart } from '../../model/commandText';
import type { SiteKind } from '../../model/siteKind';
import type { TextRange } from '../../model/text';
import { conditionsOfText, describeCleanup, describeHop, describeSite } from './describeHop';
import type { EventStep, Frame, GuestEvent, Machine } from './machine';
import { textsOf } from './texts';

/** Data of API requests: shown where the text stands. */
const KINDS_OF_DATA: ReadonlySet<SiteKind> = new Set(['user-data', 'device', 'personality', 'image', 'reboot']);

const NO_RANGE: TextRange = { start: 0, end: 0 };

/**
 * Turns a call that reached the wire into an event at the place that a reader would call the site: the innermost call
 * outside the guest clients that only pass a command on. There the command is what the caller gave, without what the clients
 * put around it (the shell prologue).
 */
export function locateEvent(
  m: Machine,
  kind: SiteKind,
  text: EvaluatedText,
  frame: Frame,
  range: TextRange,
): GuestEvent {
  const { stack } = m;
  let top = stack.lastIndexOf(frame);
  if (top < 0) top = stack.length - 1;
  let command = text;
  let place = range;
  const clientFrames: Frame[] = [];
  while (top > 0) {
    const current = stack[top];
    if (!current?.callRange) break;
    if (!isAround(m, stack, top)) {
      if (!current.owner || !m.isGuestClient(current.owner)) break;
      const passed =
        kind === 'ssh' || kind === 'upload' ? findPassedText(current, command) : kind === 'login' ? command : null;
      if (passed === null) break;
      command = passed;
      clientFrames.push(current);
    }
    place = current.callRange;
    top--;
  }
  if (kind === 'ssh') for (const client of clientFrames) client.ranCommand = true;
  const [site, depth] = KINDS_OF_DATA.has(kind) ? placeOfText(stack, top, command, place) : [place, top];
  return {
    kind,
    text: command,
    confidence: m.supposedDepth > 0 ? 'likely' : 'certain',
    debugOnly: m.handlerDepth > 0,
    conditions: m.conditions.slice(),
    path: describePath(m, stack, depth, site, m.reasons && { kind, frame, range }),
    clientFrames,
  };
}

/** True for the wrapper of a decorator when the frames inside it lead straight to the function that it was put around. */
function isAround(m: Machine, stack: readonly Frame[], at: number): boolean {
  const outer = stack[at];
  if (!outer?.wrapper || !outer.fn) return false;
  const inner = stack.slice(at + 1).find((frame) => !frame.wrapper);
  return inner?.fn ? m.isWrapperOf(outer.fn, inner.fn) : false;
}

/** Words that change who runs a command, not what is run. */
const OTHER_ACCOUNT = /^\s*(?:sudo|doas)\s+(?:-\S+\s+)*$/;

/**
 * The argument that a pass-through function was given and put into the command; null when the function says something of its own.
 * A `sudo` that it puts before is kept, and is no word of its own.
 */
function findPassedText(frame: Frame, command: EvaluatedText): EvaluatedText | null {
  for (const value of frame.bound.slice(1)) {
    for (const { parts: text } of textsOf(value)) {
      const at = text.length > 0 ? findParts(command, text) : -1;
      if (at < 0) continue;
      const rest = [...command.slice(0, at), ...command.slice(at + text.length)];
      const own = rest.filter((part) => saysSomething(part, frame));
      if (own.length === 0) return text;
      if (own.every((part) => part.kind === 'literal' && OTHER_ACCOUNT.test(part.text))) return command;
    }
  }
  return null;
}

function findParts(command: EvaluatedText, text: EvaluatedText): number {
  for (let at = 0; at + text.length <= command.length; at++) {
    if (text.every((part, i) => command[at + i] === part)) return at;
  }
  return -1;
}

/** True for literal words that stand inside the function's own body. */
function saysSomething(part: TextPart, frame: Frame): boolean {
  if (part.kind !== 'literal' || part.text.trim() === '' || !frame.fn) return false;
  const { range } = frame.fn.facts;
  return (
    part.uri === frame.module.uri &&
    part.segments.some((segment) => segment.sourceStart >= range.start && segment.sourceEnd <= range.end)
  );
}

/** Data handed to an API call is shown where its text stands, when that is in a function on the way. */
function placeOfText(stack: readonly Frame[], top: number, text: EvaluatedText, place: TextRange): [TextRange, number] {
  const literal = text.find((part) => part.kind === 'literal' && part.segments.length > 0);
  if (literal?.kind !== 'literal') return [place, top];
  const start = literal.segments[0]?.sourceStart ?? 0;
  const end = literal.segments[literal.segments.length - 1]?.sourceEnd ?? start;
  for (let depth = top; depth >= 0; depth--) {
    const frame = stack[depth];
    const range = frame?.fn?.facts.range;
    if (frame?.module.uri === literal.uri && range && range.start <= start && range.end >= end)
      return [{ start, end }, depth];
  }
  return [place, top];
}

/** What reached the wire, and from where. */
interface Wire {
  readonly kind: SiteKind;
  readonly frame: Frame;
  readonly range: TextRange;
}

/**
 * The frames up to `depth` as steps, each with the call that leads on; the last one's is the site itself.
 * @param wire null while no reasons are recorded
 */
function describePath(
  m: Machine,
  stack: readonly Frame[],
  depth: number,
  place: TextRange,
  wire: Wire | null,
): GuestEvent['path'] {
  const path: EventStep[] = [];
  let around: Frame[] = [];
  stack.slice(0, depth + 1).forEach((frame, i) => {
    // The wrapper of a decorator is no hop of its own: its caller is shown as calling what it wraps.
    if (i < depth && isAround(m, stack, i)) {
      around.push(frame);
      return;
    }
    const range = i < depth ? (stack[i + 1]?.callRange ?? NO_RANGE) : place;
    const why = m.reasons && wire ? describeHop(m.reasons, frame, path.at(-1)?.frame ?? null, around) : null;
    path.push({ frame, range, ...(why && { why }) });
    around = [];
  });
  const last = path.at(-1);
  if (!m.reasons || !wire || !last?.why) return path;
  const site = describeSite(m.reasons, wire.kind, stack.slice(depth + 1), last.frame, wire);
  const written = KINDS_OF_DATA.has(wire.kind) ? conditionsOfText(m.reasons, last.frame, place) : [];
  const registered = last.frame.fn ? [] : describeCleanup(m.reasons);
  return [...path.slice(0, -1), { ...last, why: [...last.why, ...registered, ...written, site] }];
}
