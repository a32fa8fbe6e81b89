import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import {
  IMAGE_UPLOADS,
  REACH_WAYS,
  VIRTUALIZATIONS,
  type CloudProfile,
  type ProfileGuest,
  type ProfileRegion,
} from '../../model/cloudProfile';
import type { Finding } from '../../model/finding';
import { GUEST_OSES } from '../../model/guestLevel';
import { findMeantWord } from '../../model/meantWord';
import { findLineStarts, positionAt, type TextRange } from '../../model/text';
import type { Suppression } from '../../model/facts';
import { checkRegion } from './checkRegion';
import { PROFILE_RULES, type ProfileRuleId } from './profileRules';
import { findYamlNoqas, ProfileTree, rangeOfNode } from './profileTree';
import { PROFILE_KEYS, type ProfileObject } from './profileVocabulary';

/** A profile as far as it could be read; null as soon as something is missing or wrong. Findings by place. */
export interface ReadProfile {
  readonly profile: CloudProfile | null;
  readonly findings: readonly Finding[];
  /** `# noqa` comments. JSON has none. */
  readonly suppressions: readonly Suppression[];
  /** Misspelt words and what is meant, each where a finding stands. */
  readonly slips: readonly ProfileSlip[];
  /** Keys that objects lack, each where a finding stands. */
  readonly gaps: readonly ProfileGap[];
  readonly outline: readonly ProfileRegionPlace[];
}

export interface ProfileSlip {
  readonly range: TextRange;
  readonly meant: string;
}

export interface ProfileGap {
  /** Where the finding stands: the first key of the object. */
  readonly range: TextRange;
  readonly object: ProfileObject;
  readonly key: string;
  /** Between braces rather than a line each. */
  readonly isFlow: boolean;
}

/** A region for an outline, however much of it could be read. */
export interface ProfileRegionPlace {
  readonly name: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Words of its declaration, as far as they are known. */
  readonly detail: string;
}

/** A file with more of them is something else. */
const MOST_FINDINGS = 100;

/** `group.option`, as Tempest's configuration names them. */
const OPTION_NAME = /^[a-z]\w*\.[a-z]\w*$/i;

/** Reads a profile from YAML or JSON, which is YAML too. Never throws. */
export function readProfile(uri: string, text: string): ReadProfile {
  return new ProfileReader(uri, text).read();
}

/** A file that is a profile by its name and cannot be read at all: one finding that says why. */
export function refuseProfile(uri: string, text: string, at: number, message: string): ReadProfile {
  return new ProfileReader(uri, '').refuse(text, at, message);
}

class ProfileReader {
  private readonly findings: Finding[] = [];
  private readonly slips: ProfileSlip[] = [];
  private readonly gaps: ProfileGap[] = [];
  private readonly outline: ProfileRegionPlace[] = [];
  private readonly tree: ProfileTree;

  constructor(
    private readonly uri: string,
    private readonly text: string,
  ) {
    this.tree = new ProfileTree(text);
  }

  read(): ReadProfile {
    const profile = this.tree.faults.length === 0 ? this.readText() : null;
    for (const { range, message } of this.tree.faults) this.report('IL510', range, message);
    // What is written once and meant in several places is told once.
    const told = new Map(this.findings.map((finding) => [keyOf(finding), finding]));
    const findings = [...told.values()].sort(
      (a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
    const { slips, gaps, outline } = this;
    const isWhole = !findings.some(({ severity }) => severity === 'error');
    findings.splice(MOST_FINDINGS);
    return { profile: isWhole ? profile : null, findings, suppressions: this.readNoqas(), slips, gaps, outline };
  }

  /** @param text what of the file is at hand @param at where in it the trouble begins */
  refuse(text: string, at: number, message: string): ReadProfile {
    const start = Math.min(at, text.length);
    this.report('IL510', { start: 0, end: 0 }, message);
    const findings = this.findings.map((finding) => ({ ...finding, range: { start, end: start } }));
    return { profile: null, findings, suppressions: [], slips: [], gaps: [], outline: [] };
  }

  private readNoqas(): readonly Suppression[] {
    const noqas = findYamlNoqas(this.text);
    if (noqas.length === 0) return [];
    const lineStarts = findLineStarts(this.text);
    return noqas.map((noqa) => ({ line: positionAt(lineStarts, noqa.range.start).line, ...noqa }));
  }

  private readText(): CloudProfile | null {
    const { root } = this.tree;
    if (!isMap(root)) {
      this.report('IL510', rangeOfNode(root), 'A profile is a mapping with "name" and "regions".');
      return null;
    }
    return this.readRoot(root);
  }

  private readRoot(root: YAMLMap): CloudProfile | null {
    const values = this.readKeys(root, 'profile');
    const name = this.readFilledText(values.get('name'), 'name');
    const description = this.readFilledText(values.get('description'), 'description') ?? '';
    const list = this.readList(values.get('regions'), 'regions');
    if (list?.length === 0)
      this.report('IL513', rangeOfNode(values.get('regions')), 'A profile needs one region at least.');
    const seen = new Map<string, TextRange>();
    const regions = (list ?? []).flatMap((node): ProfileRegion[] => {
      const region = this.readRegion(node);
      if (region) this.checkTwice(seen, region.name, rangeOfNode(node), 'region');
      return region ? [region] : [];
    });
    return name === null ? null : { name, description, regions };
  }

  private readRegion(node: Node | null): ProfileRegion | null {
    if (!isMap(node)) {
      this.report(
        'IL512',
        rangeOfNode(node),
        'A region is a mapping with "name", "virtualization", "guests" and so on.',
      );
      return null;
    }
    const told = this.findings.length;
    const values = this.readKeys(node, 'region');
    const name = this.readFilledText(values.get('name'), 'name');
    const virtualization = this.readWord(values.get('virtualization'), 'virtualization', VIRTUALIZATIONS);
    const imageUpload = this.readWord(values.get('imageUpload'), 'imageUpload', IMAGE_UPLOADS);
    const ways = this.readList(values.get('reachability'), 'reachability');
    const reachability = ways?.map((way) => this.readWord(way, 'reachability', REACH_WAYS));
    const guests = this.readGuests(values.get('guests'));
    const options = this.readOptions(values.get('options'));
    this.outline.push({
      name: name ?? 'region',
      range: rangeOfNode(node),
      nameRange: name === null ? headOf(node) : rangeOfNode(values.get('name')),
      detail: [virtualization ?? [], guests?.map(({ os }) => os).join(', ') || 'no guests'].flat().join(' · '),
    });
    if (name === null || !virtualization || !imageUpload || !reachability || !guests) return null;
    const region = {
      name,
      virtualization,
      guests,
      imageUpload,
      reachability: REACH_WAYS.filter((way) => reachability.includes(way)),
      options,
    };
    // What could not be read may be what makes the rest fit.
    const isWhole = this.findings.slice(told).every(({ severity }) => severity !== 'error');
    for (const { key, message } of isWhole ? checkRegion(region) : [])
      this.report('IL515', rangeOfNode(values.get(key) ?? node), message);
    return region;
  }

  private readGuests(node: Node | null | undefined): readonly ProfileGuest[] | null {
    const list = this.readList(node, 'guests');
    const seen = new Map<string, TextRange>();
    return (
      list?.flatMap((one): ProfileGuest[] => {
        const guest = isMap(one) ? this.readGuest(one) : this.readBareGuest(one);
        if (guest) this.checkTwice(seen, guest.os, rangeOfNode(one), 'guest system');
        return guest ? [guest] : [];
      }) ?? null
    );
  }

  private readBareGuest(node: Node | null): ProfileGuest | null {
    const os = this.readWord(node, 'guests', GUEST_OSES);
    return os && { os, tools: [] };
  }

  private readGuest(node: YAMLMap): ProfileGuest | null {
    const values = this.readKeys(node, 'guest');
    const os = this.readWord(values.get('os'), 'os', GUEST_OSES);
    const tools = values.get('tools');
    if (tools === undefined) return os && { os, tools: [] };
    if (isScalar(tools) && tools.value === 'any') return os && { os, tools: 'any' };
    if (!isSeq(tools)) {
      this.report('IL512', rangeOfNode(tools), '"tools" is a list of commands, or the word any.');
      return null;
    }
    const named = this.readList(tools, 'tools')?.flatMap((tool) => this.readFilledText(tool, 'tools') ?? []);
    return os && { os, tools: named ?? [] };
  }

  private readOptions(node: Node | null | undefined): Readonly<Record<string, boolean>> {
    if (node === undefined || node === null || (isScalar(node) && node.value === null)) return {};
    if (!isMap(node)) {
      this.report('IL512', rangeOfNode(node), '"options" is a mapping of options to true or false.');
      return {};
    }
    const options: Record<string, boolean> = {};
    for (const { key, value } of this.tree.pairsOf(node)) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!OPTION_NAME.test(name))
        this.report('IL512', rangeOfNode(key), `"${name}" is no option: options are written group.option.`);
      else if (isScalar(value) && typeof value.value === 'boolean') options[name] = value.value;
      else this.report('IL512', rangeOfNode(value ?? key), `"${name}" is true or false here.`);
    }
    return options;
  }

  /** The values of an object by key; unknown, repeated and missing keys are told. */
  private readKeys(map: YAMLMap, object: ProfileObject): ReadonlyMap<string, Node | null> {
    const known = PROFILE_KEYS[object].map(({ name }) => name);
    const values = new Map<string, Node | null>();
    const seen = new Map<string, TextRange>();
    for (const { key, value } of this.tree.pairsOf(map)) {
      const name = isScalar(key) ? String(key.value) : '';
      if (known.includes(name)) {
        this.checkTwice(seen, name, rangeOfNode(key), 'key');
        values.set(name, value);
        continue;
      }
      const meant = findMeantWord(name, known);
      // What is most likely meant is read as such, so that a slip costs no more than a warning.
      if (meant !== null && !values.has(meant)) values.set(meant, value);
      if (meant !== null) this.slips.push({ range: rangeOfNode(key), meant });
      const hint = meant === null ? `A ${object} has ${known.join(', ')}.` : `Is "${meant}" meant?`;
      this.report('IL511', rangeOfNode(key), `A ${object} has no key "${name}". ${hint}`);
    }
    for (const { name, required } of PROFILE_KEYS[object]) {
      if (!required || values.has(name)) continue;
      this.gaps.push({ range: headOf(map), object, key: name, isFlow: map.flow === true });
      this.report('IL513', headOf(map), `The ${object} has no "${name}".`);
    }
    return values;
  }

  private readList(node: Node | null | undefined, key: string): readonly (Node | null)[] | null {
    if (node === undefined) return null;
    if (isSeq(node)) return this.tree.itemsOf(node);
    this.report('IL512', rangeOfNode(node), `"${key}" is a list.`);
    return null;
  }

  private readFilledText(node: Node | null | undefined, key: string): string | null {
    if (node === undefined) return null;
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') return node.value;
    this.report('IL512', rangeOfNode(node), `"${key}" is a text that is not empty.`);
    return null;
  }

  private readWord<T extends string>(node: Node | null | undefined, key: string, words: readonly T[]): T | null {
    if (node === undefined) return null;
    const written = isScalar(node) ? node.value : undefined;
    const word = words.find((one) => one === written);
    if (word !== undefined) return word;
    const meant = typeof written === 'string' ? findMeantWord(written, words) : null;
    if (meant !== null) this.slips.push({ range: rangeOfNode(node), meant });
    const hint = meant === null ? '' : ` Is ${meant} meant?`;
    this.report('IL512', rangeOfNode(node), `"${key}" takes ${words.join(', ')}.${hint}`);
    return null;
  }

  private checkTwice(seen: Map<string, TextRange>, name: string, range: TextRange, what: string): void {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, range);
    else this.report('IL514', range, `The ${what} "${name}" stands here a second time.`, first);
  }

  private report(rule: ProfileRuleId, range: TextRange, message: string, first?: TextRange): void {
    const start = Math.min(range.start, this.text.length);
    this.findings.push({
      rule,
      severity: PROFILE_RULES.find(({ id }) => id === rule)?.severity ?? 'warning',
      confidence: 'certain',
      message,
      uri: this.uri,
      // The parser places what is missing behind the end.
      range: { start, end: Math.max(start, Math.min(range.end, this.text.length)) },
      related: first ? [{ uri: this.uri, range: first, message: 'The first one.' }] : [],
      fixes: [],
      suppressed: false,
      suppressionReason: null,
      flows: [],
    });
  }
}

/** Where an object begins: what it lacks is told at its first key. */
function headOf(map: YAMLMap): TextRange {
  const key: unknown = map.items[0]?.key;
  return isScalar(key) ? rangeOfNode(key) : rangeOfNode(map);
}

function keyOf({ rule, range, message }: Finding): string {
  return `${rule} ${range.start} ${range.end} ${message}`;
}

/**
 * True for a text that is a profile whatever its file is called: `regions` of which one declares both how servers run and what they boot.
 */
export function detectProfile(text: string): boolean {
  if (!text.includes('regions') || !text.includes('virtualization')) return false;
  const tree = new ProfileTree(text);
  if (!isMap(tree.root)) return false;
  const [regions] = tree.pairsOf(tree.root).filter(({ key }) => isScalar(key) && key.value === 'regions');
  if (!isSeq(regions?.value)) return false;
  return tree
    .itemsOf(regions.value)
    .some((region) => isMap(region) && region.has('virtualization') && region.has('guests'));
}
