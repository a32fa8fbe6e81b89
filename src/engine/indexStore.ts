/** Keeps indexes between sessions, as text. What is lost, damaged or of another version is simply made again. */
export interface IndexStore {
  /** What was kept under the name last, by this very program; null when there is nothing of the kind. Never throws. */
  read(name: string): Promise<string | null>;
  /** Keeps the text in place of what was there. Never throws. */
  write(name: string, text: string): Promise<void>;
}
