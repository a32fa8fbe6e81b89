import { CST, Lexer } from 'yaml';

export interface YamlToken {
  readonly type: string | null;
  readonly source: string;
  readonly start: number;
}

/** The tokens of a YAML text with their places, without the lexer's own marks. Never recurses. */
export function* readYamlTokens(text: string): Iterable<YamlToken> {
  let start = 0;
  let isScalarNext = false;
  for (const source of new Lexer().lex(text)) {
    const type: string | null = isScalarNext ? 'scalar' : CST.tokenType(source);
    isScalarNext = !isScalarNext && source === CST.SCALAR;
    // Marks that stand for no text.
    if (isScalarNext || source === CST.DOCUMENT || source === CST.FLOW_END) continue;
    yield { type, source, start };
    start += source.length;
  }
}

/** No file that a person writes comes near it. Each level takes a few frames of the parser's stack, whose end would be the end of the process. */
const MAX_DEPTH = 100;

/**
 * True for YAML that no parser which recurses may be given: the end of the stack can be the end of the process, not an error to be caught.
 * An upper bound of the nesting is compared: open brackets, and on each line its indent and the items that it opens.
 */
export function nestsTooDeep(text: string): boolean {
  let brackets = 0;
  let onLine = 0;
  let isAtStart = true;
  for (const { type, source } of readYamlTokens(text)) {
    if (type === 'newline') onLine = 0;
    else if (type === 'flow-seq-start' || type === 'flow-map-start') brackets++;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') brackets = Math.max(0, brackets - 1);
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') onLine++;
    else if (type === 'space' && isAtStart) onLine += source.length;
    isAtStart = type === 'newline';
    if (brackets > MAX_DEPTH || (brackets === 0 && onLine > MAX_DEPTH)) return true;
  }
  return false;
}
