/** A stretch of work longer than this keeps others (requests, cancellation, progress) waiting. */
const SLICE_MS = 25;

/** Lets long work pause between its steps, so that whoever shares the thread gets a turn. */
export class TimeSlicer {
  private started = Date.now();

  /** Returns at once, or after a turn of the event loop when the slice is used up. */
  async rest(): Promise<void> {
    if (Date.now() - this.started < SLICE_MS) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    this.started = Date.now();
  }
}
