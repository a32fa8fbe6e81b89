import type { IndexView } from '../../engine/indexView';
import { compareGuidelines } from '../../guideline/guidelineOrder';
import type { DesignatedProjectInfo } from '../../protocol/messages';
import { toRange } from '../convert';

/** Every project with designated sections in every guideline: by project, then newest guideline first. */
export function listDesignatedSections(view: IndexView): DesignatedProjectInfo[] {
  const all = [...view.guidelines()].sort(compareGuidelines).flatMap((guideline) =>
    guideline.designatedSections.map(({ project, status, guidance, sections }): DesignatedProjectInfo => ({
      project: project.value,
      guideline: guideline.id.value,
      status,
      guidance: guidance ?? '',
      uri: guideline.uri,
      range: toRange(view, guideline.uri, project.range),
      sections: sections.map(({ name, designated, description }) => ({
        name: name.value,
        designated: designated ?? false,
        description: description ?? '',
        range: toRange(view, guideline.uri, name.range),
      })),
    })),
  );
  // A stable sort: within a project the guidelines stay in their order.
  return all.sort((a, b) => (a.project < b.project ? -1 : a.project > b.project ? 1 : 0));
}
