import { printText, type EvaluatedText, type TextPart } from '../../model/commandText';
import { readSequence } from './containers';
import { newData } from './heap';
import type { CallArguments, Machine } from './machine';
import { textsOf } from './texts';
import { UNKNOWN, constantText, textValue, type Alternative, type Value } from './values';

/** Fields of a message of Python's `email.mime`: its type, its text, its parts. */
const TYPE = '#mime';
const TEXT = '#text';
const PARTS = '#parts';

type Message = Extract<Alternative, { k: 'data' }>;

/** `MIMEText(text, subtype)` and `MIMEMultipart(subtype)`, by the name of the class; null for any other. */
export function makeMessage(name: string, args: CallArguments): Value | null {
  if (name === 'MIMEText') {
    const subtype = args.args[1] ?? args.kw.get('_subtype');
    return newMessage(`text/${(subtype && constantText(subtype)) ?? 'plain'}`, TEXT, args.args[0] ?? UNKNOWN);
  }
  return name === 'MIMEMultipart' ? newMessage('multipart/mixed', PARTS, [{ k: 'seq', items: [], rest: null }]) : null;
}

function newMessage(type: string, field: string, content: Value): Value {
  const message = newData();
  for (const alternative of message) {
    if (alternative.k !== 'data') continue;
    alternative.obj.fields.set(TYPE, textValue([plain(type)]));
    alternative.obj.fields.set(field, content);
  }
  return message;
}

/** `attach` and `as_string` of a message; null for another method, or what is no message. */
export function callMessage(m: Machine, name: string, message: Message, args: CallArguments): Value | null {
  if (!message.obj.fields.has(TYPE)) return null;
  if (name === 'attach' && args.args[0]) {
    const { items, rest } = readSequence(message.obj.fields.get(PARTS) ?? UNKNOWN);
    m.heap.write(message.obj, PARTS, [{ k: 'seq', items: [...items, args.args[0]], rest }]);
    return [{ k: 'const', v: null }];
  }
  return name === 'as_string' || name === 'as_bytes' ? textValue(printMessage(message)) : null;
}

/** A message as it is sent, with the places of its parts' words. */
function printMessage({ obj }: Message): EvaluatedText {
  const type = constantText(obj.fields.get(TYPE) ?? []) ?? 'text/plain';
  const parts = obj.fields.get(PARTS);
  if (!parts) {
    const [text] = textsOf(obj.fields.get(TEXT) ?? []);
    return [plain(`Content-Type: ${type}\n\n`), ...(text?.parts ?? [])];
  }
  const bodies = readSequence(parts).items.flatMap((part) =>
    part.flatMap((one) => (one.k === 'data' && one.obj.fields.has(TYPE) ? [printMessage(one)] : [])),
  );
  const boundary = findBoundary(bodies.map(printText).join(''));
  return [
    plain(`Content-Type: ${type}; boundary="${boundary}"\nMIME-Version: 1.0\n\n`),
    ...bodies.flatMap((body) => [plain(`--${boundary}\n`), ...body, plain('\n')]),
    plain(`--${boundary}--\n`),
  ];
}

/** A boundary that stands in none of the parts. */
function findBoundary(text: string): string {
  let boundary = '=parts=';
  while (text.includes(boundary)) boundary = `=${boundary}=`;
  return boundary;
}

function plain(text: string): TextPart {
  return { kind: 'literal', text, uri: '', segments: [] };
}
