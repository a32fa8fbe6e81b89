import type { IndexStore } from '../../src/engine/indexStore';

/** A store of indexes that lasts as long as the test. */
export class MemoryStore implements IndexStore {
  readonly kept = new Map<string, string>();
  writes = 0;

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.kept.get(name) ?? null);
  }

  write(name: string, text: string): Promise<void> {
    this.writes++;
    this.kept.set(name, text);
    return Promise.resolve();
  }
}
