import type { Finding, Fix } from '../../src/model/finding';

/** One fix, applied and looked at from all sides. */
export interface Trial {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly texts: ReadonlyMap<string, string>;
  readonly fate: 'gone' | 'suppressed' | 'fewer tests' | 'there';
  /** Rules of the weaker findings left behind, as the fix says. */
  readonly leaves: readonly string[];
  readonly failures: string[];
  readonly comparisons: string[];
  readonly together: boolean;
}

export interface Table {
  readonly header: string[];
  readonly rows: string[][];
}

/** One row for each kind of fix. */
export function tabulate(trials: readonly Trial[]): Table {
  const kinds = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = `${trial.fix.id ?? '?'} ${trial.fix.safe ? 'safe' : 'suggestion'}`;
    kinds.set(key, [...(kinds.get(key) ?? []), trial]);
  }
  const rows = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const [id = '', kind = ''] = key.split(' ');
      const count = (fate: Trial['fate']): string => String(own.filter((trial) => trial.fate === fate).length);
      const rules = [...new Set(own.map(({ finding }) => finding.rule))].sort();
      const leaves = [...new Set(own.flatMap((trial) => trial.leaves))].sort();
      const shells = own.flatMap(({ comparisons }) => comparisons);
      return [
        id,
        kind,
        id === 'noqa' || id === 'fixAll' ? 'any' : rules.join(' '),
        String(own.length),
        count('gone'),
        count('fewer tests'),
        count('suppressed'),
        leaves.join(' ') || '-',
        shells.length === 0 ? '-' : tally(shells),
        String(own.filter(({ failures }) => failures.length > 0).length),
      ];
    });
  const header = [
    'fix',
    'kind',
    'rules',
    'applied',
    'gone',
    'fewer tests',
    'suppressed',
    'leaves',
    'old and new command',
    'failures',
  ];
  return { header, rows };
}

function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${text} ×${count}`).join('; ');
}

/** How often each reason for offering nothing (but the suppression) was given. */
export function tabulateRefusals(refusals: readonly { readonly rule: string; readonly reason: string }[]): Table {
  const counts = new Map<string, number>();
  for (const { rule, reason } of refusals)
    counts.set(`${rule}\t${reason}`, (counts.get(`${rule}\t${reason}`) ?? 0) + 1);
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => {
      const [rule = '', reason = ''] = key.split('\t');
      return [rule, String(count), reason];
    });
  return { header: ['rule', 'findings', 'why no fix is offered'], rows };
}

/** The table as Markdown. */
export function printMarkdown({ header, rows }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Puts a text between `<!-- name -->` and `<!-- end of name -->`.
 * @throws Error when the page has no such marks
 */
export function replaceBetweenMarks(page: string, name: string, text: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- end of ${name} -->`;
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start < 0 || end < start) throw new Error(`the page has no ${open} … ${close}`);
  return `${page.slice(0, start + open.length)}\n\n${text}\n${page.slice(end)}`;
}
