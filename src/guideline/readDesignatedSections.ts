import type { Node } from 'jsonc-parser';
import { CAPABILITY_STATUSES, type DesignatedProject, type Ranged } from '../model/guideline';
import { booleanOf, elementsOf } from './jsonTree';
import { type ObjectReader, openNamedObject, openObject, type ReadContext } from './objectReader';

const SECTION_STATUSES = [...CAPABILITY_STATUSES, 'informational'] as const;

/** Designated sections of both shapes: status → project (1.x, `designated-sections`), project → status (2.0). */
export function readDesignatedSections(context: ReadContext, root: ObjectReader): DesignatedProject[] {
  return [
    ...readByStatus(context, root.get('designated-sections')),
    ...readByProject(context, root.get('designated_sections')),
  ];
}

function readByStatus(context: ReadContext, node: Node | null): DesignatedProject[] {
  const body = openObject(context, node, 'statusLists');
  return SECTION_STATUSES.flatMap((status) =>
    openNamedObject(context, dropEmptyList(body.get(status)), `designated sections, ${status}`).properties.map(
      ({ key, value }) => readProject(context, key, status, value),
    ),
  );
}

function readByProject(context: ReadContext, node: Node | null): DesignatedProject[] {
  return openNamedObject(context, node, 'designated sections').properties.flatMap(({ key, value }) => {
    const body = openObject(context, value, 'statusLists');
    return SECTION_STATUSES.filter((status) => body.get(status) !== null).map((status) =>
      readProject(context, key, status, body.get(status)),
    );
  });
}

function readProject(
  context: ReadContext,
  project: Ranged<string>,
  status: DesignatedProject['status'],
  node: Node | null,
): DesignatedProject {
  const body = openObject(context, node, 'designated');
  const sections = openNamedObject(context, dropEmptyList(body.get('sections')), 'sections').properties;
  return {
    project,
    status,
    guidance: body.text('guidance'),
    comment: body.text('comment'),
    sections: sections.map(({ key, value }) => {
      const section = openObject(context, value, 'section');
      const designated = booleanOf(section.get('designated'))?.value ?? null;
      return { name: key, designated, description: section.text('description') };
    }),
  };
}

/** The files write "none" as an empty list where an object is meant. */
function dropEmptyList(node: Node | null): Node | null {
  return node?.type === 'array' && elementsOf(node).length === 0 ? null : node;
}
