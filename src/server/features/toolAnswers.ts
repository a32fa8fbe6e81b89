import { answerTool } from '../../agents/answerTool';
import type { AgentAnswer } from '../../agents/answerShapes';
import type { IndexView } from '../../engine/indexView';
import { placesOf } from '../../engine/placesOf';
import type { AskToolArguments } from '../../protocol/agentTools';

/** Answers a language model's question from the index as it stands. */
export function askTool({ name, input }: AskToolArguments, view: IndexView, indexedAt: string | null): AgentAnswer {
  return answerTool(name, input, { view, places: placesOf(view), indexedAt });
}
