import type { DesignatedProject, Guideline } from '../../model/guideline';
import type { PlaceLinker } from './places';
import { escapeMarkdown, inlineCode, link } from './markdown';

/** The designated sections of a project in a guideline: what a product has to ship, and what it may replace; "" when there are none. */
export function renderSections(guideline: Guideline, project: string, linkTo: PlaceLinker): string {
  const blocks = guideline.designatedSections.filter((block) => block.project.value === project);
  return blocks.map((block) => renderBlock(guideline.uri, block, linkTo)).join('\n\n');
}

function renderBlock(uri: string, block: DesignatedProject, linkTo: PlaceLinker): string {
  const head = link(`Designated sections of ${block.project.value}`, linkTo(uri, block.project.range));
  const list = (designated: boolean): string =>
    block.sections
      .filter((section) => (section.designated ?? false) === designated)
      .map(({ name }) => link(name.value, linkTo(uri, name.range)))
      .join(', ');
  const lines = [`${head} (${inlineCode(block.status)})`];
  if (block.guidance !== null && block.guidance !== '') lines.push(escapeMarkdown(block.guidance));
  if (list(true) !== '') lines.push(`To be shipped: ${list(true)}`);
  if (list(false) !== '') lines.push(`May be replaced: ${list(false)}`);
  return lines.join('  \n');
}
