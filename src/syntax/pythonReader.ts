import type { Language, Tree, TreeCursor } from 'web-tree-sitter';
import type { ClassFacts, Expr, FunctionFacts } from '../model/facts';
import type { TextRange } from '../model/text';
import { placeBeforeInsertions, type Insertion } from './repairHeaders';

/** Lookups by node type number, made once per grammar: the walk asks them for every node. */
export interface PythonGrammarTables {
  readonly typeNames: readonly string[];
  /** True for the nodes that carry meaning: named and no comment or line continuation. */
  readonly meaningful: readonly boolean[];
  readonly fieldNames: readonly (string | null)[];
}

/** Builds the lookup tables of the Python grammar. */
export function makeGrammarTables(language: Language): PythonGrammarTables {
  const typeNames: string[] = [];
  const meaningful: boolean[] = [];
  for (let id = 0; id < language.types.length; id++) {
    const name = language.types[id] ?? '';
    typeNames.push(name);
    meaningful.push(language.nodeTypeIsNamed(id) && name !== 'comment' && name !== 'line_continuation');
  }
  return { typeNames, meaningful, fieldNames: language.fields };
}

/** The state of one walk: a cursor over the tree and the facts collected so far. */
export class PythonReader {
  readonly functions: FunctionFacts[] = [];
  readonly classes: ClassFacts[] = [];
  readonly errors: TextRange[] = [];
  /** Prefix of the qualified name inside the current scope (`Class.` or `f.<locals>.`). */
  scopePrefix = '';
  /** Index of the class whose body is being read directly, or -1. */
  classIndex = -1;
  /** Set when the function being read yields. */
  yields = false;
  readonly cursor: TreeCursor;

  constructor(
    tree: Tree,
    /** The text as it is written; all places are places in it. */
    readonly text: string,
    private readonly tables: PythonGrammarTables,
    /** What the parsed text has beside it. */
    private readonly inserted: readonly Insertion[],
  ) {
    this.cursor = tree.walk();
  }

  get type(): string {
    return this.typeNameOf(this.cursor.nodeTypeId);
  }

  /** ERROR nodes have the type number 65535, outside the table. */
  private typeNameOf(id: number): string {
    return this.tables.typeNames[id] ?? 'ERROR';
  }

  get start(): number {
    return this.placeOf(this.cursor.startIndex);
  }

  get end(): number {
    return this.placeOf(this.cursor.endIndex);
  }

  get nodeText(): string {
    return this.text.slice(this.start, this.end);
  }

  private placeOf(index: number): number {
    return this.inserted.length === 0 ? index : placeBeforeInsertions(this.inserted, index);
  }

  get field(): string | null {
    const id = this.cursor.currentFieldId;
    return id === 0 ? null : (this.tables.fieldNames[id] ?? null);
  }

  /** Visits the meaningful children of the current node with the cursor on each; the cursor is back afterwards. */
  forEachChild(visit: (type: string) => void): void {
    if (!this.cursor.gotoFirstChild()) return;
    do {
      const id = this.cursor.nodeTypeId;
      if (this.tables.meaningful[id] ?? true) visit(this.typeNameOf(id));
    } while (this.cursor.gotoNextSibling());
    this.cursor.gotoParent();
  }

  /** Like forEachChild, anonymous tokens (operators, keywords) included; a comment or backslash between them is neither. */
  forEachToken(visit: (type: string, named: boolean) => void): void {
    if (!this.cursor.gotoFirstChild()) return;
    do {
      const id = this.cursor.nodeTypeId;
      const type = this.typeNameOf(id);
      if (type !== 'comment' && type !== 'line_continuation') visit(type, this.tables.meaningful[id] ?? true);
    } while (this.cursor.gotoNextSibling());
    this.cursor.gotoParent();
  }

  unknown(): Expr {
    return { k: 'unknown', s: this.start, e: this.end };
  }
}
