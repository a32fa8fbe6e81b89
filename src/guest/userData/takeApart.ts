import { printText, type EvaluatedText } from '../../model/commandText';
import { sliceText } from '../interpret/textPieces';
import { readCloudConfig } from './readCloudConfig';

/** A MIME text inside a MIME text inside …: no deeper than this. */
const MAX_DEPTH = 4;

/**
 * The scripts and commands that user data hands to a guest. Plain user data is one script. A cloud-config gives its commands,
 * a MIME multipart text what its parts give. Source of the formats: cloud-init, User-data formats; RFC 2045 and 2046.
 */
export function takeApartUserData(text: EvaluatedText, depth = 0): EvaluatedText[] {
  const printed = printText(text);
  if (/^#cloud-config\b/.test(printed)) return readCloudConfig(text);
  if (!isMultipart(printed)) return [text];
  return depth < MAX_DEPTH ? splitParts(text, printed).flatMap((part) => takeApartPart(part, depth)) : [];
}

/** True for what cloud-init takes for user data that does something: a script, a configuration, parts of both. */
export function isActiveUserData(printed: string): boolean {
  return /^\s*#/.test(printed) || isMultipart(printed);
}

function isMultipart(printed: string): boolean {
  return /^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?Content-Type:\s*multipart\//i.test(printed);
}

interface Part {
  readonly headers: string;
  readonly body: EvaluatedText;
}

function takeApartPart({ headers, body }: Part, depth: number): EvaluatedText[] {
  // Its words stand nowhere in the text.
  if (/^Content-Transfer-Encoding:\s*(?:base64|quoted-printable)/im.test(headers)) return [];
  const type = /^Content-Type:\s*([\w/.+-]+)/im.exec(headers)?.[1]?.toLowerCase() ?? 'text/plain';
  if (type === 'text/cloud-config') return readCloudConfig(body);
  const known = type.startsWith('multipart/') ? wholePart(headers, body) : body;
  return printText(known).trimStart() === '' ? [] : takeApartUserData(known, depth + 1);
}

/** A part that is multipart itself needs its own headers to be taken apart. */
function wholePart(headers: string, body: EvaluatedText): EvaluatedText {
  return [{ kind: 'literal', text: `${headers}\n\n`, uri: '', segments: [] }, ...body];
}

/** The parts between the boundary's lines; what stands before the first and behind the last is none. */
function splitParts(text: EvaluatedText, printed: string): Part[] {
  const boundary = /boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;]+))/i.exec(printed);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return [];
  const lines = [...printed.matchAll(/^--(.*?)(--)?[ \t]*\r?$/gm)].filter((match) => match[1] === name);
  return lines.flatMap((line, i): Part[] => {
    if (line[2] !== undefined) return [];
    const start = line.index + line[0].length + 1;
    const end = lines[i + 1]?.index ?? printed.length;
    const blank = /(?:^|\r?\n)\r?\n/.exec(printed.slice(start, end));
    if (!blank) return [];
    const bodyStart = start + blank.index + blank[0].length;
    return [{ headers: printed.slice(start, start + blank.index), body: sliceText(text, bodyStart, end) }];
  });
}
