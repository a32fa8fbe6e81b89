/**
 * The arrows of docs/architecture.md. Each room lists the rooms it may import; all else is an error.
 * `pathNot` entries are regular expressions over paths below the root, as dependency-cruiser wants them.
 */
const MAY_IMPORT = {
  model: [],
  // The page's model crosses from the server to the webview.
  protocol: ['model', 'report/reportModel'],
  syntax: ['model'],
  project: ['model'],
  // Shell text is parsed where guest commands are matched.
  guest: ['model', 'project', 'syntax'],
  guideline: ['model'],
  trace: ['model', 'guideline'],
  policy: ['model', 'syntax/yamlTokens'],
  // Read-only results of the rooms above.
  fixes: ['model', 'project', 'guest', 'guideline', 'trace', 'syntax', 'policy/profile/'],
  // Statuses and the order of guidelines, as every other answer has them.
  report: ['model', 'policy', 'guideline/capabilityStatus', 'guideline/guidelineOrder'],
  engine: ['model', 'syntax', 'project', 'guest', 'guideline', 'trace', 'policy', 'fixes', 'report'],
  // Questions of language models, answered from the index; asked through the server and the command line.
  agents: ['model', 'protocol', 'engine', 'guideline', 'trace', 'report'],
  // Protocol to engine; grammars are handed over at the start, rules and guideline facts are shown.
  server: [
    'model',
    'protocol',
    'engine',
    'guideline',
    'guest/catalogue/',
    'syntax/grammars',
    'policy/',
    'report',
    'agents',
    'trace',
  ],
  client: ['protocol', 'model', 'report/reportPage'],
  // Runs in a browser: the report page's script. Its board judges by itself, so that switches answer at once.
  page: ['model', 'policy', 'protocol/reportMessages', 'protocol/documentMessages', 'report/'],
  cli: [
    'model',
    'engine',
    'report',
    'guideline',
    'guest/catalogue/',
    'syntax/grammars',
    'policy',
    'protocol',
    'server',
    'agents',
    'trace',
  ],
};

/** @param {string} room */
function arrowsOf(room) {
  const allowed = [room, ...MAY_IMPORT[room]].map((target) => (target.includes('/') ? target : `${target}/`));
  return {
    name: `arrows-of-${room}`,
    comment: `src/${room} may import: ${MAY_IMPORT[room].join(', ') || 'nothing'} (see MAY_IMPORT and docs/architecture.md).`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: allowed.map((target) => `^src/${target}`) },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.keys(MAY_IMPORT).map(arrowsOf),
    {
      name: 'known-rooms',
      comment: 'A new room needs its line in MAY_IMPORT and in docs/architecture.md.',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.keys(MAY_IMPORT).map((room) => `^src/${room}/`) },
      to: {},
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other belong into one file, or the shared part into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'editor-in-client-alone',
      comment: '`vscode` and its language client are for src/client.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/client/' },
      to: { path: '^vscode$|node_modules/(vscode-languageclient|@types/vscode)/' },
    },
    {
      name: 'node-at-the-edges',
      comment: 'node:* is for node.ts files and src/cli: everything else runs on the web as well.',
      severity: 'error',
      from: { path: '^src/', pathNot: '(^src/cli/|/node\\.ts$)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-from-tests',
      comment: 'What ships does not need the tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'shipped-code-needs-shipped-packages',
      comment: 'devDependencies are for building and testing.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
