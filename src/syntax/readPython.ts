import type { Language, Node, Parser, Tree } from 'web-tree-sitter';
import type { ModuleFacts, Suppression } from '../model/facts';
import { findNoqas } from '../model/noqa';
import { findLineStarts, positionAt } from '../model/text';
import { makeGrammarTables, PythonReader, type PythonGrammarTables } from './pythonReader';
import { readBlock } from './pythonStatements';
import { placeAfterInsertions, type Insertion } from './repairHeaders';
import { repairPython, type RepairedText } from './repairPython';

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
    const repaired = repairPython(text);
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

/**
 * Facts of a file whose text is parsed already; the tree stays the caller's.
 * @param inserted what the parsed text has beside the file's own
 */
export function factsOfParsed(
  source: PythonSource,
  tree: Tree | null,
  parser: Parser,
  inserted: readonly Insertion[] = [],
): ModuleFacts {
  const { uri, text, contentHash } = source;
  if (!tree || !parser.language) return emptyFacts(uri, text, contentHash);
  try {
    return collectFacts(source, tree, grammarTables(parser.language), inserted);
  } catch (error) {
    // Expressions nested thousands deep exhaust the stack; such a file has no facts worth having.
    if (error instanceof RangeError) return emptyFacts(uri, text, contentHash);
    throw error;
  }
}

/** Facts of a file that was read with what is half-typed in it repaired, by the tree of the repaired text. */
export function factsOfRepaired(
  source: PythonSource,
  { inserted, broken }: RepairedText,
  tree: Tree | null,
  parser: Parser,
): ModuleFacts {
  const facts = factsOfParsed(source, tree, parser, inserted);
  return { ...facts, errors: [...facts.errors, ...broken].sort((a, b) => a.start - b.start) };
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
  { uri, text, contentHash }: PythonSource,
  tree: Tree,
  tables: PythonGrammarTables,
  inserted: readonly Insertion[],
): ModuleFacts {
  const reader = new PythonReader(tree, text, tables, inserted);
  const lineStarts = findLineStarts(text);
  // A file that is one syntax error has ERROR as its root; its children are read all the same.
  const body = readBlock(reader);
  if (tree.rootNode.type === 'ERROR') reader.errors.push({ start: 0, end: text.length });
  reader.cursor.delete();
  const suppressions = readSuppressions(text, lineStarts, (place) =>
    tree.rootNode.descendantForIndex(placeAfterInsertions(inserted, place)),
  );
  const { functions, classes, errors } = reader;
  return { uri, contentHash, lineStarts, body, functions, classes, suppressions, errors };
}

/** The tree tells comments from strings that contain the same letters. */
function readSuppressions(
  text: string,
  lineStarts: readonly number[],
  nodeAt: (place: number) => Node | null,
): Suppression[] {
  return findNoqas(text)
    .filter(({ range }) => nodeAt(range.start)?.type === 'comment')
    .map((noqa) => ({ line: positionAt(lineStarts, noqa.range.start).line, ...noqa }));
}
