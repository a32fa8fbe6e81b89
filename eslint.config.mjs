import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rooms and imports are also held by .dependency-cruiser.cjs; here the editor shows them while typing. */
const NODE_ONLY = { group: ['node:*'], message: 'node:* is for node.ts files, src/cli, scripts and tests.' };
const EDITOR_ONLY = {
  group: ['vscode', 'vscode-languageclient', 'vscode-languageclient/*'],
  message: 'The editor is for src/client.',
};

/** Syntax that the house does not use. */
const NO_DEFAULT_EXPORT = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that defines it.' },
];

/**
 * Which imports a set of files may not use.
 * @param {readonly { group: string[], message: string }[]} patterns
 */
const restrict = (patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

export default defineConfig([
  globalIgnores(['dist/', '.cache/', 'coverage/', 'samples/', 'test/fixtures/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...NO_DEFAULT_EXPORT],
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      ...restrict([NODE_ONLY, EDITOR_ONLY]),
    },
  },
  { files: ['src/client/**/*.ts'], rules: restrict([NODE_ONLY]) },
  { files: ['src/client/node.ts'], rules: restrict([]) },
  { files: ['src/**/node.ts'], ignores: ['src/client/**'], rules: restrict([EDITOR_ONLY]) },
  { files: ['src/cli/**/*.ts'], rules: { 'no-console': 'off', ...restrict([EDITOR_ONLY]) } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-console': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // mocha's `describe` and `it` take functions whose promises mocha awaits.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreIIFE: true }],
      ...restrict([]),
    },
  },
  {
    // Tests of the editor speak to it; those that also run on the web have no Node but `node:assert/strict`.
    files: ['test/vscode/both/**/*.ts', 'test/vscode/web/**/*.ts'],
    rules: restrict([{ ...NODE_ONLY, group: ['node:*', '!node:assert', '!node:assert/strict'] }]),
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
]);
