import type { ModuleFacts } from '../model/facts';

/** What a fix may look at. Both answer undefined for a file that is not indexed: then there is no fix. */
export interface FixContext {
  /** Current text of a file. */
  text(uri: string): string | undefined;
  /** Facts of exactly that text. */
  facts(uri: string): ModuleFacts | undefined;
}

/** One file as a fix sees it. */
export interface FixFile {
  readonly uri: string;
  readonly text: string;
  readonly facts: ModuleFacts;
}

/** The file, or null when it is not there. */
export function openFixFile(uri: string, context: FixContext): FixFile | null {
  const text = context.text(uri);
  const facts = context.facts(uri);
  return text === undefined || facts === undefined ? null : { uri, text, facts };
}
