/** How far a test goes with an image that it uploads itself: it boots a server from it, and looks whether the guest answers. */
export const UPLOAD_CHAINS = ['none', 'uploads', 'boots', 'checks'] as const;
export type UploadChain = (typeof UPLOAD_CHAINS)[number];

/** The one that goes further. */
export function furtherChain(a: UploadChain, b: UploadChain): UploadChain {
  return UPLOAD_CHAINS.indexOf(a) < UPLOAD_CHAINS.indexOf(b) ? b : a;
}
