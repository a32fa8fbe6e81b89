import type { CallArguments, Machine } from './machine';
import { newData } from './heap';
import type { OwnImage, Value } from './values';

/** `create_image`: an entry without data so far. */
export function observeImageCreated(): Value {
  return newData(undefined, { isUploaded: false });
}

/** The data of an image goes to the image service: first argument, or `image_id`. */
export function observeImageUpload(m: Machine, args: CallArguments): void {
  for (const image of imagesOf(args.args[0] ?? args.kw.get('image_id'))) image.isUploaded = true;
  m.uploads.note('uploads');
}

/** A server is made, or made anew, from an image: is it one that the test uploaded? */
export function observeImageBooted(m: Machine, method: string, args: CallArguments): void {
  const named = args.kw.get('imageRef') ?? args.kw.get('image_ref');
  const value = named ?? (method === 'create_server' ? args.args[2] : args.args[1]);
  if (imagesOf(value).some(({ isUploaded }) => isUploaded)) m.uploads.note('boots');
}

function imagesOf(value: Value | undefined): readonly OwnImage[] {
  return (value ?? []).flatMap((alternative) =>
    alternative.k === 'data' && alternative.obj.image ? [alternative.obj.image] : [],
  );
}
