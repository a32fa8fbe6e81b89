import type { EvaluatedText, LiteralPart } from '../../src/model/commandText';

/** A literal whose text stands unchanged in `uri` from `sourceStart` on. */
export function literal(text: string, sourceStart = 0, uri = 'file:///t.py'): LiteralPart {
  return {
    kind: 'literal',
    text,
    uri,
    segments: [{ textStart: 0, textEnd: text.length, sourceStart, sourceEnd: sourceStart + text.length }],
  };
}

/** Text with `{}` (unknown) and `{CONF.x.y}` (option) as holes, standing in one source line with each hole two characters wide (`%s`). */
export function template(text: string): EvaluatedText {
  const parts: EvaluatedText[number][] = [];
  let source = 0;
  let rest = text;
  for (;;) {
    const open = rest.indexOf('{');
    const close = rest.indexOf('}', open);
    const inside = rest.slice(open + 1, close);
    if (open < 0 || close < 0 || !(inside === '' || inside.startsWith('CONF.'))) break;
    if (open > 0) parts.push(literal(rest.slice(0, open), source));
    parts.push({ kind: 'hole', option: inside });
    source += open + 2;
    rest = rest.slice(close + 1);
  }
  if (rest !== '') parts.push(literal(rest, source));
  return parts;
}
