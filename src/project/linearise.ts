/**
 * C3 linearisation (Python's method resolution order). A hierarchy that Python would refuse (inconsistent, cyclic) comes out
 * depth first, so that half-typed code still has an order.
 * @param knownOrder an order computed earlier, to save work
 */
export function linearise<T>(
  start: T,
  basesOf: (item: T) => readonly T[],
  knownOrder: (item: T) => readonly T[] | undefined,
  path: readonly T[] = [],
): readonly T[] {
  const bases = basesOf(start).filter((base) => base !== start && !path.includes(base));
  const unique = [...new Set(bases)];
  const sequences = unique.map((base) => {
    const known = knownOrder(base);
    return known ?? linearise(base, basesOf, knownOrder, [...path, start]);
  });
  return [start, ...(mergeC3([...sequences, unique]) ?? depthFirst(sequences))];
}

function mergeC3<T>(sequences: readonly (readonly T[])[]): T[] | null {
  const merged: T[] = [];
  // Copies: a hierarchy that turns out to be inconsistent is ordered from the sequences as they were.
  let rest = sequences.filter((sequence) => sequence.length > 0).map((sequence) => [...sequence]);
  while (rest.length > 0) {
    const head = findHead(rest);
    if (head === undefined) return null;
    merged.push(head);
    for (const sequence of rest) if (sequence[0] === head) sequence.shift();
    rest = rest.filter((sequence) => sequence.length > 0);
  }
  return merged;
}

function findHead<T>(sequences: readonly T[][]): T | undefined {
  for (const [candidate] of sequences) {
    if (candidate === undefined) continue;
    if (!sequences.some((sequence) => sequence.indexOf(candidate) > 0)) return candidate;
  }
  return undefined;
}

function depthFirst<T>(sequences: readonly (readonly T[])[]): T[] {
  return [...new Set(sequences.flat())];
}
