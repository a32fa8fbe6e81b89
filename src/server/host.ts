import type { FileSource } from '../engine/fileSource';
import type { IndexStore } from '../engine/indexStore';
import type { GrammarBytes } from '../syntax/grammars';

/** What differs between the server on a machine and the server in a worker. */
export interface ServerHost {
  /**
   * Bytes of the grammars.
   * @param read reads a file through the client; for a host that has no disk
   * @param grammarFolder address given by the client, or null
   * @throws when they cannot be read; the message says what is missing
   */
  loadGrammarBytes(read: (uri: string) => Promise<Uint8Array>, grammarFolder: string | null): Promise<GrammarBytes>;
  /** A source that reads the folder by itself, or null when this host cannot read the address (virtual folders, the web). */
  openDiskSource(rootUri: string): FileSource | null;
  /** Where indexes are kept between sessions, below a folder that the client names; missing where there is no disk. */
  openIndexStore?(folderUri: string): IndexStore | null;
  /** Text of a file as its repository has it committed, or null; missing where there are no repositories (the web). */
  readCommitted?(uri: string): Promise<string | null>;
  /**
   * The text of a file as a revision of its git repository has it; null when this host never can tell.
   * @throws SourceError when git is missing or does not have it
   */
  readonly readRevision: ((uri: string, revision: string) => Promise<string>) | null;
  /** Address of the home folder, or null. */
  readonly home: string | null;
  /** The date of today, yyyy-mm-dd (UTC). */
  today(): string;
}
