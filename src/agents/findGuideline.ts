import type { Guideline } from '../model/guideline';
import type { Places } from '../report/places';

/**
 * The guideline that a name means: a path or the end of one (`add-ons/dns.2022.11.json`, `next.json`, `2016.01`), else an id. A core guideline
 * wins over add-ons and verticals of the same id.
 * @returns the guideline, or as a text the sentence that says why there is none
 */
export function findGuideline(name: string, guidelines: readonly Guideline[], places: Places): Guideline | string {
  const wanted = name.trim().replace(/\.json$/, '');
  const paths = new Map(
    guidelines.map((guideline) => [guideline, places.pathOf(guideline.uri).replace(/\.json$/, '')]),
  );
  const byPath = guidelines.filter((guideline) => {
    const path = paths.get(guideline) ?? '';
    return path === wanted || path.endsWith(`/${wanted}`);
  });
  const found = byPath.length > 0 ? byPath : guidelines.filter(({ id }) => id.value === wanted);
  const main = found.filter(({ kind }) => kind === 'main');
  const [first, ...others] = main.length > 0 ? main : found;
  const list = (several: readonly Guideline[]): string =>
    several
      .map(({ uri }) => places.pathOf(uri))
      .sort()
      .join(', ');
  if (!first)
    return `No guideline is called "${name}". ${guidelines.length > 0 ? `There are ${list(guidelines)}.` : 'There is none in the workspace.'}`;
  if (others.length > 0) return `"${name}" may be ${list([first, ...others])}: name the file.`;
  return first;
}
