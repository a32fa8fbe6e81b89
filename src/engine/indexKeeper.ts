import type { ModuleFacts } from '../model/facts';
import type { DataFiles } from './dataFiles';
import type { FileSource } from './fileSource';
import type { GuestIndex } from './guestIndex';
import { packGuest } from './guestMemory';
import type { IndexStore } from './indexStore';
import { KeptIndex, printIndex, type IndexSnapshot, type Lineage } from './keptIndex';
import type { PythonIndex } from './pythonIndex';
import type { LinkChange } from './staleTests';
import { TimeSlicer } from './timeSlicer';

/** The parts of an index that go from one session to the next. */
interface KeptParts {
  readonly python: PythonIndex;
  readonly data: DataFiles;
  readonly guest: GuestIndex;
}

/** Hands an index on to the next session, and takes over what an earlier one left. */
export class IndexKeeper {
  private name = '';
  /** The index of an earlier session, while this one is built. */
  private kept: KeptIndex | null = null;
  /** There is nothing to keep: no index yet, or the store has it as it was when it was complete. */
  private isKept = true;

  constructor(private readonly parts: KeptParts) {}

  /** Looks for an index of the same roots; their order counts, since it decides which module of a name wins. */
  async begin(sources: readonly FileSource[], store: IndexStore | null): Promise<void> {
    this.name = sources.map(({ rootUri }) => rootUri).join('\n');
    const text = store && (await store.read(this.name));
    this.kept = text === null ? null : KeptIndex.parse(text);
  }

  /** Facts of a file with this content, where an earlier session has read it. */
  factsOf(uri: string, hash: string): ModuleFacts | null {
    return this.kept?.factsOf(uri, hash) ?? null;
  }

  /**
   * Takes over what an earlier session knew of the tests, once all files are linked.
   * @returns what has changed since then; null when nothing is known
   */
  recall(): LinkChange | null {
    const { kept } = this;
    this.isKept = false;
    if (!kept) return null;
    const { python, data, guest } = this.parts;
    const edited = kept.findEdited(python.files(), data.hashes());
    this.isKept = edited.size === 0;
    this.kept = null;
    const flipped = guest.restore(kept.guest(), python.project);
    return { before: kept.moduleNames(), edited, flipped, related: kept.testsOfClassesIn(edited) };
  }

  /** Keeps the complete index, unless what is kept is the same. */
  async keep(store: IndexStore): Promise<void> {
    if (this.isKept) return;
    this.isKept = true;
    const slicer = new TimeSlicer();
    await store.write(this.name, await printIndex(this.takeSnapshot(), () => slicer.rest()));
  }

  private takeSnapshot(): IndexSnapshot {
    const { python, data, guest } = this.parts;
    return {
      python: python.files(),
      data: data.hashes(),
      lineages: listLineages(python),
      guest: packGuest(guest.memory()),
    };
  }
}

function listLineages(python: PythonIndex): Lineage[] {
  return [...python.groupByClass(python.tests)].map(([cls, tests]) => {
    const ancestors = python.project.orderOf(cls).filter((ancestor) => typeof ancestor !== 'string');
    const uris = new Set([
      ...ancestors.map((ancestor) => ancestor.module.uri),
      ...tests.map(({ test }) => test.definition.uri),
    ]);
    return { tests: tests.map(({ test }) => test.name), uris: [...uris] };
  });
}
