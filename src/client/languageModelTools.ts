import * as vscode from 'vscode';
import { AGENT_TOOLS, ASK_TOOL_REQUEST, type AgentTool } from '../protocol/agentTools';
import { onDidChangeToolSetting, readToolsEnabled } from './configuration';
import type { ServerConnection } from './serverConnection';

/** Offers the tools to language models while the setting allows it. Each asks the server, reads only, and needs no confirmation. */
export function offerLanguageModelTools(server: ServerConnection): vscode.Disposable {
  let offered: readonly vscode.Disposable[] = [];
  const withdraw = (): void => {
    for (const tool of offered) tool.dispose();
    offered = [];
  };
  const follow = (): void => {
    withdraw();
    if (readToolsEnabled()) offered = AGENT_TOOLS.map((tool) => registerTool(tool, server));
  };
  follow();
  return vscode.Disposable.from(onDidChangeToolSetting(follow), { dispose: withdraw });
}

function registerTool({ name }: AgentTool, server: ServerConnection): vscode.Disposable {
  return vscode.lm.registerTool(name, {
    invoke: async ({ input }) => {
      const answer = await server.request<unknown>(ASK_TOOL_REQUEST, { name, input });
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
    },
    prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Asking the Interop Lens index') }),
  });
}
