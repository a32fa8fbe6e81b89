import type { CloudProfile } from '../model/cloudProfile';
import type { Flavor } from '../model/whatIfPolicy';
import type { GuidelineVerdict, WhatIfVerdict } from '../model/whatIfVerdict';
import { evaluatePolicy } from '../policy/evaluatePolicy';
import type { ReportGuideline, ReportModel } from '../report/reportModel';
import { keyOfGuideline } from './modelIndex';
import type { BoardState } from './pageState';

/** What the board shows: the verdict on every guideline, and the one that is looked at. */
export interface JudgedBoard {
  readonly profile: CloudProfile;
  readonly profileKey: string;
  readonly verdict: WhatIfVerdict;
  readonly guideline: ReportGuideline;
  readonly judged: GuidelineVerdict;
}

let last: { readonly model: ReportModel; readonly board: BoardState; readonly judged: JudgedBoard | null } | null =
  null;

/** The verdict for what is set; computed anew only when the model or the board has changed. Null without guidelines or profiles. */
export function judgeBoard(model: ReportModel, board: BoardState): JudgedBoard | null {
  if (last?.model !== model || last.board !== board) last = { model, board, judged: judge(model, board) };
  return last.judged;
}

function judge(model: ReportModel, board: BoardState): JudgedBoard | null {
  const chosen = model.profiles.find(({ key }) => key === board.profile) ?? model.profiles[0];
  const position = findGuideline(model, board.guideline);
  const guideline = model.guidelines[position];
  if (!chosen || !guideline) return null;
  const verdict = evaluatePolicy(model.whatIf, chosen.profile, {
    ...board.policy,
    flavors: board.flavors === 'project' ? flavorsByProject(model) : [],
  });
  const judged = verdict.guidelines[position];
  return judged ? { profile: chosen.profile, profileKey: chosen.key, verdict, guideline, judged } : null;
}

/** Position of the guideline with a key; else of the newest main one that is no draft, else of the last. */
function findGuideline({ guidelines, ...model }: ReportModel, key: string): number {
  const named = guidelines.findIndex((guideline) => keyOfGuideline({ guidelines, ...model }, guideline) === key);
  if (named >= 0) return named;
  const dated = guidelines.findLastIndex(({ family, status }) => family === '' && status !== 'draft');
  return dated >= 0 ? dated : guidelines.length - 1;
}

/** A set per project, so that a cloud without block storage, say, can be looked at. */
function flavorsByProject({ capabilities }: ReportModel): readonly Flavor[] {
  const projects = [...new Set(capabilities.map(({ project }) => project))].filter((project) => project !== '');
  return projects.map((name) => ({
    name,
    capabilities: capabilities.filter(({ project }) => project === name).map((capability) => capability.name),
  }));
}
