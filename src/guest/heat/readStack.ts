import { isMap, isScalar, isSeq, parseDocument, Scalar, visit, type Node, type YAMLMap } from 'yaml';
import { nestsTooDeep } from '../../syntax/yamlTokens';
import { printText, type EvaluatedText } from '../../model/commandText';
import { blockLines } from './blockLines';
import { joinTexts, sliceText, splitByWords } from '../interpret/textPieces';
import { HOLE } from '../interpret/texts';

/** What the servers of a Heat template demand of their guests. */
export interface Stack {
  /** The template boots a server. */
  readonly boots: boolean;
  /** The stack is only complete once a server has told so from inside: its scripts have to run. */
  readonly waitsForGuest: boolean;
  /** User data and configuration scripts, with the places of their words. */
  readonly scripts: readonly EvaluatedText[];
}

/** Gives the text of a file that a template names (`get_file`, a type that is a file); null where it is not known. */
export type FileOfTemplate = (name: string) => EvaluatedText | null;

const SERVER_TYPES: ReadonlySet<string> = new Set(['OS::Nova::Server', 'AWS::EC2::Instance']);
/** Resources that hold a script for a server. */
const CONFIG_TYPES: ReadonlySet<string> = new Set([
  'OS::Heat::SoftwareConfig',
  'AWS::AutoScaling::LaunchConfiguration',
]);
/** Resources that wait for a signal out of a server. */
const WAITING_TYPES: ReadonlySet<string> = new Set([
  'OS::Heat::WaitCondition',
  'AWS::CloudFormation::WaitCondition',
  'OS::Heat::SoftwareDeployment',
  'OS::Heat::SoftwareDeploymentGroup',
]);
/** Properties that hold a script: Heat's own names and those of CloudFormation. */
const SCRIPT_PROPERTIES: readonly string[] = ['user_data', 'UserData', 'config'];
/** Templates name templates: no deeper than this. */
const MAX_DEPTH = 4;

/**
 * Reads a Heat template (HOT or CloudFormation, YAML or JSON). A text that is no template, or that cannot be parsed, gives null.
 * Source of the words: the Heat template guide.
 * @param template as the test hands it over; holes are where nothing is known
 */
export function readStack(template: EvaluatedText, fileOf: FileOfTemplate, depth = 0): Stack | null {
  const text = printText(template);
  // Most texts are no template, and parsing is dear.
  if (!/\b[Rr]esources["']?\s*:/.test(text) || nestsTooDeep(text)) return null;
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.contents === null) return null;
  const reader = new StackReader(template, text, fileOf);
  visit(document, { Map: (_, map) => reader.readResource(map, depth) });
  return reader.stack;
}

class StackReader {
  readonly stack = { boots: false, waitsForGuest: false, scripts: [] as EvaluatedText[] };

  constructor(
    private readonly template: EvaluatedText,
    private readonly text: string,
    private readonly fileOf: FileOfTemplate,
  ) {}

  /** A mapping with a type is a resource, wherever it stands (also as the member of a group). */
  readResource(map: YAMLMap, depth: number): void {
    const type = readText(map, 'type') ?? readText(map, 'Type');
    if (type === null) return;
    if (SERVER_TYPES.has(type)) this.stack.boots = true;
    if (WAITING_TYPES.has(type)) this.stack.waitsForGuest = true;
    if (/\.(ya?ml|template)$/.test(type)) this.addFile(type, depth);
    const properties = map.get('properties', true) ?? map.get('Properties', true);
    if (!isMap(properties) || !(SERVER_TYPES.has(type) || CONFIG_TYPES.has(type))) return;
    for (const name of SCRIPT_PROPERTIES) {
      const value = properties.get(name, true);
      const script = value ? this.evaluate(value as Node) : [];
      if (printText(script).trimStart().startsWith('#')) this.stack.scripts.push(script);
    }
  }

  private addFile(name: string, depth: number): void {
    const text = depth < MAX_DEPTH ? this.fileOf(name) : null;
    const inner = text && readStack(text, this.fileOf, depth + 1);
    if (!inner) return;
    this.stack.boots ||= inner.boots;
    this.stack.waitsForGuest ||= inner.waitsForGuest;
    this.stack.scripts.push(...inner.scripts);
  }

  /** The text of a value: what Heat would compute is a hole, unless it only puts texts together. */
  private evaluate(node: Node): EvaluatedText {
    if (isScalar(node)) return typeof node.value === 'string' ? this.textOf(node) : [];
    const [pair] = isMap(node) && node.items.length === 1 ? node.items : [];
    const name = isScalar(pair?.key) ? pair.key.value : null;
    const value = pair?.value as Node | undefined;
    if (!value) return [HOLE];
    switch (name) {
      case 'str_replace':
      case 'str_replace_strict':
        return this.replace(value);
      case 'list_join':
      case 'Fn::Join':
        return this.join(value);
      case 'Fn::Replace':
        return this.replaceListed(value);
      case 'Fn::Base64':
        return this.evaluate(value);
      case 'get_file':
        return (isScalar(value) && this.fileOf(String(value.value))) || [HOLE];
      case 'get_resource':
        // The script of a configuration is read where that resource stands.
        return [];
      default:
        return [HOLE];
    }
  }

  /** CloudFormation: `[{word: value, …}, text]`. */
  private replaceListed(value: Node): EvaluatedText {
    const [params, template] = isSeq(value) ? value.items : [];
    return this.replaceWords(params, template);
  }

  private replace(value: Node): EvaluatedText {
    return isMap(value) ? this.replaceWords(value.get('params', true), value.get('template', true)) : [HOLE];
  }

  private replaceWords(params: unknown, template: unknown): EvaluatedText {
    const names = isMap(params) ? params.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) : [];
    return template ? splitByWords(this.evaluate(template as Node), names) : [HOLE];
  }

  private join(value: Node): EvaluatedText {
    const [separator, items] = isSeq(value) ? value.items : [];
    if (!isScalar(separator) || !isSeq(items)) return [HOLE];
    return joinTexts(
      String(separator.value),
      items.items.map((item) => this.evaluate(item as Node)),
    );
  }

  /** A scalar with the places of its lines, as far as they stand in the template as they are. */
  private textOf(node: Scalar): EvaluatedText {
    const value = String(node.value);
    const [start, end] = node.range ?? [0, 0];
    if (node.type === Scalar.BLOCK_LITERAL) {
      const lines = blockLines(this.text.slice(start, end), value);
      if (lines) return lines.flatMap((line) => sliceText(this.template, start + line.start, start + line.end));
    }
    const at = this.text.slice(start, end).indexOf(value);
    if (at >= 0) return sliceText(this.template, start + at, start + at + value.length);
    return [this.wholeOf(value, start, end)];
  }

  /** A text that is written otherwise than it reads (folded, with escapes): all of it stands for the whole scalar. */
  private wholeOf(value: string, start: number, end: number): EvaluatedText[number] {
    const written = sliceText(this.template, start, end);
    const [first] = written;
    const segments = written.flatMap((part) => (part.kind === 'literal' ? part.segments : []));
    const from = segments[0];
    const to = segments[segments.length - 1];
    return {
      kind: 'literal',
      text: value,
      uri: first?.kind === 'literal' ? first.uri : '',
      segments:
        from && to
          ? [{ textStart: 0, textEnd: value.length, sourceStart: from.sourceStart, sourceEnd: to.sourceEnd }]
          : [],
    };
  }
}

function readText(map: YAMLMap, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' ? value : null;
}
