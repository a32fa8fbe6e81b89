import { type CapabilityScores, type Score, WORKSHEET_TAGS } from '../../model/scoring';
import { parseCsv } from './parseCsv';
import { makeScores } from './scoreCapabilities';

/** A line of a worksheet: kept as it is, or a capability whose total is to be written behind `head`. */
export type WorksheetLine =
  | { readonly text: string; readonly capability: null }
  | { readonly text: string; readonly capability: CapabilityScores; readonly head: string };

export interface Worksheet {
  readonly format: 'text' | 'csv';
  /** The line end of the file: that of its first line. */
  readonly lineEnd: '\n' | '\r\n';
  /** Without line ends. A CSV has no lines to keep: they are made from the rows. */
  readonly lines: readonly WorksheetLine[];
  readonly capabilities: readonly CapabilityScores[];
  readonly problems: readonly WorksheetProblem[];
}

export interface WorksheetProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** Five groups and a total: `[1,1,0] [1,1,1] [0,1,?] [1,1,1] [1] [74]*`; the total is not read. */
const GROUP_SIZES = [3, 3, 3, 3, 1];

/**
 * Reads a scoring worksheet: lines `capability: [d,t,c] [f,c,s] [d,d,s] [f,a,p] [non-admin]`, any text between them, or the
 * CSV that goes with it (`Capability` and the criteria's names or tags in the first line). Never throws: what looks like a
 * scoring line and is none is a problem and stays as it is.
 * @param criteria names of the guideline's criteria by tag, to know the columns of a CSV by
 */
export function readWorksheet(text: string, criteria: ReadonlyMap<string, string>): Worksheet {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  return /^"?capability"?\s*,/i.test(source) ? readCsv(source, criteria) : readText(source);
}

function readText(text: string): Worksheet {
  const problems: WorksheetProblem[] = [];
  const lines = text.split(/\r\n|\n/).map((line, index): WorksheetLine => {
    const parsed = parseScoreLine(line);
    if (parsed === null) return { text: line, capability: null };
    if (typeof parsed === 'string') {
      problems.push({ line: index + 1, message: parsed });
      return { text: line, capability: null };
    }
    return { text: line, ...parsed };
  });
  const capabilities = lines.flatMap(({ capability }) => (capability === null ? [] : [capability]));
  const lineEnd = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  return { format: 'text', lineEnd, lines, capabilities, problems: [...problems, ...findRepeated(lines)] };
}

/** A scoring line, a complaint about one, or null for any other line. */
function parseScoreLine(line: string): { capability: CapabilityScores; head: string } | string | null {
  const colon = /^(\S+):\s+(?=\[)/.exec(line);
  const name = colon?.[1];
  if (colon === null || name === undefined) return null;
  const scores: Score[] = [];
  let end = colon[0].length;
  for (const [index, size] of GROUP_SIZES.entries()) {
    const group = /^\s*\[([^\]]*)\]/.exec(line.slice(end));
    const cells = group?.[1]?.split(',').map((cell) => cell.trim()) ?? [];
    if (group === null || cells.length !== size) {
      // The head of a worksheet explains the form with words in the brackets.
      if (scores.length === 0 && cells.some((cell) => cell.length > 1)) return null;
      return `"${name}": group ${index + 1} of the scores is to have ${size} of 0, 1 or ?.`;
    }
    const wrong = cells.find((cell) => !isScore(cell));
    if (wrong !== undefined) return `"${name}": "${wrong}" is no score; 0, 1 and ? are.`;
    scores.push(...cells.filter(isScore));
    end += group[0].length;
  }
  const capability = {
    name,
    scores: makeScores((_, index) => scores[index] ?? '?'),
    nonAdmin: scores[WORKSHEET_TAGS.length] ?? '?',
    status: null,
  };
  return { capability, head: line.slice(0, end) };
}

function isScore(cell: string): cell is Score {
  return cell === '0' || cell === '1' || cell === '?';
}

function findRepeated(lines: readonly WorksheetLine[]): WorksheetProblem[] {
  const seen = new Map<string, number>();
  return lines.flatMap(({ capability }, index) => {
    if (capability === null) return [];
    const first = seen.get(capability.name);
    if (first !== undefined)
      return [{ line: index + 1, message: `"${capability.name}" was scored on line ${first} already.` }];
    seen.set(capability.name, index + 1);
    return [];
  });
}

function readCsv(text: string, criteria: ReadonlyMap<string, string>): Worksheet {
  const [head = { line: 1, cells: [] }, ...records] = parseCsv(text);
  const problems: WorksheetProblem[] = [];
  const columns = head.cells.map((cell) => cell.trim().toLowerCase());
  const columnOf = (tag: string): number => {
    const name = criteria.get(tag)?.toLowerCase();
    return columns.findIndex((column) => column === tag || column === name);
  };
  const places = WORKSHEET_TAGS.map(columnOf);
  const nonAdmin = columns.findIndex((column) => column === 'non-admin' || column === 'nonadmin');
  const missing = WORKSHEET_TAGS.filter((_, index) => places[index] === -1);
  if (missing.length > 0) {
    problems.push({ line: 1, message: `There is no column for ${missing.join(', ')}; it counts as open.` });
  }
  const lines = records.flatMap(({ line, cells }): WorksheetLine[] => {
    const name = cells[0]?.trim() ?? '';
    if (name === '') return [];
    const read = (column: number): Score => {
      const cell = cells[column]?.trim() ?? '?';
      if (isScore(cell)) return cell;
      problems.push({ line, message: `"${name}": "${cell}" is no score; 0, 1 and ? are.` });
      return '?';
    };
    const scores = makeScores((_, index) => read(places[index] ?? -1));
    const capability = { name, scores, nonAdmin: read(nonAdmin), status: null };
    const head = `${name}: ${printGroups(capability)}`;
    return [{ text: head, capability, head }];
  });
  const capabilities = lines.flatMap(({ capability }) => (capability === null ? [] : [capability]));
  return { format: 'csv', lineEnd: '\n', lines, capabilities, problems };
}

/** `[1,1,1] [1,1,1] [1,1,0] [1,1,1] [1]` */
function printGroups({ scores, nonAdmin }: CapabilityScores): string {
  const all = [...WORKSHEET_TAGS.map((tag) => scores[tag]), nonAdmin];
  let start = 0;
  return GROUP_SIZES.map((size) => {
    start += size;
    return `[${all.slice(start - size, start).join(',')}]`;
  }).join(' ');
}
