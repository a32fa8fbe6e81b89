import type { Node } from 'jsonc-parser';
import { CAPABILITY_STATUSES, type CapabilityStatus, type Component, type Program } from '../model/guideline';
import type { ProgramComponent, Ranged } from '../model/guideline';
import { elementsOf, type JsonProperty, propertiesOf, valueOf } from './jsonTree';
import {
  expectType,
  type ObjectReader,
  openNamedObject,
  openObject,
  readString,
  readStrings,
  type ReadContext,
} from './objectReader';

type StatusLists = Readonly<Record<CapabilityStatus, readonly Ranged<string>[]>>;

const NO_LISTS: StatusLists = { required: [], advisory: [], deprecated: [], removed: [] };

/** 1.x `platform` as one program of that name; 2.0 `platforms` and `add-ons`. */
export function readPrograms(context: ReadContext, root: ObjectReader): Program[] {
  const result: Program[] = [];
  const platform = root.properties.find(({ key }) => key.value === 'platform');
  if (platform !== undefined) result.push(readPlatform(context, platform));
  for (const kind of ['platform', 'add-on'] as const) {
    const holder = root.get(kind === 'platform' ? 'platforms' : 'add-ons');
    for (const property of openNamedObject(context, holder, `${kind}s`).properties) {
      result.push(readProgram(context, property, kind));
    }
  }
  return result;
}

function readPlatform(context: ReadContext, { key, value }: JsonProperty): Program {
  const body = openObject(context, value, 'program');
  const components = CAPABILITY_STATUSES.flatMap((status) =>
    readStrings(context, body.get(status), status).map((name) => ({ name, status, source: null })),
  );
  return { name: key, kind: 'platform', description: null, components };
}

function readProgram(context: ReadContext, { key, value }: JsonProperty, kind: Program['kind']): Program {
  const body = openObject(context, value, 'program');
  const components = [
    ...readComponentList(context, body.get('components'), 'components', {}),
    ...readComponentList(context, body.get('required_platform_components'), 'required_platform_components', {
      platform: 'required',
    }),
    ...readComponentList(context, body.get('optional_platform_components'), 'optional_platform_components', {
      platform: 'optional',
    }),
  ];
  return { name: key, kind, description: body.text('description'), components };
}

function readComponentList(
  context: ReadContext,
  node: Node | null,
  what: string,
  role: Pick<ProgramComponent, 'platform'>,
): ProgramComponent[] {
  const result: ProgramComponent[] = [];
  if (!expectType(context, node, 'array', what)) return result;
  for (const element of elementsOf(node)) {
    if (element.type === 'string') {
      const name = readString(context, element, what);
      if (name !== null) result.push({ name, status: 'required', source: null, ...role });
      continue;
    }
    const body = openObject(context, element, 'programComponent');
    const name = body.string('name');
    if (name !== null) result.push({ name, status: 'required', source: body.string('source'), ...role });
  }
  return result;
}

/** `components`: status lists of capabilities directly (1.x), or beside those of designated sections (2.0). */
export function readComponents(context: ReadContext, node: Node | null): Component[] {
  return openNamedObject(context, node, 'components').properties.map(({ key, value }) => {
    // Read by its own shape: a component with `required` and the like is one of 1.x, whatever the version says.
    const flat = CAPABILITY_STATUSES.some((status) => valueOf(context.text, value, status) !== null);
    if (flat) {
      return { name: key, capabilities: readStatusLists(context, value), designatedSections: NO_LISTS };
    }
    const body = openObject(context, value, 'component');
    return {
      name: key,
      capabilities: readStatusLists(context, body.get('capabilities')),
      designatedSections: readStatusLists(context, body.get('designated_sections')),
    };
  });
}

function readStatusLists(context: ReadContext, node: Node | null): StatusLists {
  const empty =
    node?.type === 'array' && propertiesOf(context.text, node).length === 0 && elementsOf(node).length === 0;
  if (node === null || empty) return NO_LISTS;
  const body = openObject(context, node, 'statusLists');
  return {
    required: readStrings(context, body.get('required'), 'required'),
    advisory: readStrings(context, body.get('advisory'), 'advisory'),
    deprecated: readStrings(context, body.get('deprecated'), 'deprecated'),
    removed: readStrings(context, body.get('removed'), 'removed'),
  };
}
