import {
  CAPABILITY_STATUSES,
  type Component,
  type DesignatedProject,
  type Guideline,
  type Program,
} from '../model/guideline';
import { compareText } from './places';

/** A document in parts that every markup has. */
export type SummaryBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** Statuses as a summary lists them; designated sections may be informational as well. */
const SECTION_STATUSES = [...CAPABILITY_STATUSES, 'informational'] as const;

/**
 * The summary page of a guideline of any schema: identity, releases, platforms or add-ons, capabilities per component and
 * status with their project, designated sections with their guidance. Capabilities that the file does not define are listed.
 */
export function summariseGuideline(guideline: Guideline): SummaryBlock[] {
  const id = guideline.id.value;
  return [
    heading(1, `OpenStack Interoperability Guideline ${id}`),
    { kind: 'fields', fields: listFields(guideline) },
    paragraph(
      'The capabilities and designated sections that a product needs in order to use marks of the OpenStack programme. ' +
        'The JSON file is the master; this page is made from it.',
    ),
    heading(2, 'Releases'),
    paragraph(
      guideline.releases.length > 0 ? guideline.releases.map(({ value }) => capitalise(value)).join(', ') : 'None',
    ),
    ...guideline.programs.flatMap(summariseProgram),
    ...[...guideline.components]
      .sort((a, b) => compareText(a.name.value, b.name.value))
      .flatMap((component) => summariseComponent(guideline, component)),
    ...(guideline.components.length === 0 ? summariseUnlisted(guideline) : []),
    ...summariseSections(guideline.designatedSections),
  ];
}

function heading(level: 1 | 2 | 3, text: string): SummaryBlock {
  return { kind: 'heading', level, text };
}

function paragraph(text: string): SummaryBlock {
  return { kind: 'paragraph', text };
}

function list(items: readonly string[]): SummaryBlock {
  return items.length === 0 ? paragraph('None') : { kind: 'list', items };
}

function listFields(guideline: Guideline): (readonly [string, string])[] {
  const file = guideline.uri.slice(guideline.uri.lastIndexOf('/') + 1);
  const fields: [string, string | undefined][] = [
    ['Status', guideline.status?.value],
    ['Replaces', guideline.replaces?.value],
    ['Target approval', guideline.targetApproval?.value],
    ['Schema', guideline.schemaVersion.value],
    ['JSON master', decodeFileName(file)],
    ['Source', guideline.source?.value],
  ];
  return fields.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

function decodeFileName(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

/** 1.x: components per status. 2.0: components with where they are defined, and what an add-on stands on. */
function summariseProgram({ name, kind, description, components }: Program): SummaryBlock[] {
  const legacy = name.value === 'platform' && description === null;
  if (legacy) {
    const fields = CAPABILITY_STATUSES.map((status): readonly [string, string] => {
      const names = components.filter((one) => one.status === status).map((one) => capitalise(one.name.value));
      return [capitalise(status), names.length > 0 ? names.join(', ') : 'None'];
    });
    return [heading(2, 'Platform Components'), { kind: 'fields', fields }];
  }
  const items = components.map((component) => {
    const role = component.platform === undefined ? '' : ` (${component.platform} platform component)`;
    return `${component.name.value}${role}${component.source === null ? '' : `, defined in ${component.source.value}`}`;
  });
  const title = kind === 'add-on' ? `Add-on: ${name.value}` : name.value;
  return [heading(2, title), ...(description ? [paragraph(description)] : []), list(items)];
}

function summariseComponent(guideline: Guideline, component: Component): SummaryBlock[] {
  const projects = new Map(guideline.capabilities.map(({ name, project }) => [name.value, project?.value ?? '']));
  const capabilities = CAPABILITY_STATUSES.flatMap((status) => [
    heading(3, `${capitalise(status)} Capabilities`),
    list(component.capabilities[status].map(({ value }) => describeCapability(value, projects.get(value)))),
  ]);
  const sections = CAPABILITY_STATUSES.filter((status) => component.designatedSections[status].length > 0).flatMap(
    (status) => [
      heading(3, `${capitalise(status)} Designated Sections`),
      list(component.designatedSections[status].map(({ value }) => capitalise(value))),
    ],
  );
  return [heading(2, `${capitalise(component.name.value)} Component`), ...capabilities, ...sections];
}

/** @param project undefined when the file does not define the capability */
function describeCapability(name: string, project: string | undefined): string {
  if (project === undefined) return `${name} (not defined in this file)`;
  return project === '' ? name : `${name} (${capitalise(project)})`;
}

/** 1.0 has no components: core capabilities, then the others. */
function summariseUnlisted(guideline: Guideline): SummaryBlock[] {
  const core = guideline.capabilities.filter((capability) => capability.core?.value === true);
  const others = guideline.capabilities.filter((capability) => capability.core?.value !== true);
  const names = (capabilities: typeof core): string[] =>
    capabilities.map(({ name, project }) => describeCapability(name.value, project?.value ?? ''));
  return [heading(2, 'Core Capabilities'), list(names(core)), heading(2, 'Other Capabilities'), list(names(others))];
}

function summariseSections(projects: readonly DesignatedProject[]): SummaryBlock[] {
  if (projects.length === 0) return [];
  const parts = SECTION_STATUSES.flatMap((status) => {
    const own = projects.filter((project) => project.status === status);
    if (own.length === 0 && status === 'informational') return [];
    const sorted = [...own].sort((a, b) => compareText(a.project.value, b.project.value));
    return [
      heading(3, `${capitalise(status)} Designated Sections`),
      list(sorted.map(({ project, guidance }) => `${capitalise(project.value)}: ${guidance ?? 'no guidance'}`)),
    ];
  });
  return [heading(2, 'Designated Sections'), ...parts];
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
