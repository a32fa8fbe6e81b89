import type { Parser } from 'web-tree-sitter';
import type { EvaluatedText } from '../model/commandText';
import type { ShellCommand, ShellRedirect, ShellScript, ShellWord } from './shellModel';
import type { RawCommand, RawScript } from './rawCommand';
import { readShellText } from './shellReader';
import { flattenText, holeOptions, showHoles, sourceRanges, type FlatText } from './shellText';
import type { RawWord } from './shellWords';

/** Texts repeat: one helper's command reaches the parser once for every test that calls it. */
const MAX_CACHED_TEXTS = 4096;
const readTexts = new WeakMap<Parser, Map<string, RawScript>>();

/**
 * Takes shell text apart (a command for SSH, or a whole script) and maps every word back to its own ranges in the source.
 * Holes become words that the grammar can read and show as `{}`. Never throws; unreadable stretches are listed.
 * @param parser one made by `Grammars.newParser('bash')`; results are cached per parser.
 */
export function parseShell(text: EvaluatedText, parser: Parser): ShellScript {
  const flat = flattenText(text);
  const raw = readCached(flat.text, parser);
  const placing = new Placing(flat);
  return {
    commands: raw.commands.map((command) => placing.command(command)),
    interpreter: raw.interpreter === null ? null : placing.word(raw.interpreter),
    isShell: raw.isShell,
    errors: raw.errors.flatMap((error) => sourceRanges(flat, error.start, error.end)),
  };
}

function readCached(text: string, parser: Parser): RawScript {
  let cache = readTexts.get(parser);
  if (cache === undefined) readTexts.set(parser, (cache = new Map<string, RawScript>()));
  let script = cache.get(text);
  if (script === undefined) {
    if (cache.size >= MAX_CACHED_TEXTS) cache.clear();
    cache.set(text, (script = readShellText(text, parser)));
  }
  return script;
}

/** Gives read words their source ranges in one evaluated text. */
class Placing {
  private readonly holes: ReadonlySet<number>;

  constructor(private readonly flat: FlatText) {
    this.holes = new Set(flat.holes);
  }

  command(raw: RawCommand): ShellCommand {
    return {
      name: raw.name === null ? null : this.word(raw.name),
      args: raw.args.map((arg) => this.word(arg)),
      assignments: raw.assignments.map((assignment) => this.word(assignment)),
      redirects: raw.redirects.map((redirect): ShellRedirect => ({
        operator: redirect.operator,
        sign: redirect.sign === null ? null : this.word(redirect.sign),
        target: this.word(redirect.target),
      })),
      wrappers: raw.wrappers.map((wrapper) => ({
        name: this.word(wrapper.name),
        args: wrapper.args.map((arg) => this.word(arg)),
      })),
      pipeline: raw.pipeline,
      background: raw.background,
      opensShell: raw.opensShell,
    };
  }

  word(raw: RawWord): ShellWord {
    const written = this.flat.text.slice(raw.start, raw.end);
    const hasHoles = this.flat.holes.some((hole) => hole >= raw.start && hole < raw.end);
    const text = hasHoles ? showHoles(raw.value, this.holes) : raw.value.text;
    return {
      text,
      written: hasHoles ? text : written,
      ranges: sourceRanges(this.flat, raw.start, raw.end),
      hasHoles,
      options: hasHoles ? holeOptions(this.flat, raw.start, raw.end) : [],
      expands: raw.expands,
      isQuoted: /^(?:'[^']*'|"(?:[^"\\]|\\[^])*")$/.test(written),
    };
  }
}
