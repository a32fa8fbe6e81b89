import { CRITERIA_TAGS } from '../../guideline/guidelineVocabulary';
import { findMeantWord } from '../../model/meantWord';
import { nameOfFile } from '../../guideline/guidelineOrder';
import type { MakeGuidelineFixes } from './guidelineFile';
import { replaceString } from './jsonEdits';

/** A slip in a key (IL401): the key that it stands for. */
export const correctKey: MakeGuidelineFixes = (file, finding) => {
  const slip = file.guideline.unknownKeys?.find(({ key }) => key.range.start === finding.range.start);
  if (!slip || slip.meant === null) return 'no known key is like it';
  return [
    { title: `Write "${slip.meant}"`, safe: true, note: null, edits: [replaceString(file, finding.range, slip.meant)] },
  ];
};

/** The other schema's spelling of required-since (IL403). */
export const spellRequiredSince: MakeGuidelineFixes = (file, finding) => {
  const right = file.guideline.schemaVersion.value.startsWith('2') ? 'required_since' : 'required-since';
  return [{ title: `Write "${right}"`, safe: true, note: null, edits: [replaceString(file, finding.range, right)] }];
};

/** A slip in an achievement (IL404): the criterion that it stands for. */
export const correctAchievement: MakeGuidelineFixes = (file, finding) => {
  const written = file.text.slice(finding.range.start, finding.range.end);
  const own = file.guideline.criteria.map(({ tag }) => tag.value);
  const tags = own.length > 0 ? own : [...CRITERIA_TAGS];
  const meant = findMeantWord(written, tags) ?? tags.find((tag) => tag !== '' && written.startsWith(tag));
  if (meant === undefined) return 'no criterion is like it';
  return [{ title: `Write "${meant}"`, safe: true, note: null, edits: [replaceString(file, finding.range, meant)] }];
};

/** An id that contradicts the file's name (IL420); a missing one has no place to write to. */
export const takeFileName: MakeGuidelineFixes = (file, finding) => {
  if (file.guideline.id.value === '') return 'there is no id to change';
  const name = nameOfFile(file.uri);
  return [
    {
      title: `Write "${name}"`,
      safe: false,
      note: 'The name of the file.',
      edits: [replaceString(file, finding.range, name)],
    },
  ];
};
