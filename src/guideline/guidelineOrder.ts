import type { Guideline } from '../model/guideline';

/** Which guideline of which family a file is. */
export interface GuidelineEdition {
  /** "" for the main guidelines, else the name before the edition (`dns`, `orchestration`, `nfv`). */
  readonly family: string;
  /** `2020.06`, `next`, or a release name (`havana`) of the legacy files. */
  readonly edition: string;
  readonly kind: 'next' | 'dated' | 'other';
}

const EDITION_NAME = /^(?:([a-z][\w-]*)\.)?(\d{4}\.\d{2}|next)$/;

/** The edition that a name such as `2020.06`, `next` or `dns.2020.06` stands for, or null. */
export function parseEdition(name: string): GuidelineEdition | null {
  const match = EDITION_NAME.exec(name);
  const edition = match?.[2];
  if (match === null || edition === undefined) return null;
  return { family: match[1] ?? '', edition, kind: edition === 'next' ? 'next' : 'dated' };
}

/** The file name of a URI without its folders, extension, query and percent escapes. */
export function nameOfFile(uri: string): string {
  const path = uri.split(/[?#]/, 1)[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.endsWith('.json') ? last.slice(0, -'.json'.length) : last;
}

/** By the file's name where that names an edition (it is what RefStack goes by, and some ids are wrong), else by the id. */
export function editionOf(guideline: Guideline): GuidelineEdition {
  const named = parseEdition(nameOfFile(guideline.uri)) ?? parseEdition(guideline.id.value);
  return named ?? { family: '', edition: guideline.id.value, kind: 'other' };
}

/** Sort order for lists: main guidelines before the other families; `next`, then dated ones newest first, then legacy ones. */
export function compareGuidelines(a: Guideline, b: Guideline): number {
  const left = editionOf(a);
  const right = editionOf(b);
  const kinds = ['next', 'dated', 'other'];
  return (
    compareText(left.family, right.family) ||
    kinds.indexOf(left.kind) - kinds.indexOf(right.kind) ||
    compareText(right.edition, left.edition) ||
    compareText(a.uri, b.uri)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * What counts today, for badges and lenses: of each family the newest dated guideline and the `next` one, dated first. A
 * family with neither (legacy files alone) gives all of its files.
 */
export function pickCurrentGuidelines(guidelines: readonly Guideline[]): readonly Guideline[] {
  const families = new Map<string, Guideline[]>();
  for (const guideline of [...guidelines].sort(compareGuidelines)) {
    const { family } = editionOf(guideline);
    families.set(family, [...(families.get(family) ?? []), guideline]);
  }
  return [...families.values()].flatMap((members) => {
    const dated = members.find((member) => editionOf(member).kind === 'dated');
    const next = members.find((member) => editionOf(member).kind === 'next');
    const current = [dated, next].filter((member) => member !== undefined);
    return current.length === 0 ? members : current;
  });
}
