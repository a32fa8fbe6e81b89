/** What an id as written in a guideline or a test list says. */
export interface ParsedTestId {
  /** Lower-case UUID, or null when none stands there. */
  readonly id: string | null;
  /** The other words, in order (`image`, `smoke` in `id-…,image,smoke`). */
  readonly tags: readonly string[];
  /** True when the id is written `id-<uuid>`, as testtools' attribute has it; add-ons write the bare UUID. */
  readonly prefixed: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads every form in use: `id-<uuid>` (guidelines), `<uuid>` (add-ons), `id-<uuid>,image,smoke` (2016.01), and the
 * comma-separated attributes of a test list in any order. The first UUID is the id.
 */
export function parseTestId(written: string): ParsedTestId {
  let id: string | null = null;
  let prefixed = false;
  const tags: string[] = [];
  for (const part of written.split(',')) {
    const word = part.trim();
    const lower = word.toLowerCase();
    const bare = lower.startsWith('id-') ? lower.slice(3) : lower;
    if (id === null && UUID.test(bare)) {
      id = bare;
      prefixed = bare !== lower;
    } else if (word !== '') tags.push(word);
  }
  return { id, tags, prefixed };
}
