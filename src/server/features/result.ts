import type { IndexView } from '../../engine/indexView';
import type { Guideline } from '../../model/guideline';
import type { CapabilityResult, EntryResult, ResultComparison, TestResults } from '../../model/testResults';
import type { OutcomeName, ResultAnswer, ResultArguments } from '../../protocol/workbenchMessages';
import { compareResults } from '../../guideline/results/compareResults';
import { readResults } from '../../guideline/results/readResults';
import { ResultsError } from '../../guideline/results/resultsError';
import { listMainTargets } from '../../guideline/selectTests';
import { decodeBase64 } from '../../protocol/base64';
import { reportResult } from '../../report/resultReport';
import { printResultMarkdown, type ResultLinks } from '../../report/resultTables';
import { toRange } from '../convert';
import { LinkedPlaces } from '../present/linkedPlaces';
import { linkPlaces } from '../present/places';
import { printCapabilityNote, printEntryNote, printTargetSummary } from '../present/resultText';

/** A guideline against the results of a run: the numbers of `interop-lens result`, each where it belongs in the file. */
export function judgeResults(view: IndexView, { uri, file, base64, links }: ResultArguments): ResultAnswer {
  const guideline = view.guideline(uri);
  if (!view.complete) return refuse('The index is not complete yet.');
  if (!guideline) return refuse('The file is no guideline of the workspace.');
  const results = read(file, base64);
  if (typeof results === 'string') return refuse(results);
  const targets = listMainTargets(guideline);
  const comparison = compareResults(guideline, results, targets, (name) => view.test(name)?.ids ?? []);
  const places = new LinkedPlaces(links ?? 'none');
  const report = reportResult(comparison, file, {
    pathOf: (where) => view.file(where)?.path ?? where,
    positionAt: (where, offset) => view.positionAt(where, offset),
  });
  return {
    markdown: printResultMarkdown(report, linkNames(view, guideline, places)),
    problem: null,
    places: places.listed,
    summary: comparison.targets.map(printTargetSummary),
    head: toRange(view, uri, guideline.id.range),
    capabilities: comparison.capabilities.map((capability) => noteCapability(view, guideline, capability)),
    entries: comparison.entries.map((entry) => noteEntry(view, comparison, entry)),
  };
}

/** A test leads to its line in the guideline, a capability to its own. */
function linkNames(view: IndexView, guideline: Guideline, places: LinkedPlaces): ResultLinks {
  const { uri, capabilities } = guideline;
  return {
    lineOf: (line) => places.link(`${uri}#L${line}`),
    capabilityOf: (name) => {
      const found = capabilities.find((capability) => capability.name.value === name);
      return found ? places.link(linkPlaces(view)(uri, found.name.range)) : null;
    },
  };
}

function read(file: string, base64: string): TestResults | string {
  try {
    return readResults(decodeBase64(base64));
  } catch (error) {
    if (error instanceof ResultsError) return `${file}: ${error.message}`;
    throw error;
  }
}

function noteCapability(
  view: IndexView,
  { uri }: Guideline,
  result: CapabilityResult,
): ResultAnswer['capabilities'][number] {
  return { range: toRange(view, uri, result.capability.name.range), text: printCapabilityNote(result) };
}

function noteEntry(
  view: IndexView,
  { guideline }: ResultComparison,
  result: EntryResult,
): ResultAnswer['entries'][number] {
  const outcome: OutcomeName = result.outcome ?? 'not run';
  return { range: toRange(view, guideline.uri, result.entry.name.range), outcome, text: printEntryNote(result) };
}

function refuse(problem: string): ResultAnswer {
  const nowhere = { line: 0, character: 0 };
  const head = { start: nowhere, end: nowhere };
  return { markdown: '', problem, summary: [], head, capabilities: [], entries: [] };
}
