/**
 * The tools for language models: one table for the extension's manifest (a test compares them), the language server, and the tool server
 * of the command line. They read and never change anything.
 */

/** A JSON Schema of the small kind that tool inputs need. */
export interface ToolInputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { readonly type: 'string'; readonly description: string }>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export interface AgentTool {
  readonly name: AgentToolName;
  readonly title: string;
  /** For the model: what it answers, and when to ask. */
  readonly description: string;
  readonly inputSchema: ToolInputSchema;
}

export const AGENT_TOOL_NAMES = [
  'interopLens_findCapabilities',
  'interopLens_findTests',
  'interopLens_explainGuestLevel',
  'interopLens_explainGuidelineChange',
] as const;
export type AgentToolName = (typeof AGENT_TOOL_NAMES)[number];

const ANSWER_NOTE =
  'The answer is JSON; "indexedAt" says how old it is, and "complete": false means that the workspace is still being read and nothing can be concluded from an absence. Long answers are cut: "omitted" counts what is missing, and "narrow" says how to ask for it.';

const TEST = {
  type: 'string',
  description:
    'A Tempest test: its full name (pkg.module.Class.test_x), the end of one (Class.test_x or test_x), an old name that a guideline lists, or its idempotent id.',
} as const;

const GUIDELINE_FORM = 'by id (2016.01) or file name (next.json, add-ons/dns.2022.11.json)';

/** Every tool, in the order of its name in the table above. */
export const AGENT_TOOLS: readonly AgentTool[] = [
  {
    name: 'interopLens_findCapabilities',
    title: 'Find Interoperability Capabilities of a Test',
    description: `Lists the OpenStack interoperability guideline capabilities that a Tempest test proves, with their status per component, flags and link state, in every guideline of the workspace. ${ANSWER_NOTE}`,
    inputSchema: { type: 'object', properties: { test: TEST }, required: ['test'], additionalProperties: false },
  },
  {
    name: 'interopLens_findTests',
    title: 'Find Tests of an Interoperability Capability',
    description: `Lists the Tempest tests that prove an OpenStack interoperability capability, with their source, link state and what each demands of a guest. ${ANSWER_NOTE}`,
    inputSchema: {
      type: 'object',
      properties: {
        capability: { type: 'string', description: 'The name of a capability, such as compute-servers-create.' },
        guideline: {
          type: 'string',
          description: `Only this guideline, ${GUIDELINE_FORM}; without it every guideline of the workspace.`,
        },
      },
      required: ['capability'],
      additionalProperties: false,
    },
  },
  {
    name: 'interopLens_explainGuestLevel',
    title: 'Explain What a Test Demands of a Guest',
    description: `Says what a Tempest test demands of a guest (api, boot, reach, login, posix, linux or image), with the commands and other guest sites that it reaches, the call path to each, the options that switch it off, and how many calls could not be resolved. ${ANSWER_NOTE}`,
    inputSchema: { type: 'object', properties: { test: TEST }, required: ['test'], additionalProperties: false },
  },
  {
    name: 'interopLens_explainGuidelineChange',
    title: 'Explain What Changed Between Guidelines',
    description: `Compares two OpenStack interoperability guidelines: capabilities and tests added, removed and renamed (matched by id), changes of status, flags, aliases, and the guest level of each test today. ${ANSWER_NOTE}`,
    inputSchema: {
      type: 'object',
      properties: {
        before: { type: 'string', description: `The earlier guideline, ${GUIDELINE_FORM}.` },
        after: { type: 'string', description: `The later guideline, ${GUIDELINE_FORM}.` },
        capability: { type: 'string', description: 'Only this capability; without it every capability that changed.' },
      },
      required: ['before', 'after'],
      additionalProperties: false,
    },
  },
];

/** client → server, `interopLens/askTool`: one question of a language model. */
export interface AskToolArguments {
  readonly name: string;
  readonly input: unknown;
}
export const ASK_TOOL_REQUEST = 'interopLens/askTool';
