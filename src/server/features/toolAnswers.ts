import { answerTool } from '../../agents/answerTool';
import type { AgentAnswer } from '../../agents/answerShapes';
import type { IndexView } from '../../engine/indexView';
import type { AskToolArguments } from '../../protocol/agentTools';

/** Answers a language model's question from the index as it stands. */
export function askTool({ name, input }: AskToolArguments, view: IndexView, indexedAt: string | null): AgentAnswer {
  const places = {
    pathOf: (uri: string): string => view.file(uri)?.path ?? uri,
    positionAt: view.positionAt.bind(view),
  };
  return answerTool(name, input, { view, places, indexedAt });
}
