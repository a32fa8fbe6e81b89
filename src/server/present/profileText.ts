import type { OptionUse } from '../../engine/optionUses';
import type { CommandRow } from '../../guest/catalogue/commands';
import { GUEST_OSES } from '../../model/guestLevel';
import type { Support } from '../../model/portability';
import { type ProfileKey, WORD_MEANINGS } from '../../policy/profile/profileVocabulary';
import { count, escapeMarkdown, inlineCode } from './markdown';

const SUPPORT_TEXTS: Readonly<Record<Support, string>> = {
  yes: 'part of the system',
  no: 'not to be had',
  differs: 'there, and not the same',
  may: 'depends on the image: name it in `tools`',
  unknown: 'not known',
};

/** A key with the words that it takes, as Markdown; "" for none. */
export function describeKey(key: ProfileKey | undefined): string {
  if (!key) return '';
  const words = key.words.map((word) => `- ${inlineCode(word)}: ${WORD_MEANINGS[word] ?? ''}`);
  return [`**${key.name}**${key.required ? '' : ' (optional)'}`, key.about, words.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A word of a profile, as Markdown; "" for one that profiles do not have. */
export function describeWord(word: string): string {
  const meaning = WORD_MEANINGS[word];
  return meaning === undefined ? '' : `**${escapeMarkdown(word)}**: ${meaning}`;
}

/** What the catalogue says of a tool, by guest system. */
export function describeTool({ name, note, support }: CommandRow): string {
  const rows = GUEST_OSES.map((os) => `| ${os} | ${SUPPORT_TEXTS[support[os]]} |`);
  return [`**${inlineCode(name)}** ${escapeMarkdown(note)}`, ['| guest | |', '|---|---|', ...rows].join('\n')].join(
    '\n\n',
  );
}

/** What hangs on an option of the test run. */
export function describeOption({ name, skips, narrows, holds }: OptionUse): string {
  const off = holds === null ? 'has the other value' : holds ? 'is off' : 'is on';
  const parts = [
    skips > 0 ? `${count(skips, 'test')} ${skips === 1 ? 'is' : 'are'} skipped, which is no pass` : '',
    narrows > 0 ? `${count(narrows, 'test')} ${narrows === 1 ? 'asks' : 'ask'} less of the guest` : '',
  ].filter((part) => part !== '');
  return `**${inlineCode(name)}**\n\nWhere it ${off}: ${parts.join('; ')}.`;
}
