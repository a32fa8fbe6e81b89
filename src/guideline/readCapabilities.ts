import type { Node } from 'jsonc-parser';
import type { Capability } from '../model/guideline';
import { booleanOf, type JsonProperty, propertiesOf } from './jsonTree';
import { openNamedObject, openObject, readStrings, type ReadContext } from './objectReader';
import { readTestEntries } from './readTestEntries';

/** `capabilities`, in the file's order. */
export function readCapabilities(context: ReadContext, node: Node | null): Capability[] {
  return openNamedObject(context, node, 'capabilities').properties.map((property) => readCapability(context, property));
}

function readCapability(context: ReadContext, { key, value, range }: JsonProperty): Capability {
  const body = openObject(context, value, 'capability');
  return {
    name: key,
    range,
    description: body.string('description'),
    project: body.string('project'),
    admin: booleanOf(body.get('admin')),
    core: booleanOf(body.get('core')),
    status: body.string('status'),
    achievements: readStrings(context, body.get('achievements'), 'achievements'),
    requiredSince: body.string('required_since') ?? body.string('required-since'),
    tests: readTestEntries(context, body.get('tests'), body.get('flagged')),
    keys: propertiesOf(context.text, value).map((property) => property.key),
  };
}
