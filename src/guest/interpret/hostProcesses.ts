import type { EvaluatedText } from '../../model/commandText';
import type { TextRange } from '../../model/text';
import { keyOfAnswer } from './conditionalValues';
import { newObject } from './heap';
import { HOST_PROGRAMS, SCP_VALUE_OPTION } from './sinks';
import type { CallArguments, Frame, Machine } from './machine';
import { readSequence } from './containers';
import { concatenate, sureText, textsOf, type TextAlternative } from './texts';
import { present, type Alternative, type Value } from './values';

/** Programs that start the one behind them, and the shell with its command. */
const STARTERS = /^(sudo|nohup|env|nice|(\/bin\/|\/usr\/bin\/)?(ba)?sh|-c)$/;

/** A program started on the tester's machine: only a ping and a copy to a machine ask something of the guest. @returns what the call gives back */
export function startProcess(m: Machine, path: string, args: CallArguments, frame: Frame, range: TextRange): Value {
  const process = newObject('instance');
  let pings = false;
  for (const alternative of present(args.args[0] ?? args.kw.get('args') ?? [])) {
    for (const { parts: text, when } of commandTexts(alternative)) {
      const program = programOf(text);
      const kind = program && HOST_PROGRAMS.get(program.slice(program.lastIndexOf('/') + 1));
      if (kind === 'ping') {
        pings = true;
        m.under(when, () => m.emit(kind, text, frame, range, { answer: keyOfAnswer(process) }));
      } else if (kind === 'upload' && copiesToMachine(text)) m.under(when, () => m.emit(kind, [], frame, range));
    }
  }
  return [{ k: 'ext', path: `${path}()`, ...(pings && { origin: process }) }];
}

/** True for a command line of scp whose last operand is on another machine (`user@host:path`), which is none that the configuration names. */
function copiesToMachine(command: EvaluatedText): boolean {
  const marked = command.map((part) =>
    part.kind === 'literal' ? part.text : part.option === '' ? UNSAID : CONFIGURED,
  );
  const words = marked.join('').trim().split(/\s+/);
  const operands = words.filter(
    (word, i) => i > 0 && !word.startsWith('-') && !SCP_VALUE_OPTION.test(words[i - 1] ?? ''),
  );
  const host = /^(?:[^/:@]*@)?([^/:@]+):/.exec(operands.at(-1) ?? '')?.[1];
  return host !== undefined && host !== CONFIGURED;
}

/** Stand for holes in a text: what an option says, and what nothing says. */
const [CONFIGURED, UNSAID] = ['\u0001', '\u0002'];

/** What a ping's exit status being 0 is known as among conditions; null for any other value. */
export function answerOfStatus(status: Alternative): string | null {
  if (status.k !== 'ext' || !status.origin || !EXIT_STATUS.test(status.path)) return null;
  return keyOfAnswer(status.origin);
}

const EXIT_STATUS =
  /^(os|subprocess|eventlet\.green\.subprocess)\..*(\.returncode|\.wait\(\)|\bcall\(\)|\bsystem\(\))$/;

/** The program that a command line starts, behind those that only start another. */
function programOf(command: EvaluatedText): string | undefined {
  const known = command.slice(
    0,
    [...command, null].findIndex((part) => part?.kind !== 'literal'),
  );
  const words = known.map((part) => (part.kind === 'literal' ? part.text : '')).join('');
  return words
    .trim()
    .split(/\s+/)
    .find((word) => !STARTERS.test(word));
}

function commandTexts(alternative: Alternative): TextAlternative[] {
  if (alternative.k === 'text') return [alternative];
  const view = readSequence([alternative]);
  if (view.items.length === 0) return [];
  const space = sureText([{ kind: 'literal', text: ' ', uri: '', segments: [] }]);
  return concatenate(view.items.flatMap((value, i) => (i > 0 ? [[space], textsOf(value)] : [textsOf(value)]))).flatMap(
    (one) => (one.k === 'text' ? [one] : []),
  );
}
