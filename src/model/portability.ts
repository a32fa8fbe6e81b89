/** How far a guest system has something. `differs`: it is there, with other options or output. `may`: it depends on the image or build. */
export const SUPPORTS = ['yes', 'may', 'differs', 'unknown', 'no'] as const;
export type Support = (typeof SUPPORTS)[number];
