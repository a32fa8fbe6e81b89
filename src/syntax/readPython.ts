import type { Language, Parser, Tree } from 'web-tree-sitter';
import type { ModuleFacts, Suppression } from '../model/facts';
import { findNoqas } from '../model/noqa';
import { findLineStarts, positionAt } from '../model/text';
import { makeGrammarTables, PythonReader, type PythonGrammarTables } from './pythonReader';
import { readBlock } from './pythonStatements';
import { repairBrackets, type RepairedText } from './repairBrackets';

const tablesOf = new WeakMap<Language, PythonGrammarTables>();

function grammarTables(language: Language): PythonGrammarTables {
  let tables = tablesOf.get(language);
  if (!tables) tablesOf.set(language, (tables = makeGrammarTables(language)));
  return tables;
}

/**
 * Reads one Python file into facts, in one pass over its syntax tree. Half-typed or Python 2 code keeps the facts before and
 * after the stretch that does not parse. Never throws on any text.
 * @param parser a parser whose language is the Python grammar
 */
export function readPython(uri: string, text: string, contentHash: string, parser: Parser): ModuleFacts {
  const source = { uri, text, contentHash };
  const tree = parser.parse(text);
  try {
    if (!tree?.rootNode.hasError) return factsOfParsed(source, tree, parser);
    const repaired = repairBrackets(text);
    if (!repaired) return factsOfParsed(source, tree, parser);
    const repairedTree = parser.parse(repaired.text);
    try {
      return factsOfRepaired(source, repaired, repairedTree, parser);
    } finally {
      repairedTree?.delete();
    }
  } finally {
    tree?.delete();
  }
}

/** A file's text, and the name that its content goes by. */
interface PythonSource {
  readonly uri: string;
  readonly text: string;
  readonly contentHash: string;
}

/** Facts of a file whose text is parsed already; the tree stays the caller's. */
export function factsOfParsed(
  { uri, text, contentHash }: PythonSource,
  tree: Tree | null,
  parser: Parser,
): ModuleFacts {
  if (!tree || !parser.language) return emptyFacts(uri, text, contentHash);
  try {
    return collectFacts(uri, text, contentHash, tree, grammarTables(parser.language));
  } catch (error) {
    // Expressions nested thousands deep exhaust the stack; such a file has no facts worth having.
    if (error instanceof RangeError) return emptyFacts(uri, text, contentHash);
    throw error;
  }
}

/** Facts of a file that was read with its open brackets repaired, by the tree of the repaired text. */
export function factsOfRepaired(
  source: PythonSource,
  repaired: RepairedText,
  tree: Tree | null,
  parser: Parser,
): ModuleFacts {
  const facts = factsOfParsed({ ...source, text: repaired.text }, tree, parser);
  return { ...facts, errors: [...facts.errors, ...repaired.replaced].sort((a, b) => a.start - b.start) };
}

function emptyFacts(uri: string, text: string, contentHash: string): ModuleFacts {
  const errors = [{ start: 0, end: text.length }];
  return {
    uri,
    contentHash,
    lineStarts: findLineStarts(text),
    body: [],
    functions: [],
    classes: [],
    suppressions: [],
    errors,
  };
}

function collectFacts(
  uri: string,
  text: string,
  contentHash: string,
  tree: Tree,
  tables: PythonGrammarTables,
): ModuleFacts {
  const reader = new PythonReader(tree, text, tables);
  const lineStarts = findLineStarts(text);
  // A file that is one syntax error has ERROR as its root; its children are read all the same.
  const body = readBlock(reader);
  if (tree.rootNode.type === 'ERROR') reader.errors.push({ start: 0, end: text.length });
  reader.cursor.delete();
  const suppressions = readSuppressions(text, lineStarts, tree);
  const { functions, classes, errors } = reader;
  return { uri, contentHash, lineStarts, body, functions, classes, suppressions, errors };
}

/** The tree tells comments from strings that contain the same letters. */
function readSuppressions(text: string, lineStarts: readonly number[], tree: Tree): Suppression[] {
  return findNoqas(text)
    .filter(({ range }) => tree.rootNode.descendantForIndex(range.start)?.type === 'comment')
    .map((noqa) => ({ line: positionAt(lineStarts, noqa.range.start).line, ...noqa }));
}
