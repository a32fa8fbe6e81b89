import { printText, type EvaluatedText, type LiteralPart, type TextPart } from '../../model/commandText';
import { newObject } from './heap';
import type { GuestEvent } from './machine';
import { sliceText } from './textPieces';
import { concatenate, sureText, type TextAlternative } from './texts';
import { UNKNOWN, joinAll, textValue, type Alternative, type HeapObject, type Value } from './values';

/** Calls that open a channel, and those of a channel (or of a file that it made) that send into it. */
export const OPENS_CHANNEL = /^paramiko\..*\.(open_session|open_channel)$/;
export const CHANNEL_WRITERS: ReadonlySet<string> = new Set(['send', 'sendall', 'write']);

/** What is known of a channel: what it goes over, and what was sent into it so far, each way that this may have come out. */
interface Channel {
  readonly connection: HeapObject | undefined;
  input: TextAlternative[];
  /** Texts of which a line was sent: all of it is. */
  readonly wholes: Set<EvaluatedText>;
}

const channels = new WeakMap<HeapObject, Channel>();

/** A new channel of a connection: what is sent into it is the standard input of the command that runs on it. */
export function openChannel(over: HeapObject | undefined): HeapObject {
  const channel = newObject('instance');
  channels.set(channel, { connection: connectionOf(over), input: [], wholes: new Set() });
  return channel;
}

/** The connection behind a channel; anything else is taken for the connection itself. */
export function connectionOf(origin: HeapObject | undefined): HeapObject | undefined {
  const channel = origin && channels.get(origin);
  return channel ? channel.connection : origin;
}

export function isChannel(origin: HeapObject | undefined): origin is HeapObject {
  return origin !== undefined && channels.has(origin);
}

/** Notes what is sent into a channel; what nothing is known of is left out. */
export function noteInput(origin: HeapObject, texts: readonly TextAlternative[]): void {
  const channel = channels.get(origin);
  if (!channel) return;
  const added = new Map<EvaluatedText, TextAlternative>();
  for (const text of texts) {
    if (!text.parts.some((part) => part.kind === 'literal' && part.text.trim() !== '')) continue;
    const whole = wholeOf(text.parts);
    if (whole && channel.wholes.has(whole)) continue;
    added.set(whole ?? text.parts, whole ? { ...text, parts: endLine(whole) } : text);
    if (whole) channel.wholes.add(whole);
  }
  if (added.size === 0) return;
  const before = channel.input.length > 0 ? channel.input : [sureText([])];
  channel.input = concatenate([before, [...added.values()]]).filter((one) => one.k === 'text');
}

/** The event as the guest sees it: a command that something was sent to has it as its standard input. One for each input. */
export function withInput(event: GuestEvent): readonly GuestEvent[] {
  const inputs = (event.channel && channels.get(event.channel)?.input) ?? [];
  if (inputs.length === 0) return [event];
  return inputs.map(({ parts, when }) => ({
    ...event,
    text: event.text.length > 0 ? feed(event.text, parts) : parts,
    conditions: [
      ...event.conditions,
      ...(when ?? []).map((literal) => ({ literal, exit: 'branch', guard: 'inline' }) as const),
    ],
  }));
}

/** A command with its standard input, as a here-document says it. */
function feed(command: EvaluatedText, input: EvaluatedText): EvaluatedText {
  return [...command, unwritten(" <<'STDIN'\n"), ...endLine(input), unwritten('STDIN')];
}

function endLine(text: EvaluatedText): EvaluatedText {
  return printText(text).endsWith('\n') ? text : [...text, unwritten('\n')];
}

/** A piece that stands nowhere in the source. */
function unwritten(text: string): TextPart {
  return { kind: 'literal', text, uri: '', segments: [] };
}

/** The text that a line was taken from. */
const wholes = new WeakMap<LiteralPart, EvaluatedText>();

function wholeOf(line: EvaluatedText): EvaluatedText | null {
  for (const part of line) {
    const whole = part.kind === 'literal' ? wholes.get(part) : undefined;
    if (whole) return whole;
  }
  return null;
}

/** What `splitlines` gives: the lines of the text in order, or, where it has holes that may be several lines, what a line may be. */
export function splitLines(text: EvaluatedText): Extract<Alternative, { k: 'seq' }> {
  const written = printText(text).split('\n');
  if (written.at(-1) === '') written.pop();
  let start = 0;
  const lines = written.map((line): Value => {
    const parts = sliceText(text, start, start + line.length);
    start += line.length + 1;
    for (const part of parts) if (part.kind === 'literal') wholes.set(part, text);
    return textValue(parts);
  });
  const hasHoles = text.some(({ kind }) => kind === 'hole');
  return { k: 'seq', items: hasHoles ? [] : lines, rest: hasHoles ? joinAll([...lines, UNKNOWN]) : null };
}
