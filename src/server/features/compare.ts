import type { IndexView } from '../../engine/indexView';
import type { Guideline } from '../../model/guideline';
import type { TestCase } from '../../model/testCase';
import type {
  ComparedGuideline,
  CompareArguments,
  DocumentAnswer,
  GuidelineInfo,
} from '../../protocol/workbenchMessages';
import type { PrintedEntryDiff } from '../../report/diffReport';
import type { Places } from '../../report/places';
import { diffGuidelines } from '../../guideline/diffGuidelines';
import { compareGuidelines as compareEditions } from '../../guideline/guidelineOrder';
import { readGuideline } from '../../guideline/readGuideline';
import { findLineStarts, positionAt } from '../../model/text';
import { reportDiff } from '../../report/diffReport';
import { printDiffMarkdown } from '../../report/diffTables';
import { mapEntryLevels } from '../../trace/mapEntryLevels';
import { LinkedPlaces } from '../present/linkedPlaces';
import { fileNameOf, linkPlaces } from '../present/places';

/** The guidelines of the workspace for a list to pick from: main ones first, the newest first in each family. */
export function listGuidelines(view: IndexView): GuidelineInfo[] {
  return [...view.guidelines()].sort(compareEditions).map(({ uri, id, status }) => ({
    uri,
    label: id.value || fileNameOf(uri),
    description: [status?.value ?? '', view.file(uri)?.path ?? ''].filter((part) => part !== '').join(' · '),
  }));
}

/** A side of a comparison: its model, and where its lines are to be seen. */
interface Side {
  readonly guideline: Guideline;
  readonly label: string;
  readonly address: string;
  readonly lineStarts: readonly number[] | null;
}

/** Two guidelines compared: what `interop-lens diff --format md` prints, with links into both files and into the tests where they are wanted. */
export function compareGuidelines(view: IndexView, { before, after, links }: CompareArguments): DocumentAnswer {
  if (!view.complete) return refuse('The index is not complete yet.');
  const sides = { before: openSide(view, before), after: openSide(view, after) };
  if (typeof sides.before === 'string') return refuse(sides.before);
  if (typeof sides.after === 'string') return refuse(sides.after);
  const both = { before: sides.before, after: sides.after };
  const entries = [both.before, both.after].flatMap(({ guideline }) => view.trace(guideline.uri));
  const levels = mapEntryLevels(entries, (name) => view.demand(name)?.level);
  const diff = diffGuidelines(both.before.guideline, both.after.guideline, levels);
  const places = new LinkedPlaces(links ?? 'addresses');
  const report = reportDiff(diff, placesOf(view, [both.before, both.after]));
  const markdown = printDiffMarkdown(report, {
    lineOf: (side, line) => places.link(`${both[side].address}#L${line}`),
    sourceOf: (entry) => places.link(linkToTest(view, entry)),
  });
  return { markdown, problem: null, places: places.listed };
}

function openSide(view: IndexView, { uri, revision }: ComparedGuideline): Side | string {
  const label = view.file(uri)?.path ?? fileNameOf(uri);
  if (!revision) {
    const guideline = view.guideline(uri);
    return guideline
      ? { guideline, label, address: uri, lineStarts: null }
      : `${label} is no guideline of the workspace.`;
  }
  const { name, text, address } = revision;
  const { guideline, complete } = readGuideline(`${uri}?${encodeURIComponent(name)}`, text);
  if (!guideline || !complete) return `${label} is no whole guideline in ${name}.`;
  return { guideline, label: `${label}@${name}`, address, lineStarts: findLineStarts(text) };
}

function placesOf(view: IndexView, sides: readonly Side[]): Places {
  const sideOf = (uri: string): Side | undefined => sides.find(({ guideline }) => guideline.uri === uri);
  return {
    pathOf: (uri) => sideOf(uri)?.label ?? uri,
    positionAt: (uri, offset) => {
      const lineStarts = sideOf(uri)?.lineStarts ?? null;
      return lineStarts === null ? view.positionAt(uri, offset) : positionAt(lineStarts, offset);
    },
  };
}

/** The `def` of the test that an entry stands for today, by its id, else by its name. */
function linkToTest(view: IndexView, { id, test }: PrintedEntryDiff): string | null {
  const tests = view.listedTests();
  const owners = id === null ? [] : (tests.byId.get(id) ?? []);
  const found: TestCase | undefined = owners.find(({ name }) => name === test) ?? owners[0] ?? tests.byName.get(test);
  return found ? linkPlaces(view)(found.definition.uri, found.definition.nameRange) : null;
}

function refuse(problem: string): DocumentAnswer {
  return { markdown: '', problem };
}
