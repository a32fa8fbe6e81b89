import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { findNoqas, type Noqa } from '../../model/noqa';
import { nestsTooDeep, readYamlTokens } from '../../syntax/yamlTokens';
import type { TextRange } from '../../model/text';

/** Larger files are no profiles, and would make an editor wait. UTF-16 code units. */
export const MAX_PROFILE_LENGTH = 64 * 1024;

/** Values that are read at most: aliases of aliases can stand for more than any memory holds. */
const MAX_VALUES = 5_000;

export interface ProfilePair {
  readonly key: Node | null;
  readonly value: Node | null;
}

export interface ProfileFault {
  readonly range: TextRange;
  readonly message: string;
}

/**
 * The YAML (or JSON, which is YAML too) of a profile: a tree with the faults of its syntax. Aliases lead to their anchors and `<<` merges
 * the mapping that it names. Never throws; a tree that stands for too much ends in empty lists and a fault.
 */
export class ProfileTree {
  readonly faults: ProfileFault[] = [];
  readonly root: Node | null;
  private readonly anchored = new Map<Alias, Node>();
  private values = 0;

  constructor(text: string) {
    this.root = this.parse(text);
  }

  private parse(text: string): Node | null {
    if (text.length > MAX_PROFILE_LENGTH) {
      this.refuse(`The file is larger than a profile may be (${MAX_PROFILE_LENGTH / 1024} KiB).`);
      return null;
    }
    if (nestsTooDeep(text)) {
      this.refuse('The file is nested too deep to be read.');
      return null;
    }
    const document = parseDocument(text, { uniqueKeys: false, version: '1.2' });
    for (const { pos, message } of document.errors) {
      const [line = message] = message.split('\n', 1);
      const told = line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]?$/, '.');
      this.faults.push({ range: { start: pos[0], end: pos[1] }, message: told });
    }
    const anchors = new Map<string, Node>();
    visit(document, {
      Alias: (_, alias) => {
        const node = anchors.get(alias.source);
        if (node) this.anchored.set(alias, node);
      },
      Value: (_, node) => {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
    return document.contents;
  }

  private refuse(message: string): void {
    this.faults.push({ range: { start: 0, end: 0 }, message });
  }

  /** Keys and values of a mapping, those of merged mappings (`<<`) behind its own. */
  pairsOf(map: YAMLMap, merging: ReadonlySet<YAMLMap> = new Set()): readonly ProfilePair[] {
    const own: ProfilePair[] = [];
    const merged: ProfilePair[] = [];
    for (const { key, value } of map.items as readonly { key: Node | null; value: Node | null }[]) {
      if (!this.mayRead()) break;
      const pair = { key: this.resolve(key), value: this.resolve(value) };
      if (isScalar(pair.key) && pair.key.value === '<<') merged.push(...this.mergedPairs(pair.value, merging, map));
      else own.push(pair);
    }
    const names = new Set(own.map(({ key }) => nameOf(key)));
    return [...own, ...merged.filter(({ key }) => !names.has(nameOf(key)))];
  }

  private mergedPairs(value: Node | null, merging: ReadonlySet<YAMLMap>, into: YAMLMap): readonly ProfilePair[] {
    const maps = (isSeq(value) ? this.itemsOf(value) : [value]).filter((node) => isMap(node));
    const seen = new Set([...merging, into]);
    return maps.filter((map) => !seen.has(map)).flatMap((map) => this.pairsOf(map, seen));
  }

  itemsOf(list: YAMLSeq): readonly (Node | null)[] {
    return list.items.flatMap((item) => (this.mayRead() ? [this.resolve(item as Node | null)] : []));
  }

  private resolve(node: Node | null): Node | null {
    return isAlias(node) ? (this.anchored.get(node) ?? node) : node;
  }

  private mayRead(): boolean {
    this.values++;
    if (this.values === MAX_VALUES + 1) this.refuse(`The file stands for more than ${MAX_VALUES} values.`);
    return this.values <= MAX_VALUES;
  }
}

function nameOf(key: Node | null): string {
  return isScalar(key) ? String(key.value) : '';
}

/** From the start of a value to its end, without the blanks and comments behind it. */
export function rangeOfNode(node: Node | null | undefined): TextRange {
  const [start = 0, end = start] = node?.range ?? [];
  return { start, end };
}

/** The `# noqa` comments of a YAML text; letters of a text are none. */
export function findYamlNoqas(text: string): readonly Noqa[] {
  if (!/noqa/i.test(text)) return [];
  return [...readYamlTokens(text)]
    .filter(({ type }) => type === 'comment')
    .flatMap(({ source, start }) =>
      findNoqas(source).map((noqa) => ({
        ...noqa,
        range: { start: start + noqa.range.start, end: start + noqa.range.end },
      })),
    );
}
