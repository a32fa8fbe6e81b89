import type { Node, Parser } from 'web-tree-sitter';
import type { RawCommand, RawRedirect, RawScript, RawWrapper } from './rawCommand';
import { findInterpreter, looksLikeOtherScript, namesShell } from './shellInterpreter';
import type { MappedText } from './shellText';
import { mapWholeText } from './shellText';
import { findShellText, findWrappedCommand, readsStandardInput } from './shellWrappers';
import { findWrittenScripts } from './writtenScripts';
import { flatRange, isExpansion, readSpan, readWord, type RawWord } from './shellWords';

/** `sh -c "sh -c …"` is followed this deep; text does not nest deeper than a person can quote it. */
const MAX_NESTING = 6;

const WORD_NODES: ReadonlySet<string> = new Set([
  'word',
  'string',
  'raw_string',
  'ansi_c_string',
  'translated_string',
  'concatenation',
  'number',
  'brace_expression',
  'extglob_pattern',
  'regex',
  'test_operator',
  'variable_name',
]);

/** Reads shell text out of the grammar's tree. Never throws: what the grammar cannot read is listed in `errors`. */
export function readShellText(text: string, parser: Parser): RawScript {
  const reader = new ShellReader(parser);
  const whole = mapWholeText(text);
  const interpreter = findInterpreter(whole);
  const isShell = interpreter === null ? !looksLikeOtherScript(text) : namesShell(interpreter);
  if (isShell) {
    reader.readText(whole, 0, []);
    reader.readWrittenScripts();
  }
  return { commands: reader.commands, interpreter, isShell, errors: reader.errors };
}

class ShellReader {
  readonly commands: RawCommand[] = [];
  readonly errors: { start: number; end: number }[] = [];
  private pipelines = 0;

  constructor(private readonly parser: Parser) {}

  readText(source: MappedText, depth: number, outer: readonly RawWrapper[]): void {
    const tree = this.parser.parse(source.text);
    if (tree === null) return;
    try {
      new TreeReading(this, source, depth, outer).visit(tree.rootNode, this.newPipeline());
    } finally {
      tree.delete();
    }
  }

  /** What the guest is to run later is read as the script that it is, once all commands are known. */
  readWrittenScripts(): void {
    const written = findWrittenScripts(this.commands);
    for (const { text } of written) this.readText(text.value, MAX_NESTING, []);
  }

  newPipeline(): number {
    return this.pipelines++;
  }

  mayNest(depth: number): boolean {
    return depth < MAX_NESTING;
  }
}

/** One tree: the whole text, or the text inside a `sh -c`. */
class TreeReading {
  constructor(
    private readonly reader: ShellReader,
    private readonly source: MappedText,
    private readonly depth: number,
    /** Wrappers of the shell that runs this text: `sudo sh -c '…'` runs all of it under sudo. */
    private readonly outer: readonly RawWrapper[],
  ) {}

  visit(node: Node, pipeline: number): void {
    switch (node.type) {
      case 'command':
        return this.readCommand(node, pipeline);
      case 'redirected_statement':
        return this.readRedirected(node, pipeline);
      case 'pipeline':
        return this.visitAll(node.namedChildren, this.reader.newPipeline());
      case 'test_command':
      case 'declaration_command':
      case 'unset_command':
        return this.readByKeyword(node, pipeline);
      case 'variable_assignment':
      case 'variable_assignments':
        return this.readBareAssignment(node, pipeline);
      case 'for_statement':
        return this.readFor(node, pipeline);
      case 'comment':
        return;
      case 'ERROR':
        this.reader.errors.push(flatRange(this.source, node.startIndex, node.endIndex));
    }
    if (isWordNode(node)) return this.visitSubstitutions(node);
    this.visitStatements(node);
  }

  private visitAll(nodes: readonly Node[], pipeline: number): void {
    for (const node of nodes) this.visit(node, pipeline);
  }

  /** Statements each start a pipeline of their own; `&` behind one puts all that it holds in the background. */
  private visitStatements(node: Node): void {
    const children = node.children;
    children.forEach((child, i) => {
      if (!child.isNamed) return;
      const before = this.reader.commands.length;
      this.visit(child, this.reader.newPipeline());
      if (children[i + 1]?.type === '&') {
        for (const command of this.reader.commands.slice(before)) command.background = true;
      }
    });
  }

  /** Commands inside `$(…)`, backticks and `<(…)` of a word. */
  private visitSubstitutions(node: Node): void {
    for (const child of node.namedChildren) {
      if (child.type === 'command_substitution' || child.type === 'process_substitution') this.visitStatements(child);
      else this.visitSubstitutions(child);
    }
  }

  private readCommand(node: Node, pipeline: number): void {
    const words: RawWord[] = [];
    const assignments: RawWord[] = [];
    const redirects: RawRedirect[] = [];
    const later: Node[] = [];
    for (const child of node.children) {
      // The grammar takes an argument `==` for an operator.
      if (!child.isNamed && child.type !== '==') continue;
      if (child.type === 'variable_assignment') assignments.push(this.word(child, later));
      else if (child.type === 'file_redirect' || child.type === 'herestring_redirect')
        this.readRedirect(child, redirects, later);
      else if (child.type === 'subshell' || child.type === 'ERROR') later.push(child);
      else words.push(this.word(child, later));
    }
    const nested = this.add(words, assignments, redirects, pipeline);
    for (const child of later) if (!this.stands(child, nested)) this.visitLater(child);
  }

  /** The text of a `sh -c` is read as a script of its own, its substitutions with it. */
  private stands(node: Node, word: RawWord | null): boolean {
    return word !== null && flatRange(this.source, node.startIndex, node.endIndex).start === word.start;
  }

  private visitLater(node: Node): void {
    if (isExpansion(node) || isWordNode(node) || node.type === 'variable_assignment' || node.type === 'command_name') {
      if (node.type === 'command_substitution' || node.type === 'process_substitution') this.visitStatements(node);
      else this.visitSubstitutions(node);
    } else this.visit(node, this.reader.newPipeline());
  }

  private word(node: Node, later: Node[]): RawWord {
    if (node.namedChildCount > 0) later.push(node);
    return readWord(node, this.source);
  }

  /** `[ … ]`, `[[ … ]]`, `export …`: the keyword is the command, the rest its words. */
  private readByKeyword(node: Node, pipeline: number): void {
    const later: Node[] = [];
    const words: RawWord[] = [];
    const collect = (parent: Node): void => {
      for (const child of parent.children) {
        if (isWordNode(child) || isExpansion(child) || child.type === 'variable_assignment')
          words.push(this.word(child, later));
        else if (child.namedChildCount > 0) collect(child);
        else words.push(readWord(child, this.source));
      }
    };
    collect(node);
    this.add(words, [], [], pipeline);
    for (const child of later) this.visitLater(child);
  }

  private readBareAssignment(node: Node, pipeline: number): void {
    const later: Node[] = [];
    const nodes = node.type === 'variable_assignment' ? [node] : node.namedChildren;
    const assignments = nodes.map((child) => this.word(child, later));
    this.add([], assignments, [], pipeline);
    for (const child of later) this.visitLater(child);
  }

  private readFor(node: Node, pipeline: number): void {
    const later: Node[] = [];
    const values = node.childrenForFieldName('value').filter((child) => child.isNamed);
    const words = values.map((child) => this.word(child, later));
    if (words.length > 0) this.push(null, words, [], [], pipeline);
    for (const child of later) this.visitLater(child);
    const body = node.childForFieldName('body');
    if (body !== null) this.visitStatements(body);
  }

  private readRedirected(node: Node, pipeline: number): void {
    const before = this.reader.commands.length;
    const body = node.childForFieldName('body');
    if (body !== null) this.visit(body, pipeline);
    const owner = this.ownerOfRedirects(body, before, pipeline);
    const later: Node[] = [];
    for (const child of node.namedChildren) {
      if (child.equals(body ?? node)) continue;
      this.readRedirect(child, owner.redirects, later);
    }
    for (const child of later) this.visitLater(child);
    this.readScriptOnInput(owner);
  }

  /** The last simple command of a pipeline or list; compound bodies get a nameless command of their own. */
  private ownerOfRedirects(body: Node | null, before: number, pipeline: number): RawCommand {
    const simple =
      body !== null && ['command', 'pipeline', 'list', 'test_command', 'negated_command'].includes(body.type);
    const outermost = simple
      ? this.reader.commands.slice(before).filter((command) => this.endsBody(command, body))
      : [];
    return outermost[outermost.length - 1] ?? this.push(null, [], [], [], pipeline);
  }

  /** Substitutions inside the body are commands too, but the redirection is not theirs. */
  private endsBody(command: RawCommand, body: Node): boolean {
    return startsAt(command, lastSimpleCommand(body), this.source);
  }

  private readRedirect(node: Node, into: RawRedirect[], later: Node[]): void {
    if (node.type === 'heredoc_redirect') return this.readHeredoc(node, into, later);
    const operator = node.children.find((child) => !child.isNamed) ?? null;
    const sign = operator === null ? null : readWord(operator, this.source);
    for (const target of node.namedChildren) {
      if (target.type === 'file_descriptor') continue;
      into.push({ operator: operator?.type ?? '>', sign, target: this.word(target, later) });
    }
  }

  private readHeredoc(node: Node, into: RawRedirect[], later: Node[]): void {
    for (const child of node.namedChildren) {
      if (child.type === 'heredoc_start' || child.type === 'heredoc_end' || child.type === 'file_descriptor') continue;
      if (child.type === 'heredoc_body') {
        const body = readSpan(this.source, child.startIndex, child.endIndex, []);
        into.push({ operator: '<<', sign: null, target: body });
        later.push(...child.namedChildren.filter(isExpansion));
      } else if (child.type === 'file_redirect') this.readRedirect(child, into, later);
      else later.push(child);
    }
  }

  private readScriptOnInput(command: RawCommand): void {
    if (command.name === null) return;
    const name = baseText(command.name);
    if (
      !readsStandardInput(
        name,
        command.args.map((arg) => arg.value.text),
      )
    )
      return;
    const body = command.redirects.find((redirect) => redirect.operator === '<<' || redirect.operator === '<<<');
    if (body === undefined) return;
    command.opensShell = true;
    this.nest(body.target.value, command.wrappers);
  }

  /** @returns the word that was read as a script of its own (`sh -c WORD`), or null. */
  private add(
    words: readonly RawWord[],
    assignments: readonly RawWord[],
    redirects: RawRedirect[],
    pipeline: number,
  ): RawWord | null {
    const [name = null, ...args] = words;
    const command = this.push(name, args, assignments, redirects, pipeline);
    this.unwrap(command);
    if (command.name === null) return null;
    const texts = command.args.map((arg) => arg.value.text);
    const inner = command.args[findShellText(baseText(command.name), texts)];
    if (inner === undefined) {
      this.readScriptOnInput(command);
      return null;
    }
    command.opensShell = true;
    this.nest(inner.value, command.wrappers);
    return inner;
  }

  private push(
    name: RawWord | null,
    args: readonly RawWord[],
    assignments: readonly RawWord[],
    redirects: RawRedirect[],
    pipeline: number,
  ): RawCommand {
    const command: RawCommand = {
      name,
      args,
      assignments,
      redirects,
      wrappers: this.outer,
      pipeline,
      background: false,
      opensShell: false,
    };
    this.reader.commands.push(command);
    return command;
  }

  /** Takes `sudo env A=1 timeout 5 cat x` apart; wrappers inherited from an outer shell stay in front. */
  private unwrap(command: RawCommand): void {
    while (command.name !== null) {
      const at = findWrappedCommand(
        baseText(command.name),
        command.args.map((arg) => arg.value.text),
      );
      const inner = command.args[at];
      if (at < 0 || inner === undefined) return;
      command.wrappers = [...command.wrappers, { name: command.name, args: command.args.slice(0, at) }];
      command.name = inner;
      command.args = command.args.slice(at + 1);
    }
  }

  private nest(text: MappedText, wrappers: readonly RawWrapper[]): void {
    if (this.reader.mayNest(this.depth)) this.reader.readText(text, this.depth + 1, wrappers);
  }
}

function isWordNode(node: Node): boolean {
  return WORD_NODES.has(node.type) || isExpansion(node);
}

function baseText(word: RawWord): string {
  return word.value.text.slice(word.value.text.lastIndexOf('/') + 1);
}

function lastSimpleCommand(node: Node): Node {
  if (!['pipeline', 'list', 'negated_command'].includes(node.type)) return node;
  const last = node.namedChildren[node.namedChildCount - 1];
  return last === undefined ? node : lastSimpleCommand(last);
}

function startsAt(command: RawCommand, node: Node, source: MappedText): boolean {
  const words = [command.name, ...command.wrappers.map((wrapper) => wrapper.name), ...command.assignments];
  const start = flatRange(source, node.startIndex, node.endIndex).start;
  return (
    words.some((word) => word?.start === start) || command.redirects.some((redirect) => redirect.target.start === start)
  );
}
