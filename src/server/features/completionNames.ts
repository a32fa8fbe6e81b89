import { CompletionItemKind } from 'vscode-languageserver';
import type { Capability, Guideline, GuidelineTest } from '../../model/guideline';
import type { TestCase } from '../../model/testCase';
import { CAPABILITY_STATUSES } from '../../model/guideline';
import { makeCapabilityStub } from '../../guideline/capabilityStub';
import { compareGuidelines, editionOf } from '../../guideline/guidelineOrder';
import { rankNames } from '../../guideline/rankNames';
import { statusesOf, tracedEntry } from '../locate';
import { describeStatuses } from '../present/entryText';
import { count } from '../present/markdown';
import type { CompletionPlace, Offer, Offered } from './completionPlace';

/** More names than anyone reads; the editor asks again as more is typed. */
const MOST_NAMES = 200;

/** Names out of the index and out of the guidelines: tests, ids, capabilities, components, projects, editions. */
export function offerNames(place: CompletionPlace): Offer {
  const guideline = place.view.guideline(place.uri);
  if (!guideline) return { items: [], more: false };
  const [first = '', second = ''] = place.names;
  const capability = guideline.capabilities.find(({ name }) => name.value === first);
  const entry = capability?.tests.find(({ name }) => name.value === second);
  switch (place.role) {
    case 'test-name':
      return offerTests(place, guideline, capability);
    case 'alias':
      return offerAliases(place, guideline, capability, entry);
    case 'test-id':
      return offerIds(place, guideline, second, entry);
    case 'flagged-test':
      return rank(
        place,
        capability?.tests.filter(({ flag }) => flag === null).map(({ name }) => nameOf(name.value)) ?? [],
      );
    case 'listed-capability':
      return offerCapabilities(place, guideline, first);
    case 'capability-name':
      return offerMissingCapabilities(place, guideline);
    case 'component-name':
      return rank(
        place,
        guideline.components.map(({ name }) => nameOf(name.value)),
      );
    case 'project':
    case 'listed-project':
      return rank(
        place,
        listProjects(place, guideline).map((name) => ({ ...nameOf(name), value: '{}' })),
      );
    case 'replaces':
    case 'required-since':
      return rank(place, listEditions(place, guideline).map(nameOf));
    case 'release':
      return rank(place, [...new Set(place.view.guidelines().flatMap(releasesOf))].sort().map(nameOf));
    default:
      return { items: [], more: false };
  }
}

function nameOf(text: string): Offered {
  return { text, kind: CompletionItemKind.Value };
}

function rank({ json }: CompletionPlace, items: readonly Offered[]): Offer {
  const { best, more } = rankNames(items, ({ text }) => text, json.typed, MOST_NAMES);
  return { items: best, more };
}

function releasesOf({ releases }: Guideline): readonly string[] {
  return releases.map(({ value }) => value);
}

/** Runtime tests that the capability does not list yet, those beside its other tests first. */
function offerTests(place: CompletionPlace, guideline: Guideline, capability: Capability | undefined): Offer {
  const { view, json } = place;
  const here = json.range.start + (json.quoted ? 1 : 0);
  const others = (capability?.tests ?? [])
    .filter(({ name }) => name.range.start !== here)
    .map(({ name }) => name.value);
  const listed = new Set(others);
  const modules = new Set(others.map((name) => name.split('.').slice(0, -2).join('.')));
  const free = view.tests().filter(({ name }) => !listed.has(name));
  const near = free.filter(({ module }) => modules.has(module));
  const far = free.filter(({ module }) => !modules.has(module));
  const { best, more } = rankNames([...near, ...far], ({ name }) => name, json.typed, MOST_NAMES);
  return { items: best.map((test) => toOffered(place, guideline, test)), more };
}

function toOffered({ view, uri }: CompletionPlace, guideline: Guideline, test: TestCase): Offered {
  const demand = view.demand(test.name);
  const proves = view.entriesForTest(test.name).filter((entry) => entry.guideline.uri === uri);
  const names = [...new Set(proves.map(({ capability }) => `\`${capability.name.value}\``))];
  const [id] = test.ids;
  const unit = /\n([ \t]+)"/.exec(view.text(uri) ?? '')?.[1] ?? '  ';
  return {
    text: test.name,
    isDotted: true,
    kind: CompletionItemKind.Method,
    detail: demand && view.complete ? `guest: ${demand.level}` : undefined,
    documentation: names.length === 0 ? undefined : `Proves ${names.join(', ')} here already.`,
    value: id === undefined ? '{}' : `{\n${unit}"idempotent_id": "${writeId(guideline, id)}"\n}`,
  };
}

/** Bare in add-ons, with `id-` elsewhere. */
function writeId({ kind }: Guideline, id: string): string {
  return kind === 'add-on' ? id : `id-${id}`;
}

/** What the test is called today, before all other names. */
function offerAliases(
  place: CompletionPlace,
  guideline: Guideline,
  capability: Capability | undefined,
  entry: GuidelineTest | undefined,
): Offer {
  const traced = entry && tracedEntry(place.view, guideline, entry);
  const known = new Set([entry?.name.value, ...(entry?.aliases.map(({ value }) => value) ?? [])]);
  const today = (traced?.candidates ?? []).map(({ name }) => name).filter((name) => !known.has(name));
  const first = today.map((name): Offered => ({ ...nameOf(name), isDotted: true, detail: 'the name of today' }));
  const rest = offerTests(place, guideline, capability);
  return { items: [...first, ...rest.items.filter(({ text }) => !today.includes(text))], more: rest.more };
}

/** The id of the test that the key or an alias names; then ids that begin with what is typed. */
function offerIds(place: CompletionPlace, guideline: Guideline, key: string, entry: GuidelineTest | undefined): Offer {
  const { view, json } = place;
  const names = [key, ...(entry?.aliases.map(({ value }) => value) ?? [])];
  const own = names.flatMap((name) => {
    const test = view.test(name);
    return test ? [test] : [];
  });
  const toIds = (tests: readonly TestCase[]): Offered[] =>
    tests.flatMap(({ name, ids }) => ids.map((id) => ({ ...nameOf(writeId(guideline, id)), detail: name })));
  const typed = json.typed.toLowerCase().replace(/^(?:id-|id|i)/, '');
  const begins = typed === '' ? [] : view.tests().filter(({ ids }) => ids.some((id) => id.startsWith(typed)));
  const unique = new Map([...toIds(own), ...toIds(begins)].map((offered) => [offered.text, offered]));
  return { items: [...unique.values()].slice(0, MOST_NAMES), more: true };
}

/** Capabilities that the component does not list yet: those of the file, then those that only other guidelines define. */
function offerCapabilities(place: CompletionPlace, guideline: Guideline, componentName: string): Offer {
  const component = guideline.components.find(({ name }) => name.value === componentName);
  const here = place.json.range.start + (place.json.quoted ? 1 : 0);
  const listed = new Set(
    CAPABILITY_STATUSES.flatMap((status) => component?.capabilities[status] ?? [])
      .filter(({ range }) => range.start !== here)
      .map(({ value }) => value),
  );
  const own = guideline.capabilities.map(({ name, description, tests }): Offered => {
    const statuses = statusesOf(guideline, name.value);
    return {
      text: name.value,
      kind: CompletionItemKind.Interface,
      detail: `${count(tests.length, 'test')} · ${describeStatuses(statuses)}`,
      documentation: description?.value,
    };
  });
  const defined = new Set(own.map(({ text }) => text));
  const foreign = listElsewhere(place, guideline).filter(({ text }) => !defined.has(text));
  return rank(
    place,
    [...own, ...foreign].filter(({ text }) => !listed.has(text)),
  );
}

/** Capabilities of the family's other guidelines, newest first, each once. */
function listElsewhere({ view }: CompletionPlace, guideline: Guideline): Offered[] {
  const { family } = editionOf(guideline);
  const siblings = view.guidelines().filter((other) => other !== guideline && editionOf(other).family === family);
  const found = new Map<string, Offered>();
  for (const sibling of [...siblings].sort(compareGuidelines)) {
    for (const { name } of sibling.capabilities) {
      if (found.has(name.value)) continue;
      const detail = `not defined here · in ${sibling.id.value}`;
      found.set(name.value, { text: name.value, kind: CompletionItemKind.Interface, detail });
    }
  }
  return [...found.values()];
}

/** Names that components list and nothing defines, then those of other guidelines; each with an empty capability. */
function offerMissingCapabilities(place: CompletionPlace, guideline: Guideline): Offer {
  const value = JSON.stringify(makeCapabilityStub(guideline.schemaVersion.value), null, 2);
  const defined = new Set(guideline.capabilities.map(({ name }) => name.value));
  const listed = guideline.components.flatMap(({ name, capabilities }) =>
    CAPABILITY_STATUSES.flatMap((status) =>
      capabilities[status].map((one): Offered => ({
        text: one.value,
        kind: CompletionItemKind.Interface,
        detail: `${status} in ${name.value}`,
      })),
    ),
  );
  const unique = new Map(
    [...listElsewhere(place, guideline), ...listed]
      .filter(({ text }) => !defined.has(text))
      .map((one) => [one.text, one]),
  );
  const wanted = [...unique.values()].sort((a, b) => Number(listed.includes(b)) - Number(listed.includes(a)));
  return rank(
    place,
    wanted.map((one) => ({ ...one, value })),
  );
}

/** Projects that the file or its siblings name, those with designated sections here first. */
function listProjects({ view, role }: CompletionPlace, guideline: Guideline): readonly string[] {
  const designated = guideline.designatedSections.map(({ project }) => project.value);
  const used = [guideline, ...view.guidelines()].flatMap(({ capabilities }) =>
    capabilities.flatMap(({ project }) => (project && project.value !== '' ? [project.value] : [])),
  );
  const all = [...new Set([...designated, ...[...used].sort()])];
  return role === 'project' ? all : all.sort();
}

/** Editions of the family, this one first; newest first. */
function listEditions({ view, role }: CompletionPlace, guideline: Guideline): readonly string[] {
  const { family } = editionOf(guideline);
  const siblings = view.guidelines().filter((other) => editionOf(other).family === family);
  const ids = [...siblings].sort(compareGuidelines).map(({ id }) => id.value);
  const own = role === 'required-since' ? [guideline.id.value] : [];
  return [...new Set([...own, ...ids])].filter((id) => id !== '' && (role !== 'replaces' || id !== guideline.id.value));
}
