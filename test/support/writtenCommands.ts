import fc from 'fast-check';

/** A shell text with holes (null) in it, before it is written in Python. */
export type CommandParts = readonly (string | null)[];

/** Words that a fix knows, and neighbours that none does. */
export const PHRASES = [
  'hostname',
  'sudo cat /etc/hosts',
  'sudo mount /dev/vdb /mnt',
  'head -1 /tmp/f',
  'tail +2 /tmp/f',
  'echo -n "$HOME" > /tmp/f',
  'echo -e "a\\nb 100%" > /tmp/f',
  "echo -e 'plain words'",
  'ls &> /tmp/out',
  'egrep "a{2}|b" /tmp/f',
  'which tcpdump',
  'sed -r s/a/b/ /tmp/f',
  '[ a == b ]',
  'grep -c ^processor /proc/cpuinfo',
  'ls /tmp',
  "awk '{print $1}' /tmp/f",
] as const;

/** One to three phrases, joined as a shell joins them, with up to two holes at any place: between words and inside them. */
const joinedPhrases: fc.Arbitrary<CommandParts> = fc
  .record({
    phrases: fc.array(fc.constantFrom(...PHRASES), { minLength: 1, maxLength: 3 }),
    joint: fc.constantFrom(' && ', '; ', ' | ', '\n'),
    holes: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ phrases, joint, holes }) =>
    cut(phrases.join(joint), holes).flatMap((text, i) => (i === 0 ? [text] : [null, text])),
  );

/** One phrase as it is, too: some fixes ask for a text that is one command and nothing else. */
export const commandParts: fc.Arbitrary<CommandParts> = fc.oneof(
  { weight: 3, arbitrary: joinedPhrases },
  { weight: 1, arbitrary: fc.constantFrom(...PHRASES).map((phrase) => [phrase]) },
);

function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => text.slice(from, at[i] ?? text.length));
}

/** How a text with holes is written in Python. */
export interface Writing {
  readonly quote: "'" | '"' | "'''" | '"""';
  readonly holes: 'percent' | 'named percent' | 'format' | 'f-string' | 'plus';
  /** Where the text goes first: the call itself, a name, a name that is formatted where it is run, or a helper with two callers. */
  readonly way: 'argument' | 'name' | 'formatted later' | 'helper';
  /** Lengths at which the literal is broken into pieces, one a line. */
  readonly breaks: readonly number[];
}

export const writing: fc.Arbitrary<Writing> = fc.record({
  quote: fc.constantFrom("'", '"', "'''", '"""'),
  holes: fc.constantFrom('percent', 'named percent', 'format', 'f-string', 'plus'),
  way: fc.constantFrom('argument', 'name', 'formatted later', 'helper'),
  breaks: fc.array(fc.integer({ min: 3, max: 30 }), { maxLength: 3 }),
});

/** The lines of a method that runs the text with `client`, values of the holes being `self.x` and `self.y`. */
export function writeCommand(parts: CommandParts, how: Writing): { readonly helpers: string; readonly lines: string } {
  const values = how.way === 'helper' ? ['x', 'x'] : ['self.x()', 'self.y()'];
  const hasHoles = parts.includes(null);
  const formatted = hasHoles && how.holes !== 'plus' && how.holes !== 'f-string';
  const literal = writeText(parts, how, values);
  const ending = formatted ? writeEnding(how, parts, values) : '';
  if (how.way === 'name')
    return { helpers: '', lines: `        cmd = (${literal}${ending})\n        client.exec_command(cmd)\n` };
  if (how.way === 'formatted later')
    return { helpers: '', lines: `        cmd = (${literal})\n        client.exec_command(cmd${ending})\n` };
  if (how.way === 'helper')
    return {
      helpers: `    def _run(self, client, x):\n        client.exec_command(${literal}${ending})\n\n`,
      lines: "        self._run(client, 'one')\n        self._run(client, 'two words')\n",
    };
  return { helpers: '', lines: `        client.exec_command(${literal}${ending})\n` };
}

function writeText(parts: CommandParts, how: Writing, values: readonly string[]): string {
  const hasHoles = parts.includes(null);
  let hole = 0;
  const written = parts.map((part) => {
    if (part === null) return writeHole(how, hole, values[hole++] ?? 'self.x()');
    const escaped = escapePython(part, how);
    return hasHoles ? escapeFormat(escaped, how) : escaped;
  });
  if (how.holes === 'plus' && hasHoles)
    return parts
      .map((part, i) => (part === null ? (written[i] ?? '') : `${how.quote}${written[i] ?? ''}${how.quote}`))
      .join(' + ');
  const prefix = how.holes === 'f-string' && hasHoles ? 'f' : '';
  const text = written.join('');
  const pieces = how.breaks.length > 0 && !text.includes('%(') && prefix === '' ? breakText(text, how) : [text];
  return pieces.map((piece) => `${prefix}${how.quote}${piece}${how.quote}`).join('\n            ');
}

/** Never inside of an escape, of `%s` or of `{}`. */
function breakText(text: string, { breaks }: Writing): string[] {
  const units = text.match(/\\.|%.|\{[^{}]*\}|\{\{|\}\}|[^]/g) ?? [];
  const pieces: string[] = [];
  let left: readonly string[] = units;
  for (const length of breaks) {
    if (left.length <= length) break;
    pieces.push(left.slice(0, length).join(''));
    left = left.slice(length);
  }
  return [...pieces, left.join('')];
}

function escapePython(text: string, { quote }: Writing): string {
  const mark = quote.charAt(0);
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(mark, `\\${mark}`);
}

function escapeFormat(text: string, { holes }: Writing): string {
  if (holes === 'percent' || holes === 'named percent') return text.replaceAll('%', '%%');
  return holes === 'format' || holes === 'f-string' ? text.replaceAll('{', '{{').replaceAll('}', '}}') : text;
}

function writeHole({ holes }: Writing, index: number, value: string): string {
  if (holes === 'percent') return '%s';
  if (holes === 'named percent') return `%(v${index})s`;
  if (holes === 'format') return '{}';
  return holes === 'f-string' ? `{${value}}` : value;
}

function writeEnding({ holes }: Writing, parts: CommandParts, values: readonly string[]): string {
  const used = values.slice(0, parts.filter((part) => part === null).length);
  if (holes === 'format') return `.format(${used.join(', ')})`;
  if (holes === 'named percent') return ` % {${used.map((value, i) => `'v${i}': ${value}`).join(', ')}}`;
  return ` % (${used.join(', ')},)`;
}
