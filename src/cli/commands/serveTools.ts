import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { answerBeforeIndex, answerTool } from '../../agents/answerTool';
import type { AgentAnswer } from '../../agents/answerShapes';
import { SourceError } from '../../engine/fileSource';
import { AGENT_TOOLS, type AgentTool } from '../../protocol/agentTools';
import { openIndex, type OpenedIndex } from '../openIndex';
import { complain, type Terminal } from '../output';
import { TOOL } from '../toolInfo';
import type { ExitCode, Invocation } from './command';

/** A model's client gives up after a minute; by then it is better told that the index is not there yet. */
const PATIENCE = 40_000;

/**
 * `interop-lens mcp`: the tools for language models over the Model Context Protocol on standard input and output. Ends when its client closes
 * the input. Standard output belongs to the protocol; what was left out is told on standard error.
 */
export async function serveTools({ args, terminal }: Invocation): Promise<ExitCode> {
  // Loaded on demand: no other command needs the protocol's library.
  const { McpServer: Server } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
    follow: true,
  };
  const index = openIndex(request, terminal);
  // A root that cannot be read ends the command below; until then nobody waits for it.
  index.catch(() => undefined);
  const answers = new ToolAnswers(index, terminal);
  const server = new Server({ name: TOOL.name, version: TOOL.version }, { instructions: INSTRUCTIONS });
  for (const tool of AGENT_TOOLS) await offer(server, tool, answers);
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(new StdioServerTransport());
  await Promise.race([closed, index.then(() => closed)]);
  await server.close();
  return 0;
}

const INSTRUCTIONS =
  'Interop Lens links OpenStack interoperability guidelines to Tempest tests and says what each test demands of a guest. The tools read an index of the folders given on the command line and change nothing.';

async function offer(server: McpServer, tool: AgentTool, answers: ToolAnswers): Promise<void> {
  const { z } = await import('zod');
  const { properties, required } = tool.inputSchema;
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, { description }]) => {
      const text = z.string().describe(description);
      return [name, required.includes(name) ? text : text.optional()];
    }),
  );
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: z.strictObject(shape),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async (input: unknown) => {
      const answer = await answers.answer(tool.name, input);
      return {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: { ...answer },
        isError: answer.problem !== null,
      };
    },
  );
}

/** Answers from an index that is built behind the server's back and follows the disk. */
class ToolAnswers {
  private indexedAt: string | null = null;

  constructor(
    private readonly index: Promise<OpenedIndex>,
    private readonly terminal: Terminal,
  ) {
    index.then(
      () => (this.indexedAt = now()),
      () => undefined,
    );
  }

  async answer(tool: string, input: unknown): Promise<AgentAnswer> {
    const index = await this.waitForIndex();
    if (!index) return answerBeforeIndex(tool);
    try {
      await index.catchUp();
      this.indexedAt = now();
    } catch (error) {
      // The answer is as old as `indexedAt` says.
      if (!(error instanceof SourceError)) throw error;
      complain(this.terminal, error.message);
    }
    return answerTool(tool, input, { view: index.view, places: index.places, indexedAt: this.indexedAt });
  }

  /** The index, or null when it takes longer than a client waits. */
  private async waitForIndex(): Promise<OpenedIndex | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE);
    });
    try {
      return await Promise.race([this.index, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function now(): string {
  return new Date().toISOString();
}
