/** Entries with equal confidence: their order among themselves says nothing, so scores take the expectation over it. */
export type TieGroup<T> = readonly T[];

/** Groups consecutive entries whose confidences tie: `|a - b| <= 1e-9 max(|a|, |b|)`. Input is sorted, best first. */
export function tieGroups<T>(ranked: readonly T[], confidence: (entry: T) => number): TieGroup<T>[] {
  const groups: T[][] = [];
  let last = Number.NaN;
  for (const entry of ranked) {
    const now = confidence(entry);
    const apart = Math.abs(now - last);
    // Published methods score with infinities: two of them are equal, and no number is near one.
    const near = Number.isFinite(apart) && apart <= 1e-9 * Math.max(Math.abs(now), Math.abs(last));
    if (now === last || near) groups.at(-1)?.push(entry);
    else groups.push([entry]);
    last = now;
  }
  return groups;
}

/** Expected number of true entries among the first k: a group of size g with t true members and c before it gives `t min(max(k - c, 0), g) / g`. */
export function expectedHits<T>(groups: readonly TieGroup<T>[], isTrue: (entry: T) => boolean, k: number): number {
  let before = 0;
  let hits = 0;
  for (const group of groups) {
    const trueOnes = group.filter(isTrue).length;
    hits += (trueOnes * Math.min(Math.max(k - before, 0), group.length)) / group.length;
    before += group.length;
  }
  return hits;
}

/** Expected rank (1 is best) of the first true entry, undefined if there is none; in a group of g with t true ones it is `c + (g + 1) / (t + 1)`. */
export function expectedRank<T>(groups: readonly TieGroup<T>[], isTrue: (entry: T) => boolean): number | undefined {
  let before = 0;
  for (const group of groups) {
    const trueOnes = group.filter(isTrue).length;
    if (trueOnes > 0) return before + (group.length + 1) / (trueOnes + 1);
    before += group.length;
  }
  return undefined;
}

/**
 * Expected `1 / rank` of the first true entry, 0 if there is none. In a group of g entries with t true ones and c before
 * it the first true one comes at place j with chance `C(g - j, t - 1) / C(g, t)`.
 */
export function expectedReciprocalRank<T>(groups: readonly TieGroup<T>[], isTrue: (entry: T) => boolean): number {
  let before = 0;
  for (const group of groups) {
    const trueOnes = group.filter(isTrue).length;
    if (trueOnes > 0) return reciprocalIn(group.length, trueOnes, before);
    before += group.length;
  }
  return 0;
}

function reciprocalIn(size: number, trueOnes: number, before: number): number {
  let expected = 0;
  // Chance that the first j - 1 places hold no true entry.
  let none = 1;
  for (let j = 1; j <= size - trueOnes + 1; j++) {
    const left = size - j + 1;
    expected += (none * (trueOnes / left)) / (before + j);
    none *= (left - trueOnes) / left;
  }
  return expected;
}
