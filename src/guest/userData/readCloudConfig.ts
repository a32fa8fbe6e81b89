import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { printText, type EvaluatedText, type TextPart } from '../../model/commandText';
import { HOLE } from '../interpret/texts';
import { joinTexts } from '../interpret/textPieces';
import { parseYaml } from './parseYaml';
import { placeScalar } from './placeScalar';

/** Keys whose lists are run as commands, in the order in which cloud-init runs them. Source: cloud-init, Modules. */
const COMMAND_KEYS: readonly string[] = ['bootcmd', 'runcmd'];

/**
 * The commands and scripts of a cloud-config (`#cloud-config`): those of `bootcmd` and `runcmd`, and what `write_files` puts into
 * files when it is a script. A command given as a list of words comes with its words quoted as a shell would need them.
 * What the other keys make cloud-init itself do (packages, users, mounts) is no command of the text. Never throws; a text that
 * cannot be read has none.
 */
export function readCloudConfig(text: EvaluatedText): EvaluatedText[] {
  const printed = printText(text);
  const root = parseYaml(printed)?.contents;
  if (!isMap(root)) return [];
  const textOf = (node: unknown): EvaluatedText => (isScalar(node) ? placeScalar(text, printed, node) : [HOLE]);
  return [
    ...COMMAND_KEYS.flatMap((key) => itemsOf(root, key).map((item) => readCommand(item, textOf))),
    ...itemsOf(root, 'write_files').flatMap((file) => readFile(file, textOf)),
  ].filter((command) => command.length > 0);
}

type TextOf = (node: unknown) => EvaluatedText;

function itemsOf(map: YAMLMap, key: string): readonly unknown[] {
  const value = map.get(key, true);
  return isSeq(value) ? value.items : [];
}

/** A line for the shell, or a list of words that is run without one. */
function readCommand(item: unknown, textOf: TextOf): EvaluatedText {
  if (isScalar(item)) return typeof item.value === 'string' ? textOf(item) : [];
  if (!isSeq(item)) return [];
  return joinTexts(
    ' ',
    item.items.map((word) => quoteWord(textOf(word))),
  );
}

/** Quotes for a word that the shell would otherwise take apart or read as more than a word. */
function quoteWord(word: EvaluatedText): EvaluatedText {
  const plain = word.every((part) => part.kind === 'hole' || /^[\w./:=@%+,-]*$/.test(part.text));
  if (plain) return word;
  const quote: TextPart = { kind: 'literal', text: "'", uri: '', segments: [] };
  return printText(word).includes("'") ? word : [quote, ...word, quote];
}

/** A file that is a script; data of other kinds, or encoded, is not looked at. */
function readFile(file: unknown, textOf: TextOf): EvaluatedText[] {
  if (!isMap(file) || file.has('encoding')) return [];
  const content = file.get('content', true);
  const text = isScalar(content) && typeof content.value === 'string' ? textOf(content) : [];
  return printText(text).startsWith('#!') ? [text] : [];
}
