import type { CloudProfile, ProfileRegion } from '../../model/cloudProfile';
import { PROFILE_KEYS, type ProfileObject } from './profileVocabulary';

/**
 * A profile as commented YAML, to start one's own from: each key with what it says and the words that it takes. Reads back to the same profile.
 */
export function writeProfileTemplate({ name, description, regions }: CloudProfile): string {
  const lines = [
    '# What this cloud declares of itself, for what-if verdicts of Interop Lens.',
    ...about('profile', 'name', ''),
    `name: ${quote(name)}`,
    ...about('profile', 'description', ''),
    `description: ${quote(description)}`,
    ...about('profile', 'regions', ''),
    'regions:',
    ...regions.flatMap((region) => writeRegion(region)),
  ];
  return `${lines.join('\n')}\n`;
}

function writeRegion({ name, virtualization, guests, imageUpload, reachability, options }: ProfileRegion): string[] {
  const indent = '    ';
  const guestLines = guests.flatMap(({ os, tools }) => [
    `      - os: ${os}`,
    ...about('guest', 'tools', '        '),
    `        tools: ${tools === 'any' ? 'any' : printList(tools)}`,
  ]);
  const set = Object.entries(options);
  const optionLines =
    set.length > 0 ? ['    options:'] : ['    # options:', '    #   compute_feature_enabled.resize: false'];
  return [
    `  - name: ${quote(name)}`,
    ...about('region', 'virtualization', indent),
    `    virtualization: ${virtualization}`,
    ...about('region', 'guests', indent),
    ...(guests.length === 0 ? ['    guests: []'] : ['    guests:', ...guestLines]),
    ...about('region', 'imageUpload', indent),
    `    imageUpload: ${imageUpload}`,
    ...about('region', 'reachability', indent),
    `    reachability: ${printList(reachability)}`,
    ...about('region', 'options', indent),
    ...optionLines,
    ...set.map(([option, value]) => `      ${option}: ${String(value)}`),
  ];
}

function about(object: ProfileObject, name: string, indent: string): string[] {
  const key = PROFILE_KEYS[object].find((one) => one.name === name);
  if (!key) return [];
  const words = key.words.length > 1 ? ` One of: ${key.words.join(', ')}.` : '';
  return [
    `${indent}# ${key.about}${name === 'guests' || name === 'reachability' ? words.replace('One', 'Any') : words}`,
  ];
}

function printList(words: readonly string[]): string {
  return `[${words.join(', ')}]`;
}

/** Plain where that reads back as the same text. */
function quote(text: string): string {
  return /^[A-Za-z][\w ,.;()/-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
