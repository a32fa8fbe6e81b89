import type { IndexView } from '../../engine/indexView';
import type { EvidenceArguments } from '../../protocol/messages';
import type { ExplainAnswer, ExplainArguments } from '../../protocol/workbenchMessages';
import type { Places, PrintedPlace } from '../../report/places';
import { findAlternatives, findRule } from '../../engine/ruleTable';
import { printExplanationMarkdown } from '../../report/explainMarkdown';
import { explainTests } from '../../report/explainReport';
import { LinkedPlaces } from '../present/linkedPlaces';
import { findDemandingTest } from './evidence';

/**
 * Everything that is known of one test, with the reason of every hop, as a document: what `interop-lens explain TEST` prints, each
 * place a link. Of several tests at a place, the most demanding one.
 */
export function explainTest(view: IndexView, { links, ...where }: ExplainArguments): ExplainAnswer {
  if (!view.complete) return refuse('The index is not complete yet.');
  const name = where.test ?? findDemandingTest(view, where);
  const test = name === null ? undefined : view.test(name);
  if (!test) return refuse(describeAbsence(name, where));
  const named = new NamedFiles(view);
  const linked = new LinkedPlaces(links ?? 'addresses');
  const report = explainTests(test.name, [test], {
    places: named,
    text: (uri) => view.text(uri),
    demandOf: (asked) => view.explainedDemand(asked),
    entriesFor: (asked) => view.entriesForTest(asked),
    ruleOf: findRule,
    alternativesTo: findAlternatives,
  });
  return {
    test: test.name,
    markdown: printExplanationMarkdown(report, (place) => linked.link(named.addressOf(place))),
    problem: null,
    places: linked.listed,
  };
}

/** Paths as people read them, and the way back from a path to its file. */
class NamedFiles implements Places {
  private readonly uris = new Map<string, string>();

  constructor(private readonly view: IndexView) {}

  pathOf(uri: string): string {
    const path = this.view.file(uri)?.path ?? uri;
    const known = this.uris.get(path);
    // Two folders of the workspace may have a file of the same path.
    const name = known === undefined || known === uri ? path : uri;
    this.uris.set(name, uri);
    return name;
  }

  positionAt(uri: string, offset: number): { line: number; character: number } {
    return this.view.positionAt(uri, offset);
  }

  addressOf({ file, line, column }: PrintedPlace): string | null {
    const uri = this.uris.get(file);
    return uri === undefined ? null : `${uri}#L${line},${column}`;
  }
}

function describeAbsence(name: string | null, { uri }: EvidenceArguments): string {
  if (name !== null) return `${name} is no test of the workspace.`;
  return uri === undefined
    ? 'No test and no place is given.'
    : 'No test stands here, and none comes through here to a guest.';
}

function refuse(problem: string): ExplainAnswer {
  return { test: null, markdown: '', problem };
}
