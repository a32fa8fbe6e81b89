import { isMap, isScalar, isSeq, visit, type Node, type YAMLMap } from 'yaml';
import { printText, type EvaluatedText } from '../../model/commandText';
import { joinTexts, sliceText, splitByWords } from '../interpret/textPieces';
import { HOLE } from '../interpret/texts';
import { parseYaml } from '../userData/parseYaml';
import { placeScalar } from '../userData/placeScalar';
import { isActiveUserData } from '../userData/takeApart';

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
  if (!/\b[Rr]esources["']?\s*:/.test(text)) return null;
  const document = parseYaml(text);
  if (document === null) return null;
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
    if (!isMap(properties)) return;
    if (SERVER_TYPES.has(type) || CONFIG_TYPES.has(type)) this.addScripts(properties);
    if (type === 'OS::Heat::MultipartMime') this.addParts(properties.get('parts', true));
    if (type === 'OS::Heat::CloudConfig') this.addCloudConfig(properties.get('cloud_config', true));
  }

  private addScripts(properties: YAMLMap): void {
    for (const name of SCRIPT_PROPERTIES) {
      const value = properties.get(name, true);
      const script = value ? this.evaluate(value as Node) : [];
      if (isActiveUserData(printText(script))) this.stack.scripts.push(script);
    }
  }

  /** The parts of a MIME text: each is a script of its own, or names a resource that is read where it stands. */
  private addParts(parts: unknown): void {
    for (const part of isSeq(parts) ? parts.items : []) if (isMap(part)) this.addScripts(part);
  }

  /** A cloud-config that is written as a mapping: its text, with the indentation that its first line has lost. */
  private addCloudConfig(config: unknown): void {
    if (!isMap(config)) return;
    const [start, end] = config.range ?? [0, 0];
    const indentation = start - (this.text.lastIndexOf('\n', start - 1) + 1);
    const head = `#cloud-config\n${config.flow === true ? '' : ' '.repeat(indentation)}`;
    this.stack.scripts.push([
      { kind: 'literal', text: head, uri: '', segments: [] },
      ...sliceText(this.template, start, end),
    ]);
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
    if (isScalar(node)) return typeof node.value === 'string' ? placeScalar(this.template, this.text, node) : [];
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
}

function readText(map: YAMLMap, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' ? value : null;
}
