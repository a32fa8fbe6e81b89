import { type Hover, MarkupContent } from 'vscode-languageserver';
import type { IndexView, TestClass } from '../../engine/indexView';
import { compareLevels } from '../../model/guestLevel';
import type { Guideline } from '../../model/guideline';
import type { GuestSite, RuleMatch } from '../../model/guestSite';
import type { TestCase } from '../../model/testCase';
import type { TextRange } from '../../model/text';
import type { RulePage } from './diagnostics';
import { GUEST_RULES } from '../../guest/catalogue/rules';
import { CLIENT_COMMANDS, type EvidenceArguments } from '../../protocol/messages';
import { toRange, touches } from '../convert';
import { entriesOf, locateInGuideline, statusesOf, testsAt, tracedEntry } from '../locate';
import { findEvidence } from './evidence';
import { hoverProfile } from './profiles';
import { hoverList } from './testLists';
import { hoverWord } from './wordHover';
import { link } from '../present/markdown';
import { renderGuestCard } from '../present/guestHover';
import { renderCapabilityCard, renderEntryCard } from '../present/guidelineHover';
import { linkPlaces } from '../present/places';
import { renderClassCard, renderTestCard } from '../present/testHover';

/**
 * The hover card at an offset, or null. Cards speak of links and levels, so there are none before the index is complete.
 * @param commands that the editor has; with ours for evidence, a card of something that has some ends with a link to it
 * @param schemaIsKnown the editor shows what our JSON Schema says of keys by itself
 */
export function findHover(
  view: IndexView,
  uri: string,
  offset: number,
  rulePage: RulePage,
  commands: ReadonlySet<string> = new Set(),
  schemaIsKnown = false,
): Hover | null {
  if (!view.complete) return null;
  const hover = findCard(view, uri, offset, rulePage, schemaIsKnown);
  return hover ? addEvidenceLinks(view, uri, offset, hover, commands) : hover;
}

/** What leads from a card to the proof of what it says. */
const EVIDENCE_LINKS = [
  ['Show evidence', CLIENT_COMMANDS.showEvidence],
  ['Explain', CLIENT_COMMANDS.explainTest],
] as const;

function addEvidenceLinks(
  view: IndexView,
  uri: string,
  offset: number,
  hover: Hover,
  commands: ReadonlySet<string>,
): Hover {
  const offered = EVIDENCE_LINKS.filter(([, command]) => commands.has(command));
  const where: EvidenceArguments = { uri, position: view.positionAt(uri, offset) };
  if (offered.length === 0 || !MarkupContent.is(hover.contents) || findEvidence(view, where).steps.length === 0)
    return hover;
  const argument = encodeURIComponent(JSON.stringify([where]));
  const links = offered.map(([label, command]) => link(label, `command:${command}?${argument}`));
  const value = `${hover.contents.value}\n\n${links.join(' · ')}`;
  return { ...hover, contents: { ...hover.contents, value } };
}

function findCard(
  view: IndexView,
  uri: string,
  offset: number,
  rulePage: RulePage,
  schemaIsKnown: boolean,
): Hover | null {
  const list = view.testList(uri);
  if (list) return hoverList(view, list, offset);
  const profile = view.profile(uri);
  if (profile) return hoverProfile(view, profile, offset, schemaIsKnown);
  const guideline = view.guideline(uri);
  if (guideline) return hoverWord(view, guideline, offset, schemaIsKnown) ?? hoverGuideline(view, guideline, offset);
  return hoverPython(view, uri, offset, rulePage);
}

function hoverPython(view: IndexView, uri: string, offset: number, rulePage: RulePage): Hover | null {
  const word = guestWordAt(view, uri, offset) ?? guestTextAt(view, uri, offset);
  if (word) {
    const reached = view.testsReaching(word.site.uri, word.site.range);
    const rule = GUEST_RULES.find((candidate) => candidate.id === word.match.rule);
    const finding = view
      .findings(uri)
      .find((one) => one.rule === word.match.rule && !one.suppressed && touches(one.range, offset));
    const content = {
      ...word,
      rule,
      rulePage: rulePage(word.match.rule),
      tests: reached.length,
      whyNoFix: finding ? view.whyNoFix(finding) : null,
    };
    return card(view, uri, word.range, renderGuestCard(content, linkPlaces(view)));
  }
  const found = view.testClassesIn(uri).find(({ nameRange }) => touches(nameRange, offset));
  if (found) return hoverClass(view, uri, found);
  const tests = testsAt(view, uri, offset);
  const [shown] = pickMostTelling(view, tests);
  if (!shown) return null;
  const content = renderTestCard(
    {
      test: shown,
      entries: entriesOf(view, tests),
      demand: view.demand(shown.name),
      otherNames: tests.filter((test) => test !== shown).map((test) => test.name),
    },
    linkPlaces(view),
  );
  return card(view, uri, shown.definition.nameRange, content);
}

function hoverClass(view: IndexView, uri: string, { name, nameRange, tests }: TestClass): Hover {
  const cards = tests.map((test) => ({
    test,
    entries: view.entriesForTest(test.name),
    demand: view.demand(test.name),
    otherNames: [],
  }));
  return card(view, uri, nameRange, renderClassCard(name, cards, linkPlaces(view)));
}

/** Tests of one `def`, those that guidelines name before the others, the one in the defining class first among equals. */
function pickMostTelling(view: IndexView, tests: readonly TestCase[]): readonly TestCase[] {
  const weigh = (test: TestCase): number =>
    2 * view.entriesForTest(test.name).filter(({ target }) => target?.name === test.name).length +
    (test.name === test.definition.name ? 1 : 0);
  return [...tests].sort((a, b) => weigh(b) - weigh(a));
}

export interface GuestWord {
  readonly site: GuestSite;
  readonly match: RuleMatch;
  readonly range: TextRange;
}

/** The guest word at an offset: the smallest word of a rule match that covers it. */
export function guestWordAt(view: IndexView, uri: string, offset: number): GuestWord | null {
  let best: GuestWord | null = null;
  for (const site of view.sitesIn(uri)) {
    for (const match of site.matches) {
      for (const word of match.words) {
        if (word.uri !== uri || !touches(word.range, offset)) continue;
        if (!best || lengthOf(word.range) < lengthOf(best.range)) best = { site, match, range: word.range };
      }
    }
  }
  return best;
}

/** The text of a command or script at an offset, with the match that says most of it. */
function guestTextAt(view: IndexView, uri: string, offset: number): GuestWord | null {
  let best: GuestWord | null = null;
  for (const site of view.sitesIn(uri)) {
    const written = site.written?.find((word) => word.uri === uri && touches(word.range, offset));
    const match = [...site.matches].sort((a, b) => compareLevels(b.level, a.level))[0];
    if (!written || !match) continue;
    if (!best || compareLevels(match.level, best.match.level) > 0) best = { site, match, range: written.range };
  }
  return best;
}

function hoverGuideline(view: IndexView, guideline: Guideline, offset: number): Hover | null {
  const place = locateInGuideline(guideline, offset);
  if (!place) return null;
  if (place.kind === 'entry') {
    const entry = tracedEntry(view, guideline, place.entry);
    if (!entry) return null;
    const demand = entry.target ? view.demand(entry.target.name) : undefined;
    return card(view, guideline.uri, place.entry.name.range, renderEntryCard(entry, demand, linkPlaces(view)));
  }
  const capability = place.capability;
  if (!capability) return null;
  const entries = capability.tests.flatMap((test) => {
    const entry = tracedEntry(view, guideline, test);
    return entry ? [{ entry, demand: entry.target ? view.demand(entry.target.name) : undefined }] : [];
  });
  const components = statusesOf(guideline, capability.name.value);
  const content = renderCapabilityCard({ guideline, capability, components, entries }, linkPlaces(view));
  return card(view, guideline.uri, place.kind === 'listed' ? place.name.range : capability.name.range, content);
}

function card(view: IndexView, uri: string, range: TextRange, value: string): Hover {
  return { contents: { kind: 'markdown', value }, range: toRange(view, uri, range) };
}

function lengthOf(range: TextRange): number {
  return range.end - range.start;
}
