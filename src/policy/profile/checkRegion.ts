import type { ProfileRegion } from '../../model/cloudProfile';
import { VALIDATION_OPTIONS } from '../../model/validationOptions';

/** What does not go together, with the key that is the odd one. */
export interface Contradiction {
  readonly key: keyof ProfileRegion;
  readonly message: string;
}

/** Declarations of one region that cannot all be meant. */
export function checkRegion(region: ProfileRegion): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const add = (key: keyof ProfileRegion, message: string): number => found.push({ key, message });
  if (region.virtualization === 'container' && region.imageUpload === 'any-kernel')
    add('imageUpload', 'A container runs on the kernel of its host: an uploaded kernel is not booted.');
  if (region.guests.length === 0 && region.reachability.length > 0)
    add('reachability', 'Nothing boots in this region, so nothing answers.');
  if (VALIDATION_OPTIONS.some((option) => region.options[option] === false) && region.reachability.includes('ssh'))
    add('options', 'Validation is off although guests accept SSH: tests that are skipped by it do not pass.');
  return found;
}
