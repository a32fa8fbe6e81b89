/**
 * The expectations that guest fixtures carry in their comments. A marker stands behind the line it is about, or on comment
 * lines right above it:
 *
 *     client.exec_command('lsblk')  # site: ssh linux "lsblk" tests=TestA.test_x guards=[validation.run_validation skip]
 *     # level: linux off=boot
 *     # via: boot boot create_test_server
 *     def test_x(self):
 *
 * `site`: this line is a site of the named tests (without `tests=`: of every test of the file). `via`: a test reaches a site
 * inside the framework, in the named function. `level`: the test's level, and the one with validation off. `rules=[IL101 IL108]` names the rules of a site. `no-site`: nothing
 * here is a site; it marks the near-misses for the reader.
 */
export interface SiteMarker {
  readonly kind: string;
  readonly level: string;
  /** What the site sends (`site`), or function and text (`via`). */
  readonly command: string;
  readonly where: string;
  readonly flags: string;
  /** Null: every test (`site`) or the test below (`via`). */
  readonly tests: readonly string[] | null;
  /** Source words that rules point to; null when the marker does not say. */
  readonly words: string | null;
  /** Rules of the site; null when the marker does not say. */
  readonly rules: string | null;
}

export interface LevelMarker {
  readonly level: string;
  readonly off: string;
  readonly tests: readonly string[] | null;
}

/** The markers of one line of code (0-based). */
export interface LineMarkers {
  readonly line: number;
  readonly sites: readonly SiteMarker[];
  readonly vias: readonly SiteMarker[];
  readonly levels: readonly LevelMarker[];
}

const MARKER = /#\s*(?<name>site|via|level|no-site|gap)(?::\s*(?<body>.*))?$/;
const SITE =
  /^(?<kind>[\w-]+)\s+(?<level>\w+)(?:\s+(?<where>[A-Za-z_][\w.]*)(?=\s|$)(?!=))?(?:\s+(?<command>"(?:[^"\\]|\\.)*"))?(?<rest>.*)$/;

/** Reads all markers of a fixture. @throws Error for a marker that is not understood. */
export function readMarkers(text: string, name: string): LineMarkers[] {
  const found: LineMarkers[] = [];
  let pending: LineMarkers = emptyMarkers(-1);
  text.split('\n').forEach((line, index) => {
    const match = MARKER.exec(line);
    const code = line.slice(0, match?.index ?? line.length).trim();
    const here = match
      ? addMarker(pending, match.groups?.['name'] ?? '', match.groups?.['body'] ?? '', `${name}:${String(index + 1)}`)
      : pending;
    // Decorators stand between a test's markers and its `def`.
    if (code === '' || code.startsWith('#') || code.startsWith('@')) {
      pending = here;
      return;
    }
    if (here.sites.length + here.vias.length + here.levels.length > 0) found.push({ ...here, line: index });
    pending = emptyMarkers(-1);
  });
  return found;
}

function emptyMarkers(line: number): LineMarkers {
  return { line, sites: [], vias: [], levels: [] };
}

function addMarker(markers: LineMarkers, name: string, body: string, place: string): LineMarkers {
  if (name === 'no-site') return markers;
  if (name === 'level') return { ...markers, levels: [...markers.levels, readLevel(body, place)] };
  const site = readSite(body, place);
  return name === 'site'
    ? { ...markers, sites: [...markers.sites, site] }
    : { ...markers, vias: [...markers.vias, site] };
}

function readLevel(body: string, place: string): LevelMarker {
  const match = /^(?<level>\w+)(?:\s+off=(?<off>\w+))?(?:\s+tests=(?<tests>\S+))?$/.exec(body.trim());
  if (!match?.groups) throw new Error(`${place}: cannot read the marker "level: ${body}"`);
  const { level = '', off, tests } = match.groups;
  return { level, off: off ?? level, tests: tests?.split(',') ?? null };
}

function readSite(body: string, place: string): SiteMarker {
  const groups = SITE.exec(body.trim())?.groups;
  if (!groups) throw new Error(`${place}: cannot read the marker "${body}"`);
  const options = readOptions(groups['rest'] ?? '', place);
  return {
    kind: groups['kind'] ?? '',
    level: groups['level'] ?? '',
    where: groups['where'] ?? '',
    command: groups['command'] ? (JSON.parse(groups['command']) as string) : '',
    flags: describeFlags(options.guards, options.debug, options.likely),
    tests: options.tests,
    words: options.words,
    rules: options.rules,
  };
}

interface SiteOptions {
  guards: string[];
  debug: boolean;
  likely: boolean;
  tests: string[] | null;
  words: string | null;
  rules: string | null;
}

function readOptions(rest: string, place: string): SiteOptions {
  const options: SiteOptions = { guards: [], debug: false, likely: false, tests: null, words: null, rules: null };
  let left = rest.trim();
  while (left !== '') {
    const match =
      /^(?:guards=\[(?<guards>[^\]]*)\]|tests=(?<tests>\S+)|words=\[(?<words>[^\]]*)\]|rules=\[(?<rules>[^\]]*)\]|(?<flag>debug|likely))(?:\s+|$)/.exec(
        left,
      );
    if (!match?.groups) throw new Error(`${place}: cannot read "${left}"`);
    const { guards, tests, words, rules, flag } = match.groups;
    if (guards !== undefined) options.guards = guards.split(';').map((guard) => guard.trim());
    if (tests !== undefined) options.tests = tests.split(',');
    if (words !== undefined) options.words = words;
    if (rules !== undefined) options.rules = rules;
    if (flag === 'debug') options.debug = true;
    if (flag === 'likely') options.likely = true;
    left = left.slice(match[0].length);
  }
  return options;
}

/** Guards (sorted, `condition kind`) and flags of a site in one text. */
export function describeFlags(guards: readonly string[], debug: boolean, likely: boolean): string {
  const flags = guards.length > 0 ? [`guards=[${[...guards].sort().join('; ')}]`] : [];
  if (debug) flags.push('debug');
  if (likely) flags.push('likely');
  return flags.join(' ');
}
