/** Which sets of keys have been taken into which: the same remembered values are read again and again. */
export class AbsorbedKeys {
  private into: ReadonlySet<string> | null = null;
  private absorbed = new Set<object>();
  private readonly known = new WeakMap<ReadonlySet<string>, Set<object>>();

  /** Notes that the keys are taken into a set. @returns false when they were before */
  note(keys: object, into: ReadonlySet<string>): boolean {
    if (into !== this.into) this.turnTo(into);
    if (this.absorbed.has(keys)) return false;
    this.absorbed.add(keys);
    return true;
  }

  private turnTo(into: ReadonlySet<string>): void {
    this.into = into;
    let absorbed = this.known.get(into);
    if (!absorbed) this.known.set(into, (absorbed = new Set()));
    this.absorbed = absorbed;
  }
}
