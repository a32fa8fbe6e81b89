/** Ends this turn, so that messages which arrived meanwhile (keystrokes above all) come first. */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
