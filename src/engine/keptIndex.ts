import type { ModuleFacts } from '../model/facts';
import { nameModules } from '../project/moduleNames';
import type { SourceFile } from './fileSource';
import { unpackGuest, type GuestMemory, type PackedGuest } from './guestMemory';

/** A Python file of a kept index. */
interface KeptPython {
  readonly file: SourceFile;
  readonly hash: string;
  /** Its facts, as JSON; "" where they are not kept. */
  readonly text: string;
}

export interface FactsOfFile {
  readonly file: SourceFile;
  readonly facts: ModuleFacts;
}

/** A file that is no Python, with a hash of its text. */
export interface DataHash {
  readonly uri: string;
  readonly hash: string;
}

interface Header {
  readonly python: readonly { readonly file: SourceFile; readonly hash: string }[];
  readonly data: readonly DataHash[];
  readonly lineages: readonly Lineage[];
  readonly guest: PackedGuest;
}

/** Tests that share their class, and the files that the class and its ancestors stand in. */
export interface Lineage {
  readonly tests: readonly string[];
  readonly uris: readonly string[];
}

/** Everything of a complete index that is worth keeping. */
export interface IndexSnapshot {
  readonly python: readonly FactsOfFile[];
  readonly data: readonly DataHash[];
  readonly lineages: readonly Lineage[];
  readonly guest: PackedGuest;
}

/** A number that JSON does not know (1e999) would come back as null: such a file is read anew. */
const LOST_NUMBER = '"k":"num","v":null';

/** Prints a snapshot: a line of JSON about the whole, then a line with the facts of each Python file. */
export async function printIndex(snapshot: IndexSnapshot, rest: () => Promise<void>): Promise<string> {
  const header: Header = {
    python: snapshot.python.map(({ file, facts }) => ({ file, hash: facts.contentHash })),
    data: snapshot.data,
    lineages: snapshot.lineages,
    guest: snapshot.guest,
  };
  const lines = [JSON.stringify(header)];
  for (const { facts } of snapshot.python) {
    const line = JSON.stringify(facts);
    lines.push(line.includes(LOST_NUMBER) ? '' : line);
    await rest();
  }
  return lines.join('\n');
}

/** An index of an earlier session: facts by file and content, and what was known of the tests. */
export class KeptIndex {
  private readonly files: ReadonlyMap<string, KeptPython>;

  private constructor(
    private readonly header: Header,
    lines: readonly string[],
  ) {
    this.files = new Map(
      header.python.map(({ file, hash }, index) => [file.uri, { file, hash, text: lines[index + 1] ?? '' }]),
    );
  }

  /** @returns null when the text is none that `printIndex` printed */
  static parse(text: string): KeptIndex | null {
    const lines = text.split('\n');
    try {
      return new KeptIndex(JSON.parse(lines[0] ?? '') as Header, lines);
    } catch {
      return null;
    }
  }

  /** The facts of a file, when it had this content then. */
  factsOf(uri: string, hash: string): ModuleFacts | null {
    const known = this.files.get(uri);
    if (known?.hash !== hash || known.text === '') return null;
    return JSON.parse(known.text) as ModuleFacts;
  }

  /** Files that are new, gone, or not what they were. */
  findEdited(python: readonly FactsOfFile[], data: readonly DataHash[]): Set<string> {
    const edited = new Set<string>();
    const isSame = (before: KeptPython | undefined, file: SourceFile, hash: string): boolean =>
      before?.hash === hash && before.file.rootUri === file.rootUri && before.file.path === file.path;
    for (const { file, facts } of python)
      if (!isSame(this.files.get(file.uri), file, facts.contentHash)) edited.add(file.uri);
    const now = new Set([...python.map(({ file }) => file.uri), ...data.map(({ uri }) => uri)]);
    const dataBefore = new Map(this.header.data.map(({ uri, hash }) => [uri, hash]));
    for (const { uri, hash } of data) if (dataBefore.get(uri) !== hash) edited.add(uri);
    for (const uri of [...this.files.keys(), ...dataBefore.keys()]) if (!now.has(uri)) edited.add(uri);
    return edited;
  }

  /** Dotted names of the modules by file. */
  moduleNames(): Map<string, string> {
    const names = nameModules([...this.files.values()].map(({ file }) => file));
    return new Map([...names].map(([uri, { name }]) => [uri, name]));
  }

  /** Tests whose class, or one of its ancestors, stood in one of the files. */
  testsOfClassesIn(uris: ReadonlySet<string>): string[] {
    return this.header.lineages.flatMap((lineage) => (lineage.uris.some((uri) => uris.has(uri)) ? lineage.tests : []));
  }

  guest(): GuestMemory {
    return unpackGuest(this.header.guest);
  }
}
